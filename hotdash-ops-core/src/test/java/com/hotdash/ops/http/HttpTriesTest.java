package com.hotdash.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.http.HttpUnreachableException.Kind;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.ManualTime;
import com.hotdash.ops.time.Sleeper;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTriesTest {
  private static final HttpRequest READ = HttpRequest.get("machine.get").build();
  private static final HttpRequest WRITE = HttpRequest.post("machine.start").json("{}").build();

  @StartStop private final MockWebServer server = new MockWebServer();
  private final ManualTime manual = new ManualTime();

  private HttpService service(String url) {
    return HttpService.builder("fly")
        .baseUrl(url)
        .callTimeout(Duration.ofSeconds(60))
        .time(manual.time())
        .build();
  }

  private HttpService service() {
    return service(server.url("/").toString());
  }

  private Deadline deadline() {
    return manual.time().deadline(Duration.ofSeconds(60));
  }

  private void answer(int status) {
    server.enqueue(new MockResponse.Builder().code(status).body("x").build());
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void send_readRefusedForNow_isTriedAgain(int status) {
    answer(status);
    answer(status);
    answer(200);
    try (var http = service()) {
      assertThat(http.send(READ, deadline()).status()).isEqualTo(200);
    }

    assertThat(manual.slept()).hasSize(2);
    var first = Duration.ofMillis(status == 429 ? 1000 : 250);
    assertThat(manual.slept().get(0))
        .isBetween(first.multipliedBy(7).dividedBy(10), first.multipliedBy(13).dividedBy(10));
    assertThat(manual.slept().get(1))
        .isBetween(first.multipliedBy(14).dividedBy(10), first.multipliedBy(26).dividedBy(10));
  }

  @Test
  void send_readRefusedEveryTime_endsAfterThreeTries() {
    for (int i = 0; i < 5; i++) {
      answer(503);
    }
    try (var http = service()) {
      var refusal =
          catchThrowableOfType(HttpStatusException.class, () -> http.send(READ, deadline()));

      assertThat(refusal.attempts()).isEqualTo(3);
      assertThat(refusal).hasMessageContaining("(3 tries)");
      assertThat(refusal.retryable()).isTrue();
    }
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 422, 500, 501})
  void send_readRefusedForGood_isNotTriedAgain(int status) {
    answer(status);
    try (var http = service()) {
      assertThatThrownBy(() -> http.send(READ, deadline())).isInstanceOf(HttpStatusException.class);
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"2, 2000", "2.0, 2000", "0.5, 500", "0, 0"})
  void send_retryAfter_isWaitedFor(String header, long millis) {
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", header).build());
    answer(200);
    try (var http = service()) {
      http.send(READ, deadline());
    }
    assertThat(manual.slept()).containsExactly(Duration.ofMillis(millis));
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void send_retryAfterBeyondDeadline_failsAtOnceAndTellsIt() {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "61").build());
    try (var http = service()) {
      var refusal =
          catchThrowableOfType(HttpStatusException.class, () -> http.send(READ, deadline()));

      assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(61));
      assertThat(refusal.retryable()).isTrue();
    }
    assertThat(manual.slept()).isEmpty();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void send_retryAfterNonsense_isIgnoredAndSaid() {
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "-5").build());
    try (var http = service()) {
      var refusal =
          catchThrowableOfType(
              HttpStatusException.class,
              () -> http.send(HttpRequest.get("a.b").tries(1).build(), deadline()));

      assertThat(refusal.retryAfter()).isEmpty();
      assertThat(refusal).hasMessageContaining("Retry-After could not be understood");
    }
  }

  @Test
  void send_write503WithRetryAfterZero_isSentOnce() {
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build());
    answer(200);
    try (var http = service()) {
      var refusal =
          catchThrowableOfType(HttpStatusException.class, () -> http.send(WRITE, deadline()));

      assertThat(refusal.outcomeUnknown()).isTrue();
      assertThat(refusal.retryable()).isFalse();
      assertThat(refusal.answer().header("Retry-After")).contains("0");
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "302, true",
    "408, true",
    "500, true",
    "504, true",
    "501, false",
    "400, false",
    "409, false",
    "429, false"
  })
  void send_writeRefused_isSentOnceAndOutcomeTold(int status, boolean unknown) {
    answer(status);
    try (var http = service()) {
      var refusal = catchThrowableOfType(HttpException.class, () -> http.send(WRITE, deadline()));

      assertThat(refusal.outcomeUnknown()).isEqualTo(unknown);
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void send_writeWithDeclaredProof_isTriedAgain() {
    answer(429);
    answer(503);
    answer(200);
    try (var http = service()) {
      var request = HttpRequest.post("machine.start").notExecutedOn(429, 503).build();

      assertThat(http.send(request, deadline()).status()).isEqualTo(200);
    }
  }

  @Test
  void send_writeAnswerLost_isSentOnceAndOutcomeUnknown() throws Exception {
    try (var raw = new RawServer((server, number, out) -> {});
        var http = service(raw.url())) {
      var lost =
          catchThrowableOfType(HttpUnreachableException.class, () -> http.send(WRITE, deadline()));

      assertThat(lost.kind()).isEqualTo(Kind.CLOSED);
      assertThat(lost.outcomeUnknown()).isTrue();
      assertThat(lost.retryable()).isFalse();
      assertThat(lost)
          .hasMessageContaining("the change may have been made")
          .hasMessageContaining("look whether");
      assertThat(raw.requests()).hasSize(1);
    }
  }

  // On a connection that was used before, OkHttp by itself would send the request again.
  @Test
  void send_writeLostOnReusedConnection_isSentOnce() {
    answer(200);
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    answer(200);
    try (var http = service()) {
      http.send(READ, deadline());
      var lost =
          catchThrowableOfType(HttpUnreachableException.class, () -> http.send(WRITE, deadline()));

      assertThat(lost.outcomeUnknown()).isTrue();
    }
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void send_interruptedBetweenTries_endsWithFlagSet() {
    answer(503);
    Sleeper interrupted =
        wait -> {
          throw new InterruptedException();
        };
    var time = new Time(manual.time().clock(), manual.time().ticker(), interrupted);
    try (var http =
        HttpService.builder("fly").baseUrl(server.url("/").toString()).time(time).build()) {
      assertThatThrownBy(() -> http.send(READ, deadline()))
          .isInstanceOf(InterruptedOpsException.class);

      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void send_writeWithIdempotencyKey_isTriedAgainWithSameKey() throws Exception {
    try (var raw =
            new RawServer(
                (server, number, out) -> {
                  if (number == 3) {
                    RawServer.print(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
                  }
                });
        var http = service(raw.url())) {
      var request =
          HttpRequest.post("refund.create").idempotencyKey("Idempotency-Key", "k-1").build();

      assertThat(http.send(request, deadline()).text()).isEqualTo("ok");
      assertThat(raw.requests()).hasSize(3).allMatch(text -> text.contains("Idempotency-Key: k-1"));
    }
  }

  @Test
  void send_idempotentWriteLostThenRefused_outcomeStaysUnknown() throws Exception {
    try (var raw =
            new RawServer(
                (server, number, out) -> {
                  if (number == 2) {
                    RawServer.print(out, "HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n");
                  }
                });
        var http = service(raw.url())) {
      var request = HttpRequest.put("secret.set").idempotent().build();

      var refusal =
          catchThrowableOfType(HttpStatusException.class, () -> http.send(request, deadline()));

      assertThat(refusal.status()).isEqualTo(409);
      assertThat(refusal.outcomeUnknown()).isTrue();
    }
  }

  @Test
  void send_readAnswerBrokenMidBody_isTriedAgain() throws Exception {
    try (var raw =
            new RawServer(
                (server, number, out) ->
                    RawServer.print(
                        out,
                        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"
                            + (number == 1 ? "fo" : "four")));
        var http = service(raw.url())) {
      assertThat(http.send(READ, deadline()).text()).isEqualTo("four");
      assertThat(raw.requests()).hasSize(2);
    }
  }

  @Test
  void send_writeAnswerBrokenMidBody_outcomeUnknown() throws Exception {
    try (var raw =
            new RawServer(
                (server, number, out) ->
                    RawServer.print(out, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfo"));
        var http = service(raw.url())) {
      var lost =
          catchThrowableOfType(HttpUnreachableException.class, () -> http.send(WRITE, deadline()));

      assertThat(lost.outcomeUnknown()).isTrue();
      assertThat(raw.requests()).hasSize(1);
    }
  }

  @Test
  void stream_brokenMidBody_isNotReadTwice() throws Exception {
    try (var raw =
            new RawServer(
                (server, number, out) ->
                    RawServer.print(out, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfo"));
        var http = service(raw.url())) {
      var lost =
          catchThrowableOfType(
              HttpUnreachableException.class,
              () -> http.stream(READ, deadline(), (head, body) -> body.readAllBytes()));

      assertThat(lost.kind()).isEqualTo(Kind.CLOSED);
      assertThat(raw.requests()).hasSize(1);
    }
  }

  @Test
  void send_nothingListens_isTriedAgainAlsoForWrites() throws IOException {
    try (var http = service("http://127.0.0.1:" + unusedPort())) {
      for (var request : new HttpRequest[] {READ, WRITE}) {
        var refused =
            catchThrowableOfType(
                HttpUnreachableException.class, () -> http.send(request, deadline()));

        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused.attempts()).isEqualTo(3);
        assertThat(refused.outcomeUnknown()).isFalse();
        assertThat(refused.retryable()).isTrue();
        assertThat(refused.nextStep()).isPresent();
      }
    }
  }

  @Test
  void send_nameWithoutAddress_saysSo() {
    try (var http = service("http://no-such-host.invalid")) {
      var unknown =
          catchThrowableOfType(HttpUnreachableException.class, () -> http.send(WRITE, deadline()));

      assertThat(unknown.kind()).isEqualTo(Kind.NAME_NOT_RESOLVED);
      assertThat(unknown.outcomeUnknown()).isFalse();
    }
  }

  @Test
  void send_plainServerWhereTlsIsExpected_isTlsAndNotSent() throws Exception {
    try (var raw = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var http = service("https://127.0.0.1:" + raw.getLocalPort())) {
      var peer = new Thread(() -> greetInPlain(raw));
      peer.setDaemon(true);
      peer.start();
      var tls =
          catchThrowableOfType(HttpUnreachableException.class, () -> http.send(WRITE, deadline()));

      assertThat(tls.kind()).isEqualTo(Kind.TLS);
      assertThat(tls.outcomeUnknown()).isFalse();
    }
  }

  private static void greetInPlain(ServerSocket raw) {
    while (!raw.isClosed()) {
      try (var socket = raw.accept()) {
        RawServer.print(socket.getOutputStream(), "220 mail.example ESMTP ready for anything\r\n");
        socket.getInputStream().readNBytes(100);
      } catch (IOException e) {
        assertThat(e).isNotNull(); // the client left
      }
    }
  }

  private static int unusedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
