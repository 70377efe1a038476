package com.hotdash.ops.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** A marked credential goes through every way of failing, and must come out of none. */
class HttpSecretsTest {
  private static final String CANARY = "canary.tok/en+0451";
  private static final String OTHER = "second-canary-77";
  private static final String FOREIGN = "third canary/+&é";

  @Test
  void everyWayOut_neverShowsTheCredential() throws Exception {
    var log = new RecordingLogger();
    var out = new ArrayList<String>();
    for (var answer :
        List.of(
            status(403, "", "the token " + CANARY + " and " + OTHER + " are wrong"),
            status(429, "x-request-id: " + CANARY + "\r\nRetry-After: " + CANARY + "\r\n", CANARY),
            status(200, "", "<html><title>" + CANARY + "</title></html>"),
            status(200, "", "{\"" + CANARY + "\": {\"a\": " + CANARY),
            status(
                302,
                "Location: https://u:" + CANARY + "@" + OTHER + ".invalid/" + CANARY + "\r\n",
                ""),
            status(303, "Location: gopher://" + CANARY + "\r\n", ""),
            "HTTP/9 " + CANARY + "\r\n\r\n",
            "")) {
      try (var raw = new RawServer((server, number, stream) -> RawServer.print(stream, answer));
          var http = service(raw.url(), log, new OkHttpClient())) {
        out.add(failure(http));
        out.add(http.toString());
        assertThat(raw.requests().get(0)).contains("Bearer " + CANARY).contains(OTHER);
      }
    }
    var leaky =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  throw new IOException("request was " + CANARY, new IllegalStateException(OTHER));
                })
            .build();
    try (var http = service("http://127.0.0.1:1", log, leaky)) {
      out.add(failure(http));
    }

    assertThat(out).hasSize(17).noneMatch(String::isBlank);
    assertThat(out).noneMatch(text -> text.contains("canary"));
    assertThat(log.lines())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("DEBUG http call "))
        .noneMatch(line -> line.contains("canary"));
  }

  @Test
  void send_logLine_hasTheFixedForm() throws Exception {
    var log = new RecordingLogger();
    try (var raw =
            new RawServer(
                (server, number, stream) -> RawServer.print(stream, status(200, "", "ok")));
        var http = service(raw.url(), log, new OkHttpClient())) {
      http.send(
          HttpRequest.get("machine.get", "x").param("q", "hidden").build(),
          Time.SYSTEM.deadline(Duration.ofSeconds(20)));
    }

    assertThat(log.lines())
        .singleElement()
        .asString()
        .matches("DEBUG http call done \\[op=machine.get status=200 ms=\\d+ attempt=1]");
  }

  @Test
  void send_credentialInAddress_isRefusedUnsent() {
    try (var http = service("http://127.0.0.1:1", new RecordingLogger(), new OkHttpClient())) {
      for (var request :
          List.of(
              HttpRequest.get("a.b", "x" + CANARY).build(),
              HttpRequest.get("a.b").param("token", CANARY).build())) {
        assertThatThrownBy(() -> http.send(request, Time.SYSTEM.deadline(Duration.ofSeconds(20))))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("a.b holds a credential")
            .hasMessageNotContaining("canary");
      }
    }
  }

  @Test
  void of_credentialCutByTheWindow_leavesNoHalf() {
    var secret = "half-" + "s".repeat(3000);
    var body = "x ".repeat(10) + (secret + " ").repeat(20);

    var excerpt =
        Excerpt.of(body.getBytes(StandardCharsets.UTF_8), Redactor.of(List.of(Secret.of(secret))));

    assertThat(excerpt).startsWith("x x").doesNotContain("half");
  }

  private static HttpService service(String url, RecordingLogger log, OkHttpClient transport) {
    return HttpService.builder("fly")
        .baseUrl(url)
        .authHeader("Authorization", "Bearer ", Secret.of(CANARY))
        .redactor(Redactor.of(List.of(Secret.of(FOREIGN))))
        .requestIdHeaders("x-request-id")
        .firstInterval(Duration.ofMillis(1))
        .transport(transport)
        .tries(1)
        .logger(log)
        .build();
  }

  private static String status(int status, String headers, String body) {
    return "HTTP/1.1 " + status + " S\r\nConnection: close\r\n" + headers + "\r\n" + body;
  }

  private static String failure(HttpService http) {
    var request =
        HttpRequest.query("shop.query", FOREIGN)
            .param("a", FOREIGN)
            .secretHeader("fly-machine-lease-nonce", Secret.of(OTHER))
            .json("q")
            .build();
    var thrown =
        catchThrowable(
            () -> http.send(request, Time.SYSTEM.deadline(Duration.ofSeconds(20))).jsonObject());
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text + request.toString();
  }
}
