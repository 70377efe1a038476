package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.database.StageResult;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Ticker;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PgProbeTest {
  private static final Duration LIMIT = Duration.ofMillis(700);
  private static final Duration GRACE = Duration.ofMillis(100);

  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          work -> {
            var thread = new Thread(work, "test-probe");
            thread.setDaemon(true);
            return thread;
          });
  private final PgProbe probe = new PgProbe(Time.SYSTEM, executor);

  /** The driver's first use loads classes for up to a second, which no deadline can help. */
  @BeforeAll
  static void warmUp() throws IOException {
    new PgProbeTest().warm();
  }

  private void warm() throws IOException {
    try (var listener = Listener.refusing()) {
      probe.probe(
          PgUrl.parse(listener.url("u:p"), "X"), true, soon(Duration.ofSeconds(20)), List.of());
    } finally {
      executor.shutdownNow();
    }
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  @Test
  void probe_malformedAddress_failsAtParse() {
    var result =
        probe.probe(
            new PgAddress("DIRECT_URL", Secret.of("nonsense"), false), soon(LIMIT), List.of());

    assertFailed(result, Stage.PARSE, FailureKind.URL_MALFORMED);
    assertThat(result.probe().name()).isEqualTo("DIRECT_URL");
  }

  @Test
  void probe_unixSocketOnly_failsAtParseWithAClearText() {
    var failure =
        assertFailed(look("postgres://u@%2Ftmp/d"), Stage.PARSE, FailureKind.URL_MALFORMED);

    assertThat(failure.text()).contains("Unix socket");
  }

  @Test
  void probe_unknownName_failsAtResolve() {
    var unknowing =
        new PgProbe(
            Time.SYSTEM,
            executor,
            host -> {
              throw new UnknownHostException(host);
            });

    var result =
        unknowing.probe(
            PgUrl.parse("postgres://u:p@no.example/d", "X"), true, soon(LIMIT), List.of());

    assertFailed(result, Stage.RESOLVE, FailureKind.NAME_NOT_RESOLVED);
  }

  @Test
  void probe_hangingResolver_isLeftBehind() {
    var never = new CountDownLatch(1);
    var hanging =
        new PgProbe(
            Time.SYSTEM,
            executor,
            host -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new InetAddress[0];
            });

    assertInTime(
        () ->
            assertFailed(
                hanging.probe(PgUrl.parse("postgres://u:p@h/d", "X"), true, soon(LIMIT), List.of()),
                Stage.RESOLVE,
                FailureKind.NAME_NOT_RESOLVED));
  }

  @Test
  void probe_noThreadFree_isNotTried() {
    var full =
        new PgProbe(
            Time.SYSTEM,
            work -> {
              throw new RejectedExecutionException("full");
            });

    var result = full.probe(PgUrl.parse("postgres://u:p@h/d", "X"), true, soon(LIMIT), List.of());

    assertFailed(result, Stage.RESOLVE, FailureKind.NOT_TRIED);
  }

  @Test
  void probe_refusedPort_failsAtTcp() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertFailed(look("postgres://u:p@127.0.0.1:" + port + "/d"), Stage.TCP, FailureKind.REFUSED);
  }

  @Test
  void probe_silentServer_failsAtTlsWithinTheDeadline() throws IOException {
    try (var listener = Listener.silent()) {
      var result = look(listener.url("u:p"));

      assertFailed(result, Stage.TLS, FailureKind.SILENT);
      assertInTime(() -> assertFailed(look(listener.url("u:p")), Stage.TLS, FailureKind.SILENT));
      assertThat(result.probe().stages())
          .extracting(StageResult::stage)
          .containsExactly(Stage.PARSE, Stage.RESOLVE, Stage.TCP, Stage.TLS);
      assertThat(result.probe().took()).isGreaterThan(LIMIT.dividedBy(2));
    }
  }

  @Test
  void probe_closingServer_failsAtTls() throws IOException {
    try (var listener = Listener.closing()) {
      assertFailed(look(listener.url("u:p")), Stage.TLS, FailureKind.CLOSED_BY_PEER);
    }
  }

  @Test
  void probe_httpServer_isTheWrongProtocol() throws IOException {
    try (var listener = Listener.saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      assertFailed(look(listener.url("u:p")), Stage.TLS, FailureKind.WRONG_PROTOCOL);
    }
  }

  @Test
  void probe_sshServer_isTheWrongProtocol() throws IOException {
    try (var listener = Listener.saying("SSH-2.0-OpenSSH_9.6\r\n")) {
      assertFailed(look(listener.url("u:p")), Stage.TLS, FailureKind.WRONG_PROTOCOL);
    }
  }

  @Test
  void probe_serverRefusesBeforeTls_isReadByItsWords() throws IOException {
    try (var listener =
        Listener.that(
            (self, socket) -> {
              socket.getInputStream().read(new byte[8]);
              socket
                  .getOutputStream()
                  .write("Esorry, too many clients already\n\0".getBytes(StandardCharsets.UTF_8));
            })) {
      assertFailed(look(listener.url("u:p")), Stage.TLS, FailureKind.ALL_SLOTS_TAKEN);
    }
  }

  @Test
  void probe_noEncryptionOffered_failsOnlyIfTheAddressAsksForIt() throws IOException {
    try (var listener = Listener.refusing()) {
      assertFailed(
          look(listener.url("u:p") + "?sslmode=require"), Stage.TLS, FailureKind.TLS_NOT_OFFERED);
      assertThat(listener.passwords).hasValue(0);
    }
  }

  @Test
  void probe_silentAtLogin_failsThereWithinTheDeadline() throws IOException {
    try (var listener = Listener.silentAtLogin()) {
      assertInTime(() -> assertFailed(look(listener.url("u:p")), Stage.LOGIN, FailureKind.SILENT));
    }
  }

  @Test
  void probe_tricklingLogin_isLeftBehindAtTheDeadline() throws IOException {
    try (var listener = Listener.trickling()) {
      assertInTime(() -> assertFailed(look(listener.url("u:p")), Stage.LOGIN, FailureKind.SILENT));
    }
  }

  @Test
  void probe_refusedPassword_isOfferedOnce() throws IOException {
    try (var listener = Listener.refusing()) {
      var failure =
          assertFailed(look(listener.url("u:p")), Stage.LOGIN, FailureKind.PASSWORD_REFUSED);

      assertThat(failure.sqlState()).isEqualTo("28P01");
      assertThat(listener.passwords).hasValue(1);
    }
  }

  @Test
  void probe_severalHosts_goesOnAfterADeadOneButNotAfterARefusedPassword() throws IOException {
    try (var dead = Listener.closing();
        var first = Listener.refusing();
        var second = Listener.refusing()) {
      var hosts =
          "127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d"
              .formatted(dead.port(), first.port(), second.port());

      var result = look("postgres://u:p@" + hosts + "/d");

      assertFailed(result, Stage.LOGIN, FailureKind.PASSWORD_REFUSED);
      assertThat(first.passwords).hasValue(1);
      assertThat(second.passwords).hasValue(0);
      assertThat(result.probe().endpoint()).contains(dead.port() + ": closed by peer");
    }
  }

  @Test
  void probe_samePasswordRefusedBefore_isNotTriedAgain() throws IOException {
    try (var listener = Listener.refusing()) {
      var first = look(listener.url("u:wrong"));

      var same =
          probe.probe(
              PgUrl.parse(listener.url("u:wrong"), "DIRECT_URL"),
              false,
              soon(LIMIT),
              List.of(first));
      var other =
          probe.probe(
              PgUrl.parse(listener.url("u:other"), "DIRECT_URL"),
              false,
              soon(LIMIT),
              List.of(first));

      assertThat(assertFailed(same, Stage.LOGIN, FailureKind.NOT_TRIED).text())
          .contains("DATABASE_URL");
      assertFailed(other, Stage.LOGIN, FailureKind.PASSWORD_REFUSED);
      assertThat(listener.passwords).hasValue(2);
    }
  }

  @Test
  void probe_deadlineHasPassed_blamesNobodyElse() throws IOException {
    try (var listener = Listener.silent()) {
      var passed = new long[] {0};
      var deadline = Deadline.after(LIMIT, () -> passed[0]);
      passed[0] = LIMIT.toNanos();

      var result = probe.probe(PgUrl.parse(listener.url("u:p"), "X"), true, deadline, List.of());

      assertThat(result.failure().orElseThrow().kind()).isEqualTo(FailureKind.DEADLINE);
    }
  }

  private PgProbed look(String url) {
    return probe.probe(PgUrl.parse(url, "DATABASE_URL"), true, soon(LIMIT), List.of());
  }

  private static Deadline soon(Duration limit) {
    return Time.SYSTEM.deadline(limit);
  }

  /**
   * What waits for ever, or for longer than it may, does so each time; a busy machine holds up one
   * try or another. So the bound must hold for one of three, and what is found for each.
   */
  private static void assertInTime(Runnable look) {
    var quickest = Duration.ofDays(1);
    for (int tried = 0; tried < 3 && quickest.compareTo(LIMIT.plus(GRACE)) >= 0; tried++) {
      long start = Ticker.SYSTEM.nanos();
      look.run();
      var took = Duration.ofNanos(Ticker.SYSTEM.nanos() - start);
      quickest = took.compareTo(quickest) < 0 ? took : quickest;
    }
    assertThat(quickest).isLessThan(LIMIT.plus(GRACE));
  }

  private static ConnectFailure assertFailed(PgProbed result, Stage stage, FailureKind kind) {
    var failed = result.probe().failed().orElseThrow();
    var failure = result.failure().orElseThrow();
    assertThat(failed.stage()).as(failure.toString()).isEqualTo(stage);
    assertThat(failure.kind()).as(failure.toString()).isEqualTo(kind);
    assertThat(result.connection()).isNull();
    return failure;
  }
}
