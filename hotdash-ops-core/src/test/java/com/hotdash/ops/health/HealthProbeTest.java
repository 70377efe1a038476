package com.hotdash.ops.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.health.ProbeResult.Outcome;
import com.hotdash.ops.http.HttpService;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;

class HealthProbeTest {
  @StartStop private final MockWebServer server = new MockWebServer();

  private static Deadline in(Duration limit) {
    return Time.SYSTEM.deadline(limit);
  }

  private static ProbeResult probe(String base, Duration timeout, Deadline deadline) {
    try (var http = HttpService.builder("app").baseUrl(base).build()) {
      return new HealthProbe(http, Redactor.SHAPES, Time.SYSTEM, timeout)
          .probe("/api/health", Map.of("x-pin", "m1"), deadline);
    }
  }

  private ProbeResult probe() {
    return probe(server.url("/").toString(), Duration.ofSeconds(5), in(Duration.ofSeconds(10)));
  }

  @Test
  void probe_answer_isReadAndTimed() throws Exception {
    server.enqueue(new MockResponse.Builder().body("{\"status\":\"ok\"}").build());

    var result = probe();

    assertThat(result.outcome()).isEqualTo(Outcome.ANSWERED);
    assertThat(result.status()).isEqualTo(HealthStatus.PASS);
    assertThat(result.took()).isPositive();
    assertThat(result.certificate()).isNull();
    var asked = server.takeRequest();
    assertThat(asked.getTarget()).isEqualTo("/api/health");
    assertThat(asked.getHeaders().get("x-pin")).isEqualTo("m1");
    assertThat(asked.getHeaders().get("Connection")).isEqualTo("close");
  }

  @Test
  void probe_serverError_isOneProbeAndAnAnswer() {
    server.enqueue(new MockResponse.Builder().code(503).body("{\"status\":\"degraded\"}").build());

    assertThat(probe().report()).isNotNull().extracting(HealthReport::code).isEqualTo(503);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void probe_redirect_isNotFollowed() {
    server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/login").build());

    assertThat(probe().status()).isEqualTo(HealthStatus.UNKNOWN);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void probe_bodyOverTheBound_stillTellsTheCode() {
    server.enqueue(
        new MockResponse.Builder()
            .code(500)
            .body("x".repeat(HealthReader.MAX_BODY_BYTES * 2))
            .build());

    var result = probe();

    assertThat(result.report()).isNotNull().extracting(HealthReport::code).isEqualTo(500);
    assertThat(result.status()).isEqualTo(HealthStatus.FAIL);
  }

  @Test
  void probe_refused_isFail() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    var result =
        probe("http://127.0.0.1:" + port, Duration.ofSeconds(5), in(Duration.ofSeconds(5)));

    assertThat(result.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(result.status()).isEqualTo(HealthStatus.FAIL);
    assertThat(result.nextStep()).isNotBlank();
  }

  @Test
  void probe_unknownName_isItsOwnOutcome() {
    var result = probe("http://app.invalid", Duration.ofSeconds(5), in(Duration.ofSeconds(5)));

    assertThat(result.outcome()).isEqualTo(Outcome.NAME_NOT_RESOLVED);
    assertThat(result.status()).as("nobody was asked").isEqualTo(HealthStatus.UNKNOWN);
    assertThat(result.toString()).contains("app.invalid", "name server");
  }

  @Test
  void probe_closed_isItsOwnOutcome() {
    server.enqueue(
        new MockResponse.Builder().onRequestStart(new SocketEffect.CloseSocket()).build());

    assertThat(probe().outcome()).isEqualTo(Outcome.CLOSED);
  }

  @Test
  void probe_slow_timesOutByItsOwnLimit() {
    server.enqueue(new MockResponse.Builder().headersDelay(3, TimeUnit.SECONDS).build());

    var result =
        probe(server.url("/").toString(), Duration.ofMillis(150), in(Duration.ofSeconds(10)));

    assertThat(result.outcome()).isEqualTo(Outcome.TIMED_OUT);
    assertThat(result.status()).isEqualTo(HealthStatus.FAIL);
  }

  @Test
  void probe_deadlineShorterThanItsLimit_isNoSign() {
    server.enqueue(new MockResponse.Builder().headersDelay(3, TimeUnit.SECONDS).build());

    var result =
        probe(server.url("/").toString(), Duration.ofSeconds(5), in(Duration.ofMillis(150)));

    assertThat(result.outcome()).isEqualTo(Outcome.NOT_LOOKED);
    assertThat(result.status()).isEqualTo(HealthStatus.UNKNOWN);
  }

  @Test
  void probe_notHttp_isItsOwnOutcome() throws Exception {
    try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var speaker =
          new Thread(
              () -> {
                try (var socket = listener.accept()) {
                  socket.getInputStream().read(new byte[1024]);
                  socket
                      .getOutputStream()
                      .write("SSH-2.0-OpenSSH\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      speaker.start();

      var result =
          probe(
              "http://127.0.0.1:" + listener.getLocalPort(),
              Duration.ofSeconds(5),
              in(Duration.ofSeconds(5)));

      assertThat(result.outcome()).isEqualTo(Outcome.NOT_HTTP);
      speaker.join();
    }
  }

  @Test
  void probe_interrupted_isNoSignAndKeepsTheFlag() {
    server.enqueue(new MockResponse.Builder().headersDelay(3, TimeUnit.SECONDS).build());
    Thread.currentThread().interrupt();

    var result = probe();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result.outcome()).isEqualTo(Outcome.NOT_LOOKED);
  }
}
