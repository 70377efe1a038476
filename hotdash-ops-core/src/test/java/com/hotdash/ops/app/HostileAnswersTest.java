package com.hotdash.ops.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.statuspage.StatusPages;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever a peer answers, each reader of public signals ends within its bound, and not with OK.
 */
@Timeout(30)
class HostileAnswersTest {
  private static final long GIGABYTE = 1_000_000_000;
  private static final Duration LIMIT = Duration.ofSeconds(3);
  // More than any reader's own bound, 16 MB for metrics, and what buffers hold on the way.
  private static final long MOST_SENT = 64_000_000;

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong hungUp = new AtomicLong();
  private ServerSocket socket;
  private volatile String how = "";
  private volatile String type = "";

  @BeforeEach
  void listen() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var thread = new Thread(this::accept, "hostile");
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void hangUp() throws IOException {
    socket.close();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var peer = socket.accept();
        var thread = new Thread(() -> answer(peer), "hostile answer");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return; // the test is over
      }
    }
  }

  private void answer(Socket peer) {
    try (peer) {
      peer.getInputStream().read(new byte[8_192]);
      var out = peer.getOutputStream();
      if (how.equals("nothing at all")) {
        return;
      }
      if (how.equals("no HTTP")) {
        send(out, "SSH-2.0-OpenSSH_9.6\r\n");
        return;
      }
      var length = how.equals("truncated") ? "Content-Length: 5000\r\n" : "";
      send(out, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n" + length);
      send(out, "Connection: close\r\n\r\n");
      body(out);
    } catch (IOException e) {
      hungUp.incrementAndGet(); // the reader has had enough, which is what is tested
    }
  }

  private void body(OutputStream out) throws IOException {
    switch (how) {
      case "truncated" ->
          send(out, type.contains("json") ? "{\"status\":{\"ind" : "a_total 1\nb_to");
      case "html" -> send(out, "<!doctype html><html><title>Log in</title></html>");
      case "binary" -> {
        var bytes = new byte[4_096];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) (i * 31);
        }
        out.write(bytes);
      }
      case "gigabyte" -> repeat(out, "x_total{a=\"b\"} 1\n".repeat(500), GIGABYTE);
      case "gigabyte in one line" -> repeat(out, "{\"a\":[[[[".repeat(1_000), GIGABYTE);
      case "never ends" -> repeat(out, "#\n".repeat(500), Long.MAX_VALUE);
      default -> throw new IllegalArgumentException(how);
    }
  }

  private void repeat(OutputStream out, String piece, long most) throws IOException {
    for (long all = 0; all < most; all += piece.length()) {
      send(out, piece);
    }
  }

  private void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
    sent.addAndGet(text.length());
  }

  private String url() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private AppClient app() {
    return AppClient.builder().baseUrl(url()).probeTimeout(LIMIT).scrapeTimeout(LIMIT).build();
  }

  // An empty 200 is a plain endpoint that says well: facts, metrics-and-logs §10.
  @ParameterizedTest
  @CsvSource({
    "nothing at all, PROBLEM",
    "no HTTP, PROBLEM",
    "truncated, PROBLEM",
    "html, UNKNOWN",
    "binary, UNKNOWN",
    "gigabyte, UNKNOWN",
    "gigabyte in one line, UNKNOWN",
    "never ends, UNKNOWN",
  })
  void health_endsWithinItsBound(String answer, Verdict expected) {
    how = answer;
    type = "application/json";
    try (var app = app()) {
      assertThat(app.health().verdict()).isEqualTo(expected);
    }
    assertThat(sent.get()).isLessThan(MOST_SENT);
  }

  @ParameterizedTest
  @CsvSource({
    "nothing at all",
    "no HTTP",
    "truncated",
    "html",
    "binary",
    "gigabyte",
    "gigabyte in one line",
    "never ends",
  })
  void metrics_endWithinTheirBound_andAreNeverWhole(String answer) {
    how = answer;
    type = "text/plain; version=0.0.4";
    try (var app = app()) {
      var metrics = app.metrics();

      assertThat(metrics.complete()).isFalse();
      assertThat(metrics.machines()).hasSize(1).noneMatch(MachineMetrics::whole);
    }
    // A call that failed is tried once again.
    assertThat(sent.get()).isLessThan(2 * MOST_SENT);
  }

  @ParameterizedTest
  @CsvSource({
    "nothing at all",
    "no HTTP",
    "truncated",
    "html",
    "binary",
    "gigabyte",
    "gigabyte in one line",
    "never ends",
  })
  void statusPages_endWithinTheirBound_andAreNeverOperational(String answer) {
    how = answer;
    type = "application/json";
    try (var pages = StatusPages.builder().page("vendor", url()).build()) {
      var reading = pages.read(Time.SYSTEM.deadline(Duration.ofSeconds(10))).get("vendor");

      assertThat(reading).isInstanceOf(Reading.Unread.class);
    }
    assertThat(sent.get()).isLessThan(2 * MOST_SENT);
  }
}
