package com.hotdash.ops.testkit.hotdash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.hotdash.Behaviour.HealthStyle;
import com.hotdash.ops.testkit.web.Raw;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HotdashServerTest {
  private static final Behaviour WELL = Behaviour.healthy();

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T10:00:00Z"));
  private final HotdashServer app = HotdashServer.start(time.time(), release(117, WELL), 2);

  @AfterEach
  void close() {
    app.close();
  }

  private static Release release(int version, Behaviour behaviour) {
    return new Release(version, "image-" + version, behaviour);
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return Raw.get(URI.create(app.address() + path), headers);
  }

  private List<String> metrics(int machine) throws Exception {
    var id = app.machines().get(machine).id();
    return get("/metrics", "fly-force-instance-id", id).body().lines().toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/health|database|ok|200|\"status\":\"ok\"",
        "/health|shopify|degraded|503|\"status\":\"degraded\"",
        "/health|database|error|503|\"database\":{\"status\":\"error\"",
        "/api/monitoring/health|database|ok|200|\"status\":\"healthy\"",
        "/api/monitoring/health|shopify|degraded|200|\"status\":\"degraded\"",
        "/api/monitoring/health|database|error|503|\"status\":\"unhealthy\"",
        "/api/health|database|ok|200|\"database\":\"healthy\"",
        "/api/health|shopify|error|200|\"status\":\"ok\"",
        "/api/health|database|error|503|\"database\":\"unhealthy\"",
      })
  void health_eachShape_hasItsOwnPolicy(
      String path, String dependency, String state, int status, String holds) throws Exception {
    app.deploy(release(118, WELL.dependency(dependency, state)));

    var answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(holds);
  }

  @ParameterizedTest
  @CsvSource({"ALWAYS_200, 200, degraded", "HTML, 200, doctype", "LOGIN, 302, ''"})
  void health_otherStyles_misleadWhoTrustsTheCode(HealthStyle style, int status, String holds)
      throws Exception {
    app.deploy(release(118, WELL.dependency("database", "error").health(style)));

    var answer = get("/health");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(holds);
  }

  @Test
  void closing_everyPath_endsUnanswered() {
    app.deploy(release(118, WELL.health(HealthStyle.CLOSING)));

    assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
  }

  @Test
  void frontDoor_goesRound_passesStoppedMachinesBy_pinsWhatIsNamed() throws Exception {
    app.machines().get(0).serve("GET", "/a", 5);

    var seen = new HashSet<Boolean>();
    for (int i = 0; i < 4; i++) {
      seen.add(get("/metrics").body().contains("route=\"/a\""));
    }
    assertThat(seen).containsExactlyInAnyOrder(true, false);
    assertThat(metrics(0)).anyMatch(l -> l.contains("route=\"/a\""));
    app.machines().get(0).stop();
    for (int i = 0; i < 4; i++) {
      assertThat(get("/metrics").body()).doesNotContain("route=\"/a\"");
    }
    app.machines().get(1).stop();
    assertThat(get("/health").statusCode()).isEqualTo(503);
  }

  @Test
  void metrics_countWhatWasServed_withTheTrapsOfHotdash() throws Exception {
    app.deploy(
        release(
            118, WELL.failing("/app", 0.25).throttled(0.5).responseTime(Duration.ofSeconds(4))));
    app.machines().get(0).serve("GET", "/app", 100);
    app.machines().get(0).refuse("GET", "/app/9", 404, 3);
    time.advance(Duration.ofSeconds(30));

    assertThat(metrics(0))
        .contains(
            "http_requests_total{method=\"GET\",route=\"/app\",status_code=\"200\"} 75",
            "http_requests_total{method=\"GET\",route=\"/app\",status_code=\"500\"} 25",
            "http_request_errors_total{method=\"GET\",route=\"/app/9\",error_type=\"client_error\"} 3",
            "shopify_api_calls_total{operation=\"orders\",status=\"success\"} 100",
            "# TYPE http_request_duration_seconds histogram",
            "http_request_duration_seconds_bucket{le=\"3\",method=\"GET\",route=\"/app\",status_code=\"500\"} 0",
            "http_request_duration_seconds_bucket{le=\"5\",method=\"GET\",route=\"/app\",status_code=\"500\"} 25",
            "http_request_duration_seconds_bucket{le=\"+Inf\",method=\"GET\",route=\"/app\",status_code=\"500\"} 25",
            "http_request_duration_seconds_sum{method=\"GET\",route=\"/app\",status_code=\"500\"} 100",
            "process_start_time_seconds 1795428000",
            "")
        .noneMatch(l -> l.contains("status=\"error\""));
    assertThat(Raw.header(get("/metrics"), "content-type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(app.machines().get(0).log())
        .anyMatch(l -> l.contains("\"level\":\"error\""))
        .anyMatch(l -> l.startsWith("    at loader (file:///"))
        .anyMatch(l -> l.contains("THROTTLED"))
        .contains("GET /app 500 - - 4000.4 ms");
  }

  @Test
  void metrics_beforeAnyLagWasRecorded_printNan() throws Exception {
    assertThat(metrics(0)).contains("nodejs_eventloop_lag_p99_seconds Nan");
  }

  @Test
  void page_overTheWire_failsByItsShare() throws Exception {
    app.machines().get(1).stop();
    app.deploy(release(118, WELL.failing("/app", 0.5)));
    app.machines().get(1).stop();

    int failed = 0;
    for (int i = 0; i < 10; i++) {
      failed += get("/app").statusCode() == 500 ? 1 : 0;
    }

    assertThat(failed).isEqualTo(5);
    assertThat(metrics(0))
        .contains("http_requests_total{method=\"GET\",route=\"/app\",status_code=\"500\"} 5");
  }

  @Test
  void leak_growsWithTraffic_goneAfterARestart() throws Exception {
    app.deploy(release(118, WELL.leaking(1 << 20)));
    long before = heap();

    app.serve("GET", "/app", 100);
    assertThat(heap() - before).isEqualTo(100L << 20);
    app.machines().get(0).restart();

    assertThat(heap()).isEqualTo(before);
  }

  private long heap() throws Exception {
    return metrics(0).stream()
        .filter(l -> l.startsWith("nodejs_heap_size_used_bytes "))
        .mapToLong(l -> Long.parseLong(l.substring(l.indexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void restarting_resetsCountersAndStart() throws Exception {
    app.deploy(release(118, WELL.restartingAfter(Duration.ofSeconds(40))));
    app.serve("GET", "/app", 10);
    time.advance(Duration.ofSeconds(100));

    assertThat(metrics(0))
        .contains("process_start_time_seconds 1795428080")
        .noneMatch(l -> l.startsWith("http_requests_total{"));
    assertThat(app.machines().get(0).log()).contains("Main child exited normally with code: 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a\"b", "/a\\b", "/a\nb"})
  void metrics_oddRoute_isEscaped(String route) throws Exception {
    app.machines().get(0).serve("GET", route, 1);

    assertThat(metrics(0))
        .filteredOn(l -> l.startsWith("http_requests_total{"))
        .singleElement()
        .asString()
        .matches(".*route=\"/a\\\\[\"\\\\n]b\".* 1");
  }
}
