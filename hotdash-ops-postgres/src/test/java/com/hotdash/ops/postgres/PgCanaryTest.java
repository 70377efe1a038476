package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.report.Report;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A marked password goes through every form of address and five failures, and shows nowhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgCanaryTest {
  private static final Logger DRIVER = Logger.getLogger("org.postgresql");
  private static final String PASSWORD = "C4nary+pw@x";
  private static final String ENCODED = "C4nary%2Bpw%40x";

  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          work -> {
            var thread = new Thread(work, "test-canary");
            thread.setDaemon(true);
            return thread;
          });
  private final PgProbe probe = new PgProbe(Time.SYSTEM, executor);
  private Listener silent;
  private Listener http;
  private Listener refusing;
  private int refusedPort;

  // The driver logs by java.util.logging, at levels of its own choice.
  private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
  private final Handler recorder =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          logged.add(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeAll
  void record() {
    recorder.setLevel(Level.ALL);
    DRIVER.setLevel(Level.ALL);
    DRIVER.setUseParentHandlers(false);
    DRIVER.addHandler(recorder);
  }

  @AfterAll
  void log_ofTheDriver_hasNoPassword() {
    DRIVER.removeHandler(recorder);
    // One listener repeats the password in its refusal, and at FINE the driver logs what it was
    // told.
    assertThat(logged)
        .isNotEmpty()
        .filteredOn(line -> !line.contains("password authentication failed for"))
        .noneMatch(line -> line.contains("C4nary"));
  }

  @BeforeAll
  void listen() throws IOException {
    silent = Listener.silent();
    http = Listener.saying("HTTP/1.1 400 Bad Request\r\n\r\n");
    refusing = Listener.refusing();
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refusedPort = free.getLocalPort();
    }
  }

  @AfterAll
  void stop() throws IOException {
    silent.close();
    http.close();
    refusing.close();
    executor.shutdownNow();
  }

  /** PW stands for the password, HP for host and port. */
  static List<String> forms() {
    return List.of(
        "postgres://u:PW@HP/d",
        "postgresql://u:PW@HP/d",
        "jdbc:postgresql://u:PW@HP/d",
        "jdbc:postgres://u:PW@HP/d",
        "postgres://u:PW@HP",
        "postgres://u:PW@HP/",
        "postgres://:PW@HP/d",
        "postgres://u:PW@HP/d?sslmode=disable",
        "postgres://u:PW@HP/d?sslmode=prefer",
        "postgres://u:PW@HP/d?sslmode=allow",
        "postgres://u:PW@HP/d?sslmode=require",
        "postgres://u:PW@HP/d?sslmode=no-verify",
        "postgres://u:PW@HP/d?sslmode=verify-full",
        "postgres://u:PW@HP/d?pgbouncer=true&connection_limit=1",
        "postgres://u:PW@HP/d?schema=shop&pool_timeout=3",
        "postgres://u:PW@HP/d?application_name=x&connect_timeout=1",
        "postgres://u:PW@HP/d?channel_binding=prefer",
        "postgres://u:PW@HP/d?target_session_attrs=read-write",
        "postgres://u:PW@HP/d?options=-c%20geqo%3Doff",
        "postgres://u:PW@HP/d?mystery=1",
        "postgres://u@HP/d?password=ENC",
        "postgres://HP/d?user=u&password=ENC",
        "jdbc:postgresql://HP/d?user=u&password=ENC",
        "postgres://u:PW@HP/d?sslpassword=ENC",
        "postgres://u:PW@HP,HP/d",
        "postgres://postgres.ref:PW@HP/d");
  }

  @ParameterizedTest
  @MethodSource("forms")
  void anyForm_anyFailure_showsNoPassword(String form) throws IOException {
    for (var password : List.of(PASSWORD, ENCODED)) {
      var text = form.replace("ENC", ENCODED).replace("PW", password);

      assertParseHides(text.replace("HP", "127.0.0.1:70000"));
      assertProbeHides(text, refusedPort);
      assertProbeHides(text, silent.port());
      assertProbeHides(text, http.port());
      assertProbeHides(text, refusing.port());
    }
  }

  @ParameterizedTest
  @MethodSource("forms")
  void anyForm_throughTheRunbook_showsNoPasswordInAnyReportOrException(String form) {
    for (var password : List.of(PASSWORD, ENCODED)) {
      var address =
          form.replace("ENC", ENCODED)
              .replace("PW", password)
              .replace("HP", "127.0.0.1:" + refusing.port());
      var variables = Map.of("DATABASE_URL", address, "HOTDASH_OPS_OPERATOR", "sam");
      try (var ops = RunbookProcedures.fromEnvironment(Environment.of(variables))) {
        var report = Report.of(ops.databaseConnectionIssues().diagnose(Duration.ofSeconds(5)));

        assertHidden(report.text(ops.redactor()) + report.markdown(ops.redactor()));
        assertHidden(report.html(ops.redactor()) + report.json(ops.redactor()));
        assertHidden(report.page().toString());
        assertHidden(ops + ops.checkAccess().toString() + ops.redactor());
        assertThatThrownBy(() -> ops.databaseConnectionIssues().endSessions().plan())
            .satisfies(e -> assertHidden(trace(e)));
      }
    }
  }

  private static String trace(Throwable thrown) {
    var trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private static void assertParseHides(String text) {
    try {
      PgUrl.parse(text, "DATABASE_URL");
    } catch (ConfigurationException e) {
      assertHidden(trace(e));
      return;
    }
    throw new AssertionError("port 70000 was taken");
  }

  private void assertProbeHides(String text, int port) {
    var address = text.replace("HP", "127.0.0.1:" + port);
    var result =
        probe.probe(
            new PgAddress("DATABASE_URL", Secret.of(address), true),
            Time.SYSTEM.deadline(
                Duration.ofMillis(address.contains(":" + silent.port()) ? 120 : 5000)),
            List.of());

    assertThat(result.probe().failed()).isPresent();
    assertHidden(result.toString());
    assertHidden(result.probe().failed().toString());
    assertHidden(result.failure().orElseThrow().nextStep());
    var url = PgUrl.parse(address, "DATABASE_URL");
    assertHidden(
        url + url.warnings().toString() + url.parameters() + url.endpoint() + url.identity());
    assertHidden(
        PgConnectSettings.of(url, url.hosts().get(0), true, Duration.ofSeconds(1)).toString());
  }

  private static void assertHidden(String text) {
    assertThat(text).doesNotContain("C4nary").doesNotContain("pw@x").doesNotContain("pw%40x");
  }
}
