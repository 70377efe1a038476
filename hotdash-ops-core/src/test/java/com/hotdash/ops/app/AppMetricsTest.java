package com.hotdash.ops.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.metrics.Scrape;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppMetricsTest {
  @StartStop private final MockWebServer server = new MockWebServer();
  private final Exporters exporters = new Exporters();

  @BeforeEach
  void serve() {
    server.setDispatcher(exporters);
  }

  private AppClient.Builder client(String... machines) {
    return AppClient.builder()
        .baseUrl(server.url("/").toString())
        .instances(
            Instances.of(
                List.of(machines).stream()
                    .map(id -> new Instance(id, Map.of("x-pin", id), null, null))
                    .toList()));
  }

  @Test
  void matching_twoMachines_showsTotalsAndWhoWasSeen() {
    exporters.says("m1", Exporters.hotdash(1_000, 90, 3));
    exporters.says("m2", Exporters.hotdash(1_000, 80, 7));
    try (var app = client("m1", "m2").build()) {
      var errors = app.metrics().matching("ERROR");

      assertThat(errors.count()).isEqualTo(2);
      assertThat(errors.counters()).isEqualTo(2);
      assertThat(errors.complete()).isTrue();
      assertThat(errors.toString())
          .contains("2 series match \"ERROR\" on m1, m2", "2 are totals since the process began")
          .contains("http_errors_total{kind=\"db\"}", "3", "7");
    }
  }

  @Test
  void metrics_request_asksForBothFormatsByPrometheusOwnHeader() {
    exporters.says("m1", Exporters.hotdash(1_000, 1, 0));
    try (var app = client("m1").metricsPath("/internal/numbers").build()) {
      assertThat(app.metrics().complete()).isTrue();
    }
    var headers = exporters.asked("m1").getHeaders();
    assertThat(exporters.asked("m1").getTarget()).isEqualTo("/internal/numbers");
    assertThat(headers.get("Accept"))
        .isEqualTo(
            "application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.6,"
                + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1");
    assertThat(headers.get("Accept-Encoding")).isEqualTo("gzip");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | NOT_UNDERSTOOD | there is nothing under /metrics",
        "401 | NOT_PERMITTED | it wants credentials",
        "403 | NOT_PERMITTED | it wants credentials",
        "503 | UNREACHABLE | 503 for /metrics",
        "204 | NOT_UNDERSTOOD | 204 for /metrics",
        "redirect | NOT_UNDERSTOOD | a redirect to https://login.invalid/, not followed",
        "html | NOT_UNDERSTOOD | a login page or an error page",
        "html as text | NOT_UNDERSTOOD | a login page or an error page",
        "json | NOT_UNDERSTOOD | JSON, not metrics",
        "prose | NOT_UNDERSTOOD | none of its",
        "empty | NOT_UNDERSTOOD | an empty body",
        "blank | NOT_UNDERSTOOD | blank lines or comments only",
        "comment | NOT_UNDERSTOOD | blank lines or comments only",
        "slow | TIMED_OUT | ''",
        "dead | UNREACHABLE | ''",
      })
  void metrics_machineAnswersOtherwise_isNotSeenAndTheOthersAre(
      String how, Why why, String detail) {
    exporters.says("m1", Exporters.hotdash(1_000, 90, 3));
    exporters.answers("m2", Exporters.odd(how));
    // Long enough for a second try on a busy machine; only who never answers is waited for.
    var limit = Duration.ofSeconds(why == Why.TIMED_OUT ? 1 : 9);
    try (var app = client("m1", "m2").scrapeTimeout(limit).build()) {
      var metrics = app.metrics();
      var errors = metrics.matching("error");

      assertThat(metrics.scrapes()).extracting(Scrape::instance).containsExactly("m1");
      assertThat(metrics.complete()).isFalse();
      assertThat(metrics.notSeen()).extracting(NotChecked::why).containsExactly(why);
      assertThat(metrics.notSeen().get(0).detail()).contains(detail);
      assertThat(metrics.notSeen().get(0).remedy())
          .isEqualTo(
              "by hand: curl -sSi --max-time %d -H 'x-pin: m2' '%s'"
                  .formatted(limit.toSeconds() + 1, server.url("/metrics")));
      assertThat(errors.complete()).isFalse();
      assertThat(errors.toString()).contains("on m1", "not seen: metrics of m2");
      assertThat(metrics.toString()).contains("1 of 2 machines (m1)", "metrics of m2: ");
    }
  }

  @Test
  void metrics_compressed_isRead() throws IOException {
    exporters.answers("m1", Exporters.compressed(Exporters.hotdash(1_000, 90, 3)));
    try (var app = client("m1").build()) {
      assertThat(app.metrics().matching("error").count()).isEqualTo(1);
    }
  }

  @Test
  void metrics_endlessBody_isCutAtTheBoundAndSaidToBePartial() {
    exporters.answers("m1", Exporters.endless());
    try (var app = client("m1").build()) {
      var metrics = app.metrics();

      assertThat(metrics.scrapes().get(0).exposition().truncated()).isTrue();
      assertThat(metrics.complete()).isFalse();
      assertThat(metrics.matching("some").complete()).isFalse();
      assertThat(metrics.matching("some").toString()).contains("m1 was read in part");
    }
  }

  @Test
  void metrics_bombOfOneSmallAnswer_isCutAtTheBound() throws IOException {
    exporters.answers("m1", Exporters.compressed("some_total{n=\"1\"} 1\n".repeat(2_000_000)));
    try (var app = client("m1").build()) {
      assertThat(app.metrics().scrapes().get(0).exposition().truncated()).isTrue();
    }
  }

  @Test
  void metrics_bodyBreaksOff_keepsWhatCameBefore() {
    var response =
        Exporters.response(Exporters.hotdash(1_000, 90, 3))
            .onResponseBody(mockwebserver3.SocketEffect.ShutdownConnection.INSTANCE)
            .build();
    exporters.answers("m1", response);
    try (var app = client("m1").build()) {
      var metrics = app.metrics();

      assertThat(metrics.complete()).isFalse();
      assertThat(metrics.scrapes()).allMatch(scrape -> scrape.exposition().truncated());
    }
  }

  @Test
  void metrics_frontDoor_saysThatOneMachineWasSeen() {
    exporters.says("", Exporters.hotdash(1_000, 90, 3));
    try (var app = AppClient.builder().baseUrl(server.url("/").toString()).build()) {
      var metrics = app.metrics();

      assertThat(metrics.complete()).isFalse();
      assertThat(metrics.matching("error").complete()).isFalse();
      assertThat(metrics.matching("error").toString())
          .contains("on front door; through the front door: at most one machine, not known which");
    }
  }

  @Test
  void metrics_machineListedTwice_isAskedOnce() {
    exporters.says("m1", Exporters.hotdash(1_000, 90, 3));
    try (var app = client("m1", "m1").build()) {
      assertThat(app.metrics().machines()).hasSize(1);
    }
  }

  @Test
  void matching_manySeriesAndGaps_fitsOneScreenAndHidesCredentials() {
    var many = new StringBuilder("# TYPE errors_total counter\n");
    for (int i = 0; i < 100; i++) {
      many.append("errors_total{n=\"").append(i).append("\"} 1\n");
    }
    many.append("errors_a{url=\"postgres://u:Kanarienvogel-4711@db/x\"} 1\n");
    exporters.says("m1", many.toString());
    try (var app = client("m1", "m2", "m3", "m4", "m5", "m6").build()) {
      var text = app.metrics().matching("errors").toString();

      assertThat(text.lines().count()).isLessThanOrEqualTo(24);
      assertThat(text.lines()).allMatch(line -> line.length() <= 100);
      assertThat(text)
          .contains("101 series", "and 91 more", "and 2 machines more", "errors_a{url=")
          .doesNotContain("Kanarienvogel");
    }
  }

  @Test
  void build_settingsOutOfRange_areRefused() {
    assertThatThrownBy(() -> AppClient.builder().metricsPath("metrics?x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AppClient.builder().scrapeTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scrapeTimeout");
  }
}
