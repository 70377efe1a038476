package com.hotdash.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.http.HttpProtocolException.Kind;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.TreeMap;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRedirectsTest {
  @StartStop private final MockWebServer server = new MockWebServer();
  @StartStop private final MockWebServer other = new MockWebServer();

  private HttpService service() {
    return HttpService.builder("github")
        .baseUrl(server.url("/").toString())
        .authHeader("Authorization", "Bearer ", Secret.of("ghp-canary-1234"))
        .header("X-GitHub-Api-Version", "2022-11-28")
        .header("Accept", "text/plain")
        .build();
  }

  private static Deadline soon() {
    return Time.SYSTEM.deadline(Duration.ofSeconds(20));
  }

  private static MockResponse to(int status, String location) {
    return new MockResponse.Builder().code(status).addHeader("Location", location).build();
  }

  private static HttpRequest read() {
    return HttpRequest.get("log.get", "jobs", "1", "logs")
        .header("Cookie", "a=b")
        .secretHeader("X-Shopify-Access-Token", Secret.of("shop-canary-5678"))
        .build();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void send_readToOtherPort_carriesNoCredential(int status) throws Exception {
    server.enqueue(to(status, other.url("/signed?sig=1").toString()));
    other.enqueue(new MockResponse.Builder().body("the log").build());
    try (var http = service()) {
      assertThat(http.send(read(), soon()).text()).isEqualTo("the log");
    }

    assertThat(server.takeRequest().getHeaders().get("Authorization")).isNotNull();
    var asked = other.takeRequest();
    assertThat(asked.getTarget()).isEqualTo("/signed?sig=1");
    assertThat(asked.getHeaders().names())
        .containsExactlyInAnyOrder("Accept", "User-Agent", "Host", "Connection", "Accept-Encoding");
  }

  @Test
  void send_readToSameOrigin_keepsCredentials() throws Exception {
    server.enqueue(to(307, "/moved"));
    server.enqueue(new MockResponse.Builder().body("ok").build());
    try (var http = service()) {
      http.send(read(), soon());
    }

    server.takeRequest();
    var asked = server.takeRequest();
    assertThat(asked.getTarget()).isEqualTo("/moved");
    assertThat(asked.getHeaders().get("Authorization")).isEqualTo("Bearer ghp-canary-1234");
  }

  @Test
  void send_readThereAndBack_doesNotRegainCredentials() throws Exception {
    server.enqueue(to(302, other.url("/").toString()));
    other.enqueue(to(302, server.url("/back").toString()));
    server.enqueue(new MockResponse.Builder().body("ok").build());
    try (var http = service()) {
      http.send(read(), soon());
    }

    server.takeRequest();
    assertThat(server.takeRequest().getHeaders().get("Authorization")).isNull();
  }

  @Test
  void send_circle_endsAfterFive() {
    for (int i = 0; i < 9; i++) {
      server.enqueue(to(302, "/again"));
    }
    try (var http = service()) {
      var refusal =
          catchThrowableOfType(HttpProtocolException.class, () -> http.send(read(), soon()));

      assertThat(refusal.kind()).isEqualTo(Kind.REDIRECT_REFUSED);
    }
    assertThat(server.getRequestCount()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303})
  void send_writeThatWouldBecomeGet_isRefused(int status) {
    server.enqueue(to(status, "/elsewhere"));
    try (var http = service()) {
      var refusal =
          catchThrowableOfType(
              HttpProtocolException.class,
              () -> http.send(HttpRequest.post("issue.create").build(), soon()));

      assertThat(refusal.kind()).isEqualTo(Kind.REDIRECT_REFUSED);
      assertThat(refusal).hasMessageContaining("POST into GET");
      assertThat(refusal.outcomeUnknown()).isTrue();
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void send_writeByMethodKeepingRedirect_staysAtItsOrigin() throws Exception {
    server.enqueue(to(308, "/v2"));
    server.enqueue(new MockResponse.Builder().body("ok").build());
    server.enqueue(to(308, other.url("/v2").toString()));
    var write = HttpRequest.put("secret.set").json("x").build();
    try (var http = service()) {
      http.send(write, soon());
      server.takeRequest();
      var second = server.takeRequest();
      assertThat(second.getMethod()).isEqualTo("PUT");
      assertThat(second.getBody()).isEqualTo(okio.ByteString.encodeUtf8("\"x\""));

      assertThatThrownBy(() -> http.send(write, soon())).isInstanceOf(HttpProtocolException.class);
    }
    assertThat(other.getRequestCount()).isZero();
  }

  @Test
  void send_redirectWithoutAddress_isRefused() {
    server.enqueue(new MockResponse.Builder().code(302).build());
    try (var http = service()) {
      var refusal =
          catchThrowableOfType(HttpProtocolException.class, () -> http.send(read(), soon()));

      assertThat(refusal).hasMessageContaining("names no address");
    }
  }

  @Test
  void next_fromHttpsToHttp_isRefused() {
    var url = HttpUrl.get("https://api.example/logs");
    var hop = new Hop(url, new TreeMap<>(String.CASE_INSENSITIVE_ORDER), read());
    var head =
        new HttpHead(
            302,
            java.util.Map.of("location", java.util.List.of("http://api.example/x?sig=2")),
            null);

    var next = hop.next(head);

    assertThat(next.hop()).isNull();
    assertThat(next.refusal()).contains("https to http").doesNotContain("sig");
  }
}
