package com.hotdash.ops.escalation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.hotdash.ops.app.Certificates;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookNotifierTest {
  private static final String KEY = "canary0webhook0key";
  private static final Secret OTHER = Secret.of("canary-of-the-body");

  @StartStop private final MockWebServer server = new MockWebServer();
  @TempDir private static Path folder;
  private static Certificates certificates;

  @BeforeAll
  static void make() {
    certificates = Certificates.make(folder, "localhost", "-1d", 30);
  }

  @BeforeEach
  void secure() {
    server.useHttps(certificates.sockets());
  }

  private WebhookNotifier webhook(String pathAndQuery) {
    return WebhookNotifier.builder(
            Secret.of("https://localhost:" + server.getPort() + pathAndQuery))
        .redactor(Redactor.of(List.of(OTHER)))
        .http(http -> http.transport(certificates.transport()))
        .build();
  }

  private static Notice notice(String words) {
    var key = new AlertKey("production", Incident.HIGH_ERROR_RATE, "");
    var body = Page.builder().paragraph(words).build();
    return new Notice(
        Alert.of(key, Severity.CRITICAL, body),
        new Urgency(Priority.P0, List.of("nobody is served")),
        "https://github.com/acme/hotdash/issues/77",
        "Acknowledge it: comment /ack there.");
  }

  private Delivery tell(String pathAndQuery, String words) {
    try (var webhook = webhook(pathAndQuery)) {
      return webhook.tell(notice(words), Time.SYSTEM.deadline(Duration.ofSeconds(20)));
    }
  }

  private static String body(RecordedRequest asked) {
    return Objects.requireNonNull(asked.getBody()).utf8();
  }

  private Delivery tell(MockResponse answer) {
    server.enqueue(answer);
    return tell("/services/T000/B000/" + KEY, "errors");
  }

  @Test
  void tell_chatSaysOk_postsOneTextInItsForm() throws Exception {
    server.enqueue(new MockResponse.Builder().body("ok").build());

    var delivery =
        tell("/services/T000/B000/" + KEY + "?thread=a%20b", "7 % <!channel> " + OTHER.reveal());

    assertThat(delivery.status()).isEqualTo(Status.CREATED);
    assertThat(delivery.toString()).startsWith("CREATED (webhook at localhost").doesNotContain(KEY);
    var asked = server.takeRequest();
    assertThat(asked.getTarget()).isEqualTo("/services/T000/B000/" + KEY + "?thread=a%20b");
    assertThat(asked.getMethod()).isEqualTo("POST");
    var json = JsonMapper.builder().build().readTree(body(asked));
    assertThat(json.size()).isOne();
    assertThat(json.get("text").asText())
        .startsWith("P0 [production] High error rate\nhttps://github.com/acme/hotdash/issues/77\n")
        .contains("• nobody is served", "7 % &lt;!channel&gt; ***")
        .doesNotContain("<", OTHER.reveal());
  }

  @Test
  void tell_longBody_isCutAndSaysSo() throws Exception {
    server.enqueue(new MockResponse.Builder().body("ok").build());

    tell("/hook/" + KEY, "a word and another ".repeat(1_000));

    assertThat(body(server.takeRequest()).length()).isLessThan(3_200);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void tell_redirect_isRefused(int status) {
    var delivery =
        tell(
            new MockResponse.Builder()
                .code(status)
                .addHeader("Location", server.url("/other").toString())
                .build());

    assertThat(delivery.status()).isEqualTo(Status.FAILED);
    assertThat(delivery.detail()).contains("redirect");
    assertThat(server.getRequestCount()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "404, no_service, FAILED",
    "403, invalid_token, FAILED",
    "429, slow down, FAILED",
    "500, oops, UNCERTAIN",
    "503, later, UNCERTAIN",
    "200, <html>Log in</html>, UNCERTAIN"
  })
  void tell_anythingButOk_isNotDelivered(int status, String body, Status expected) {
    var delivery = tell(new MockResponse.Builder().code(status).body(body + " " + KEY).build());

    assertThat(delivery.status()).isEqualTo(expected);
    assertThat(delivery.toString()).doesNotContain(KEY);
    assertThat(server.getRequestCount()).isOne();
  }

  @Test
  void tell_answerLost_isUncertainAndNeverRepeated() {
    var delivery =
        tell(
            new MockResponse.Builder()
                .onResponseStart(new SocketEffect.CloseSocket(true, true, true))
                .build());

    assertThat(delivery.status()).isEqualTo(Status.UNCERTAIN);
    assertThat(delivery.toString()).doesNotContain(KEY);
    assertThat(server.getRequestCount()).isOne();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.com/services/canary0webhook0key",
        "https://hooks.example.com",
        "https://hooks.example.com/",
        "https://user:canary0webhook0key@hooks.example.com/x",
        "https://hooks.example.com/x/../canary0webhook0key",
        "https://hooks.example.com//canary0webhook0key",
        "https://hooks.example.com/x#canary0webhook0key",
        "https:canary0webhook0key",
        "not an address canary0webhook0key"
      })
  void build_notAnAddress_isRefusedWithoutShowingIt(String url) {
    assertThatThrownBy(() -> WebhookNotifier.builder(Secret.of(url)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(KEY)
        .hasNoCause();
  }

  @Test
  void credentials_ofAnAddress_areItAndItsLongParts() {
    var url = Secret.of("https://hooks.example.com/services/T000/" + KEY + "?token=abcdefgh1");
    var redactor = Redactor.of(WebhookNotifier.credentials(url));

    assertThat(redactor.redact("post " + url.reveal())).doesNotContain("T000", KEY, "abcdefgh1");
    assertThat(redactor.redact("key " + KEY + " token abcdefgh1")).isEqualTo("key *** token ***");
    assertThat(WebhookNotifier.builder(url).build().toString())
        .isEqualTo("webhook at hooks.example.com");
  }
}
