package com.hotdash.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServiceTest {
  @StartStop private final MockWebServer server = new MockWebServer();

  private HttpService.Builder builder() {
    return HttpService.builder("fly")
        .baseUrl(server.url("/v1/").toString())
        .requestIdHeaders("fly-request-id", "x-request-id")
        .firstInterval(Duration.ofMillis(1));
  }

  private static Deadline soon() {
    return Time.SYSTEM.deadline(Duration.ofSeconds(20));
  }

  private void answer(int status, String body) {
    server.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  @Test
  void send_get_carriesHeadersAndEncodedPath() throws Exception {
    answer(200, "{}");
    try (var http =
        builder()
            .authHeader("Authorization", "Bearer ", Secret.of("s3cr3t-token"))
            .header("Accept", "application/json")
            .build()) {
      http.send(
          HttpRequest.get("machine.get", "apps", "a/b c", "machines")
              .param("state", "a&b=c")
              .header("X-One", "1")
              .build(),
          soon());
    }

    var asked = server.takeRequest();
    assertThat(asked.getTarget()).isEqualTo("/v1/apps/a%2Fb%20c/machines?state=a%26b%3Dc");
    assertThat(asked.getHeaders().get("Authorization")).isEqualTo("Bearer s3cr3t-token");
    assertThat(asked.getHeaders().get("Accept")).isEqualTo("application/json");
    assertThat(asked.getHeaders().get("User-Agent")).isEqualTo("hotdash-ops");
    assertThat(asked.getHeaders().get("X-One")).isEqualTo("1");
  }

  @Test
  void send_answer_isReadable() {
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Fly-Request-Id", "01JABC")
            .addHeader("Content-Type", "text/plain; charset=ISO-8859-1")
            .body(new okio.Buffer().write(new byte[] {'n', (byte) 0xe9}))
            .build());
    try (var http = builder().build()) {
      var answer = http.send(HttpRequest.get("log.get").build(), soon());

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.requestId()).contains("01JABC");
      assertThat(answer.header("content-TYPE")).contains("text/plain; charset=ISO-8859-1");
      assertThat(answer.text()).isEqualTo("né");
      assertThat(answer.bytes()).hasSize(2);
      assertThat(answer.toString()).isEqualTo("HttpAnswer[200, 2 bytes, request id 01JABC]");
    }
  }

  @Test
  void send_postJson_carriesBodyOnce() throws Exception {
    answer(201, "");
    try (var http = builder().build()) {
      http.send(
          HttpRequest.post("machine.create", "machines").json(Map.of("name", "web")).build(),
          soon());
    }

    var asked = server.takeRequest();
    assertThat(asked.getMethod()).isEqualTo("POST");
    assertThat(asked.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(asked.getBody()).isEqualTo(okio.ByteString.encodeUtf8("{\"name\":\"web\"}"));
  }

  @ParameterizedTest
  @CsvSource({
    "401, credential is right",
    "403, which rights",
    "404, check the name",
    "422, change the call",
    "500, try again later"
  })
  void send_refusal_tellsWhatWhereWhichAndNext(int status, String next) {
    server.enqueue(
        new MockResponse.Builder()
            .code(status)
            .addHeader("x-request-id", "r-7")
            .body("{\"error\":\"no\u0007\\n such\"}")
            .build());
    try (var http = builder().build()) {
      var refusal =
          catchThrowableOfType(
              HttpStatusException.class,
              () ->
                  http.send(
                      HttpRequest.get("machine.get", "machines", "m1").param("q", "hidden").build(),
                      soon()));

      assertThat(refusal.status()).isEqualTo(status);
      assertThat(refusal.requestId()).contains("r-7");
      assertThat(refusal.operation()).hasToString("fly machine.get");
      assertThat(refusal.answer().text()).startsWith("{\"error\"");
      assertThat(refusal)
          .hasMessageContaining(
              "GET "
                  + server.getHostName()
                  + ":"
                  + server.getPort()
                  + "/v1/machines/m1 answered "
                  + status
                  + ": {\"error\":\"no")
          .hasMessageContaining(next)
          .hasMessageNotContaining("hidden");
      assertThat(refusal.outcomeUnknown()).isFalse();
    }
  }

  @Test
  void send_refusalWithHugeBody_keepsItsStart() {
    answer(400, "word ".repeat(100_000));
    try (var http = builder().build()) {
      var refusal =
          catchThrowableOfType(
              HttpStatusException.class, () -> http.send(HttpRequest.get("a.b").build(), soon()));

      assertThat(refusal.answer().bytes()).hasSize(Attempt.ERROR_BODY_BYTES);
      assertThat(refusal.answer().cut()).isTrue();
      assertThat(refusal.getMessage()).hasSizeLessThan(800);
    }
  }

  @Test
  void send_acceptedStatuses_areAnswers() {
    answer(404, "gone");
    answer(503, "{\"status\":\"degraded\"}");
    try (var http = builder().build()) {
      var missing = http.send(HttpRequest.get("a.b").accept(404, 410).build(), soon());
      var sick = http.send(HttpRequest.get("health.get").acceptAnyStatus().build(), soon());

      assertThat(missing.status()).isEqualTo(404);
      assertThat(sick.status()).isEqualTo(503);
      assertThat(sick.text()).contains("degraded");
      assertThat(server.getRequestCount()).isEqualTo(2);
    }
  }

  @Test
  void send_addressOfOtherOrigin_isRefusedUnsent() {
    answer(200, "page 2");
    try (var http = builder().build()) {
      var next = server.url("/elsewhere?page=2").toString();
      assertThat(http.send(HttpRequest.getAddress("run.list", next).build(), soon()).text())
          .isEqualTo("page 2");

      assertThatThrownBy(
              () ->
                  http.send(
                      HttpRequest.getAddress("run.list", "https://evil.example/?page=2").build(),
                      soon()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("run.list");
    }
  }

  @Test
  void stream_lines_areReadAndMayStopEarly() {
    answer(200, "a\nb\n" + "c\n".repeat(500_000));
    try (var http = builder().build()) {
      var lines =
          http.stream(
              HttpRequest.get("log.get").build(),
              soon(),
              (head, body) ->
                  new String(body.readNBytes(4), java.nio.charset.StandardCharsets.UTF_8)
                      .lines()
                      .collect(Collectors.toList()));

      assertThat(lines).containsExactly("a", "b");
    }
  }

  @Test
  void close_ownTransport_refusesFurtherCalls() {
    var http = builder().build();
    http.close();
    http.close();

    assertThatThrownBy(() -> http.send(HttpRequest.get("a.b").build(), soon()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void close_transportHandedIn_staysUsable() throws Exception {
    var mine = new OkHttpClient();
    answer(200, "first");
    answer(200, "second");
    try (var http = builder().transport(mine).build()) {
      http.send(HttpRequest.get("a.b").build(), soon());
    }

    assertThat(mine.connectionPool().connectionCount()).isEqualTo(1);
    try (var response =
        mine.newCall(new Request.Builder().url(server.url("/")).build()).execute()) {
      assertThat(response.body().string()).isEqualTo("second");
    }
    assertThat(server.takeRequest().getConnectionIndex())
        .isEqualTo(server.takeRequest().getConnectionIndex());
  }

  @Test
  void transport_withRetriesRedirectsAndReadTimeout_isTamed() {
    server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/login").build());
    var eager =
        new OkHttpClient.Builder()
            .readTimeout(Duration.ofMillis(1))
            .callTimeout(Duration.ofMillis(1))
            .build();
    try (var http = builder().transport(eager).build()) {
      var answer = http.send(HttpRequest.get("probe.root").keepRedirects().build(), soon());

      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.header("Location")).contains("/login");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void get_segmentThatWouldMove_isRefused(String segment) {
    assertThatThrownBy(() -> HttpRequest.get("a.b", "apps", segment))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x", "nonsense", "https://u:pw@x", "https://x?a=b", "https://x#f"})
  void baseUrl_moreThanAnAddress_isRefusedWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> HttpService.builder("fly").baseUrl(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(url);
  }

  @Test
  void authHeader_credentialWithLineBreak_isRefusedWithoutRepeatingIt() {
    assertThatThrownBy(
            () ->
                HttpService.builder("shopify")
                    .authHeader("X-Shopify-Access-Token", "", Secret.of("pasted-secret\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("index 13")
        .hasMessageNotContaining("pasted");
  }

  @Test
  void build_withoutBaseUrl_saysSo() {
    assertThatThrownBy(() -> HttpService.builder("fly").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("baseUrl is not set");
  }
}
