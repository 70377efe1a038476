package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that only look: health, metrics, status-pages. */
class LooksTest {
  private static final String TEXT = "text/plain; version=0.0.4";
  private static final String JSON = "application/json";

  private final MockWebServer server = new MockWebServer();
  private final Map<String, MockResponse> answers = new ConcurrentHashMap<>();
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            var answer = answers.get(request.getTarget());
            return answer == null ? new MockResponse.Builder().code(404).build() : answer;
          }
        });
    server.start();
    variables.put("HOTDASH_OPS_JOURNAL", directory.resolve("j.jsonl").toString());
    variables.put("HOTDASH_OPS_APP_URL", url());
    variables.put("HOTDASH_OPS_STATUSPAGE_URLS", "vendor=" + url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  private void answer(String path, int code, String type, String body) {
    answers.put(
        path,
        new MockResponse.Builder().code(code).addHeader("Content-Type", type).body(body).build());
  }

  private static String page(String word) {
    return "{\"status\":{\"indicator\":\"none\",\"description\":\"All fine\"},\"components\":["
        + "{\"id\":\"c\",\"name\":\"Connection Pooler\",\"status\":\""
        + word
        + "\"}]}";
  }

  private Ran run(String... args) {
    return Ran.in(variables, args);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"status\":\"ok\"} | 0 | OK",
        "503 | {\"status\":\"degraded\"} | 1 | PROBLEM",
        "200 | <html>Log in</html> | 3 | UNKNOWN",
      })
  void health_answer_isTheExitCode(int status, String body, int code, String verdict) {
    answer("/health", status, body.startsWith("<") ? "text/html" : JSON, body);

    var ran = run("health");
    var json = run("health", "--json");

    assertThat(ran.code()).isEqualTo(code);
    assertThat(ran.out())
        .contains("[" + verdict + "]", "at most one machine, not known which", "/health");
    assertThat(ran.err()).isEmpty();
    assertThat(json.code()).isEqualTo(code);
    assertThat(json.json().path("kind").asText()).isEqualTo("health");
    assertThat(json.json().path("verdict").asText()).isEqualTo(verdict);
    assertThat(json.json().at("/machines/0/probes/0/path").asText()).isEqualTo("/health");
  }

  @Test
  void metrics_text_listsTotalsAndSaysThatTheyAre() {
    answer("/metrics", 200, TEXT, "# TYPE errors_total counter\nerrors_total{kind=\"db\"} 7\n");

    var ran = run("metrics", "ERROR");
    var json = run("metrics", "ERROR", "--json").json();

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .contains(
            "1 series match", "errors_total{kind=\"db\"}", "1 is a total since the process began");
    assertThat(json.at("/series/0/name").asText()).isEqualTo("errors_total");
    assertThat(json.at("/series/0/labels/kind").asText()).isEqualTo("db");
    assertThat(json.at("/series/0/value").asDouble()).isEqualTo(7);
    assertThat(json.path("counters").asInt()).isEqualTo(1);
    assertThat(json.path("complete").asBoolean()).isFalse();
  }

  @Test
  void metrics_withoutText_tellsWhatHappened() {
    answer(
        "/metrics",
        200,
        TEXT,
        """
        process_start_time_seconds 1700000000
        # TYPE http_requests_total counter
        http_requests_total{status="500"} 7
        """);

    var ran = run("metrics", "--over=20ms");
    var json = run("metrics", "--over=20ms", "--json").json();

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("front door", "errors: no requests");
    assertThat(json.path("windowMillis").asInt()).isGreaterThanOrEqualTo(20);
    assertThat(json.path("requests").asInt()).isZero();
  }

  @Test
  void metrics_frontDoorThatDoesNotSayWhoItIs_isUnknown() {
    answer("/metrics", 200, TEXT, "http_requests_total{status=\"200\"} 7\n");

    var ran = run("metrics", "--over=20ms");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("without process_start_time_seconds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"metrics error", "metrics --over=20ms"})
  void metrics_notToBeHad_isUnknownAndSaysWhy(String line) {
    var ran = run(line.split(" "));

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("404: there is nothing under /metrics");
    assertThat(run((line + " --json").split(" ")).json().path("notSeen")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"operational, 0, OK", "partial_outage, 1, PROBLEM", "on_fire, 3, UNKNOWN"})
  void statusPages_word_isTheExitCode(String word, int code, String verdict) {
    answer("/api/v2/summary.json", 200, JSON, page(word));

    var ran = run("status-pages");
    var json = run("status-pages", "--json");

    assertThat(ran.code()).isEqualTo(code);
    assertThat(ran.out()).contains("[" + verdict + "]", "vendor's status page says All fine");
    assertThat(ran.out()).contains("Weak: ");
    assertThat(json.code()).isEqualTo(code);
    assertThat(json.json().at("/pages/0/verdict").asText()).isEqualTo(verdict);
  }

  @Test
  void statusPages_unreadable_isUnknown() {
    var ran = run("status-pages");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("[UNKNOWN]", "status page of vendor");
  }

  @ParameterizedTest
  @CsvSource({
    "health, HOTDASH_OPS_APP_URL",
    "metrics, HOTDASH_OPS_APP_URL",
    "status-pages, HOTDASH_OPS_STATUSPAGE_URLS"
  })
  void look_notConfigured_isUsageAndNamesTheVariable(String command, String variable) {
    variables.remove(variable);

    var ran = run(command, "--json");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("set " + variable + " to ");
    assertThat(ran.json().path("nextStep").asText()).contains(variable);
  }

  @Test
  void health_addressWithPassword_isRefusedAndNotRepeated() {
    variables.put("HOTDASH_OPS_APP_URL", "https://sam:Kanarienvogel-4711@app.invalid");

    var ran = run("health");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out() + ran.err()).doesNotContain("Kanarienvogel");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"metrics error --over=1s", "metrics a b", "health now", "metrics --over=x"})
  void look_misused_isUsage(String line) {
    assertThat(run(line.split(" ")).code()).isEqualTo(2);
    assertThat(server.getRequestCount()).isZero();
  }
}
