package com.hotdash.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.hotdash.ops.evidence.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncreasesTest {
  private static final MetricNames NAMES = MetricNames.hotdash();
  private static final long EPOCH = 1_700_000_000L;

  static Scrape scrape(String machine, int second, String body) {
    return new Scrape(
        machine,
        MetricsReaderTest.text(body),
        Instant.ofEpochSecond(EPOCH + second),
        Duration.ofSeconds(second).toNanos() - 5_000_000_000L);
  }

  static String started(long seconds) {
    return "process_start_time_seconds " + seconds + "\n";
  }

  private static Increases between(String before, String after) {
    return Increases.between(List.of(scrape("m1", 0, before)), List.of(scrape("m1", 10, after)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "grew, 'c_total 5', 'c_total 8', 3, false",
    "stood still, 'c_total 5', 'c_total 5', 0, false",
    "reset, 'c_total 5', 'c_total 2', 2, true",
    "new series, 'd_total 5', 'c_total 2', 2, false"
  })
  void between_sameProcess_perSeries(
      String rule, String before, String after, double amount, boolean lowerBound) {
    var increases =
        between(started(EPOCH - 99) + before + "\n", started(EPOCH - 99) + after + "\n");

    assertThat(increases.of("c_total"))
        .as(rule)
        .singleElement()
        .returns(amount, Increase::amount)
        .returns(amount / 10, Increase::perSecond)
        .returns(lowerBound, Increase::lowerBound);
  }

  @Test
  void between_restart_countsFromZeroAndSaysSo() {
    var increases =
        between(
            started(EPOCH - 99) + "c_total 5\ngone_total 1\n", started(EPOCH + 4) + "c_total 7\n");

    assertThat(increases.of("c_total")).singleElement().returns(7.0, Increase::amount);
    assertThat(increases.machines()).singleElement().returns(true, MachineWindow::restarted);
    assertThat(increases.of("gone_total")).isEmpty();
    assertThat(increases.toString()).contains("restarted");
  }

  @ParameterizedTest
  @CsvSource({"-500, -99", "-99, -500"})
  void between_twoProcesses_areNotCompared(long first, long second) {
    var increases =
        between(started(EPOCH + first) + "c_total 5\n", started(EPOCH + second) + "c_total 70\n");

    assertThat(increases.of("c_total")).isEmpty();
    assertThat(increases.complete()).isFalse();
    assertThat(increases.notes().toString()).contains("two processes");
  }

  @Test
  void between_createdChanged_isAReset() {
    var head = "# TYPE c counter\n" + started(EPOCH - 99);
    var increases =
        between(
            "# TYPE c_total counter\n" + head + "c_total 5\nc_created 100\n",
            "# TYPE c_total counter\n" + head + "c_total 6\nc_created 200\n");

    assertThat(increases.of("c_total"))
        .singleElement()
        .returns(6.0, Increase::amount)
        .returns(true, Increase::lowerBound);
    assertThat(increases.of("c_created")).isEmpty();
  }

  @Test
  void between_nan_isDroppedAndSaid() {
    var increases = between("c_total 5\nd_total 1\n", "c_total Nan\nd_total 2\n");

    assertThat(increases.of("c_total")).isEmpty();
    assertThat(increases.of("d_total")).hasSize(1);
    assertThat(increases.complete()).isFalse();
    assertThat(increases.notes().toString()).contains("not numbers", "process_start_time_seconds");
  }

  @Test
  void between_firstScrapePartial_newSeriesAreNotTakenForGrowth() {
    var increases =
        between(
            started(EPOCH - 99) + "c_total{ 1000000\n", started(EPOCH - 99) + "c_total 1000001\n");

    assertThat(increases.of("c_total")).isEmpty();
    assertThat(increases.complete()).isFalse();
  }

  @Test
  void between_machineReadOnce_isNoted() {
    var increases =
        Increases.between(
            List.of(scrape("m1", 0, "c_total 1\n"), scrape("m2", 0, "c_total 1\n")),
            List.of(scrape("m1", 5, "c_total 2\n"), scrape("m3", 5, "c_total 9\n")));

    assertThat(increases.of("c_total")).hasSize(1);
    assertThat(increases.complete()).isFalse();
    assertThat(increases.notes().toString()).contains("m2 was read the first", "m3 was read the");
  }

  @Test
  void between_machineTwice_isRefused() {
    var twice = List.of(scrape("m1", 0, "a 1\n"), scrape("m1", 0, "a 1\n"));

    assertThatIllegalArgumentException().isThrownBy(() -> Increases.between(twice, List.of()));
  }

  private static String requests(int ok, int notFound, int failed, int probes) {
    return started(EPOCH - 99)
        + "# TYPE http_requests_total counter\n"
        + "http_requests_total{method=\"GET\",route=\"/orders/1\",status_code=\"200\"} %d\n"
            .formatted(ok)
        + "http_requests_total{method=\"GET\",route=\"/x\",status_code=\"404\"} %d\n"
            .formatted(notFound)
        + "http_requests_total{method=\"GET\",route=\"/orders/22\",status_code=\"503\"} %d\n"
            .formatted(failed)
        + "http_requests_total{method=\"GET\",route=\"/health\",status_code=\"200\"} %d\n"
            .formatted(probes);
  }

  @ParameterizedTest
  @CsvSource({
    "950, 0, 50, OK, of a thousand the share itself decides: five percent is not above",
    "9500, 0, 500, OK, exactly five percent",
    "949, 0, 50, UNKNOWN, one request less than is plenty",
    "9499, 0, 501, PROBLEM, strictly more",
    "0, 10000, 0, OK, 404 is no server error",
    "1, 0, 9, PROBLEM, thin but clear",
    "11, 0, 1, UNKNOWN, one of twelve",
    "0, 0, 0, UNKNOWN, no data"
  })
  void errorShare_countsServerErrorsOnly(
      int ok, int notFound, int failed, Verdict expected, String why) {
    var share =
        ErrorShare.of(
            between(requests(1, 1, 1, 1), requests(1 + ok, 1 + notFound, 1 + failed, 99)), NAMES);

    assertThat(share.verdict(0.05)).as(why).isEqualTo(expected);
    assertThat(share.errors()).isEqualTo(failed);
    assertThat(share.total()).isEqualTo(ok + notFound + failed);
    if (failed > 0) {
      assertThat(share.routes().get(0).route()).isEqualTo("/orders/:id");
      assertThat(share.toString()).contains("/orders/:id", "5xx");
    }
  }

  @Test
  void errorShare_incomplete_withholdsOkOnly() {
    var fine =
        Increases.between(
            List.of(scrape("m1", 0, requests(0, 0, 0, 0))),
            List.of(
                scrape("m1", 9, requests(9000, 0, 0, 0)), scrape("m2", 9, requests(0, 0, 0, 0))));

    assertThat(ErrorShare.of(fine, NAMES).verdict(0.05)).isEqualTo(Verdict.UNKNOWN);
  }

  private static Verdict share(String m1, String m1Later, String m2, String m2Later) {
    var increases =
        Increases.between(
            List.of(scrape("m1", 0, started(1) + m1), scrape("m2", 0, started(1) + m2)),
            List.of(scrape("m1", 9, started(1) + m1Later), scrape("m2", 9, started(1) + m2Later)));
    return ErrorShare.of(increases, NAMES).verdict(0.05);
  }

  private static String counted(String metric, String status, int count) {
    return "%s{route=\"/a\",status_code=\"%s\"} %d\n".formatted(metric, status, count);
  }

  @Test
  void errorShare_otherReleaseHasAnotherName_isCountedToo() {
    var own = "http_requests_total";
    var other = "http_request_duration_seconds_count";

    assertThat(
            share(
                counted(own, "200", 0),
                counted(own, "200", 5_000),
                counted(other, "500", 0),
                counted(other, "500", 5_000)))
        .isEqualTo(Verdict.PROBLEM);
  }

  @ParameterizedTest
  @CsvSource({
    "'other_total 1', UNKNOWN, does not export requests at all",
    "'# TYPE http_requests_total counter', OK, exports them and had none yet",
    "'# TYPE http_request_duration_seconds histogram', OK, exports them by another name"
  })
  void errorShare_machineWithoutRequests_isFineOnlyIfItExportsThem(
      String second, Verdict expected, String why) {
    var metric = "http_requests_total";

    assertThat(
            share(
                counted(metric, "200", 0),
                counted(metric, "200", 5_000),
                second + "\n",
                second + "\n"))
        .as(why)
        .isEqualTo(expected);
  }

  @Test
  void errorShare_aSeriesBeganAnew_withholdsOk() {
    var metric = "http_requests_total";

    assertThat(
            ErrorShare.of(
                    between(
                        started(1) + counted(metric, "200", 0) + counted(metric, "500", 90),
                        started(1) + counted(metric, "200", 5_000) + counted(metric, "500", 1)),
                    NAMES)
                .verdict(0.05))
        .isEqualTo(Verdict.UNKNOWN);
  }

  /** Checks ask each machine several times a minute: unseen among the requests they dilute. */
  @ParameterizedTest
  @CsvSource({"route, OK", "path, OK", "handler, UNKNOWN"})
  void verdict_requestsWithoutRoute_withholdsOk(String label, Verdict expected) {
    var form =
        """
        http_requests_total{%1$s="/a",status_code="200"} %2$d
        http_request_duration_seconds_bucket{%1$s="/a",le="3"} %2$d
        http_request_duration_seconds_bucket{%1$s="/a",le="+Inf"} %2$d
        """;
    var increases =
        between(started(1) + form.formatted(label, 0), started(1) + form.formatted(label, 5_000));
    var share = ErrorShare.of(increases, NAMES);
    var latency = RequestLatency.of(increases, NAMES, Duration.ofSeconds(3));

    assertThat(share.verdict(0.05)).isEqualTo(expected);
    assertThat(latency.verdict()).isEqualTo(expected);
    assertThat(share.coverage().contains("5000 requests name no route"))
        .isEqualTo(expected == Verdict.UNKNOWN);
    assertThat(latency.coverage().contains("5000 requests name no route"))
        .isEqualTo(expected == Verdict.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"'', OK", "-1, OK", "-3600, UNKNOWN"})
  void between_samplesOfAnotherTime_withholdsOk(@Nullable String age, Verdict expected) {
    var stamp = age == null || age.isEmpty() ? "" : " " + (EPOCH + Long.parseLong(age)) * 1000;
    var form = "http_requests_total{route=\"/a\",status_code=\"200\"} %d" + stamp + "\n";

    var increases = between(started(1) + form.formatted(0), started(1) + form.formatted(5_000));

    assertThat(ErrorShare.of(increases, NAMES).verdict(0.05)).isEqualTo(expected);
    assertThat(increases.notes().toString().contains("before the window"))
        .isEqualTo(expected == Verdict.UNKNOWN);
  }

  /** Whoever resets the registry takes the errors along. */
  @Test
  void errorShare_seriesOfErrorsIsGone_withholdsOk() {
    var metric = "http_requests_total";

    var increases =
        between(
            started(1) + counted(metric, "200", 0) + counted(metric, "500", 90),
            started(1) + counted(metric, "200", 5_000));

    assertThat(ErrorShare.of(increases, NAMES).verdict(0.05)).isEqualTo(Verdict.UNKNOWN);
    assertThat(increases.notes().toString()).contains("1 series are gone");
  }

  @Test
  void between_wasLessThanNothing_isLeftOut() {
    var increases = between(started(1) + "c_total -5\n", started(1) + "c_total 5\n");

    assertThat(increases.of("c_total")).isEmpty();
    assertThat(increases.complete()).isFalse();
  }

  @Test
  void latency_tornHistogram_withholdsOk() {
    var torn =
        latency(10_000, 10_000)
            .replace("le=\"3\",route=\"/app\"} 10000", "le=\"3\",route=\"/app\"} 10");

    var latency = RequestLatency.of(between(latency(0, 0), torn), NAMES, Duration.ofSeconds(3));

    assertThat(latency.buckets().lifted()).isTrue();
    assertThat(latency.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "200, 2xx", "5xx, 5xx", "5XX, 5xx", "SERVER_ERROR, 5xx", "server_error, 5xx",
    "client_error, 4xx", "429, 4xx", "exception, exception", "0, unknown", "000, unknown",
    "'', unknown", "UNKNOWN, unknown", "SUCCESS, 2xx", "success, 2xx", "error, exception",
    "600, unknown", "50, unknown"
  })
  void statusClass_knowsTheConventions(String status, String expected) {
    assertThat(StatusClass.of(status)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/8123, /orders/:id",
    "/orders/8123/items?x=1, /orders/:id/items",
    "/orders/{id}, /orders/{id}",
    "/o/550e8400-e29b-41d4-a716-446655440000, /o/:id",
    "/app, /app",
    "/api/v1/deadbeef1, /api/v1/:id",
    "/, /"
  })
  void template_takesIdsOut(String route, String expected) {
    assertThat(Routes.template(route)).isEqualTo(expected);
  }

  @Test
  void errorShare_micrometerAndBundle_areUnderstood() {
    var micrometer =
        "# TYPE http_server_requests_seconds summary\n"
            + "http_server_requests_seconds_count{method=\"GET\",outcome=\"SERVER_ERROR\","
            + "status=\"500\",uri=\"/a\"} %d\n";
    var bundle =
        """
        # TYPE http_request_duration_seconds histogram
        http_request_duration_seconds_count{status_code="500",path="/b"} %d
        """;

    for (var form : List.of(micrometer, bundle)) {
      var share = ErrorShare.of(between(form.formatted(0), form.formatted(7)), NAMES);
      assertThat(share.errors()).isEqualTo(7);
      assertThat(share.verdict(0.05)).isEqualTo(Verdict.PROBLEM);
    }
  }

  private static String latency(int within, int total) {
    var text = new StringBuilder(started(EPOCH - 99));
    text.append("# TYPE http_request_duration_seconds histogram\n");
    for (var le : List.of("0.1", "1.0", "3", "10", "+Inf")) {
      int count = le.equals("10") || le.equals("+Inf") ? total : within;
      text.append(
          "http_request_duration_seconds_bucket{le=\"%s\",route=\"/app\"} %d\n"
              .formatted(le, count));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({"9500, OK", "9499, PROBLEM", "9999, OK", "0, PROBLEM"})
  void latency_thresholdIsABound_decidesByCounts(int within, Verdict expected) {
    var increases = between(latency(0, 0), latency(within, 10_000));

    var latency = RequestLatency.of(increases, NAMES, Duration.ofSeconds(3));

    assertThat(latency.verdict()).isEqualTo(expected);
    assertThat(latency.shareWithin()).isEqualTo(within / 10_000.0);
    assertThat(latency.toString()).contains("p95");
  }

  @Test
  void latency_twoMachines_mergesAfterTheDifferences() {
    var increases =
        Increases.between(
            List.of(scrape("m1", 0, latency(900, 1000)), scrape("m2", 0, latency(5, 5))),
            List.of(scrape("m1", 9, latency(910, 1010)), scrape("m2", 9, latency(5, 35))));

    var latency = RequestLatency.of(increases, NAMES, Duration.ofSeconds(3));

    assertThat(latency.buckets().total()).isEqualTo(40);
    assertThat(latency.routes().get(0).buckets().countAbove(3).lower()).isEqualTo(30);
  }

  @Test
  void latency_noData_isUnknownAndNotZero() {
    var latency = RequestLatency.of(between("a 1\n", "a 1\n"), NAMES, Duration.ofSeconds(3));

    assertThat(latency.buckets().quantile(0.95)).isNaN();
    assertThat(latency.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(latency.toString()).contains("no data");
  }

  @Test
  void latency_differentBounds_withholdsOk() {
    var other = latency(9000, 9000).replace("le=\"10\"", "le=\"5\"");
    var increases =
        Increases.between(
            List.of(
                scrape("m1", 0, latency(0, 0)),
                scrape("m2", 0, latency(0, 0).replace("le=\"10\"", "le=\"5\""))),
            List.of(scrape("m1", 9, latency(9000, 9000)), scrape("m2", 9, other)));

    var latency = RequestLatency.of(increases, NAMES, Duration.ofSeconds(3));

    assertThat(latency.complete()).isFalse();
    assertThat(latency.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void cachesAndCalls_perName() {
    var form =
        started(EPOCH - 99)
            + "cache_hits_total{cache_name=\"a\"} %d\ncache_misses_total{cache_name=\"a\"} %d\n"
            + "shopify_api_calls_total{operation=\"o\",status=\"success\"} %d\n"
            + "shopify_api_calls_total{operation=\"o\",status=\"error\"} %d\n"
            + "shopify_api_duration_seconds_bucket{operation=\"o\",le=\"1\"} %d\n"
            + "shopify_api_duration_seconds_bucket{operation=\"o\",le=\"+Inf\"} %d\n";
    var increases = between(form.formatted(0, 0, 0, 0, 0, 0), form.formatted(3, 1, 8, 2, 10, 10));

    assertThat(CacheHits.of(increases, NAMES)).singleElement().returns(0.75, CacheHits::ratio);
    assertThat(ApiCalls.of(increases, NAMES))
        .singleElement()
        .returns(0.2, ApiCalls::errorShare)
        .returns(1.0, ApiCalls::perSecond)
        .returns(0.95, calls -> calls.times().quantile(0.95));
    assertThat(CacheHits.of(between("a 1\n", "a 1\n"), NAMES)).isEmpty();
  }

  @Test
  void process_exported_isReadAndTheRestIsAbsent() {
    var form =
        started(EPOCH - 99)
            + "process_cpu_seconds_total %s\nprocess_resident_memory_bytes 104857600\n"
            + "nodejs_gc_duration_seconds_sum{kind=\"major\"} %s\n"
            + "nodejs_gc_duration_seconds_sum{kind=\"minor\"} %s\n"
            + "nodejs_active_handles{type=\"Socket\"} 4\nnodejs_active_handles{type=\"Pipe\"} 1\n"
            + "nodejs_version_info{version=\"v20.1.0\"} 1\n";
    var typed = "# TYPE nodejs_gc_duration_seconds histogram\n";
    var before = scrape("m1", 0, typed + form.formatted("1", "1", "1"));
    var after = scrape("m1", 10, typed + form.formatted("6", "2", "1.5"));

    var signals = ProcessSignals.of(after, Increases.between(List.of(before), List.of(after)));

    assertThat(signals.cpuShare()).isEqualTo(0.5);
    assertThat(signals.gcShare()).isCloseTo(0.15, within(1e-12));
    assertThat(signals.activeHandles()).isEqualTo(5);
    assertThat(signals.nodeVersion()).isEqualTo("v20.1.0");
    assertThat(signals.openFds()).isNull();
    assertThat(signals.toString()).contains("100 MB", "absent");
    assertThat(ProcessSignals.of(after).cpuShare()).isNull();
  }

  @Test
  void spread_summariesOfMachines_areARangeWithTheWorst() {
    var scrapes =
        List.of(
            scrape("m1", 0, "s{quantile=\"0.95\"} 1\n"),
            scrape("m2", 0, "s{quantile=\"0.950\"} 4\n"),
            scrape("m3", 0, "s{quantile=\"0.95\"} NaN\n"));

    var spread = Spread.ofQuantile(scrapes, "s", 0.95).orElseThrow();

    assertThat(spread.lowest()).isEqualTo(1);
    assertThat(spread.highest()).isEqualTo(4);
    assertThat(spread.worst()).isEqualTo("m2");
    assertThat(spread.toString()).contains("can't be merged");
    assertThat(Spread.ofGauge(scrapes, "none")).isEmpty();
  }

  /** When the process began, before the scrape; whether that is young enough. */
  @ParameterizedTest
  @CsvSource({
    "60, true",
    "3600, true",
    "3601, false",
    "0, true",
    "-20, true",
    "-31, false",
    "1700000000, false",
    "1800000000, false",
  })
  void sinceStart_youngProcess_isAWindowAsLongAsItsLife(long age, boolean young) {
    var scrape = scrape("m1", 0, started(EPOCH - age) + "c_total 7\ng 5\n");

    var increases = Increases.sinceStart(List.of(scrape), Duration.ofHours(1));

    assertThat(increases.complete()).isEqualTo(young);
    assertThat(increases.machines()).hasSize(young ? 1 : 0);
    assertThat(increases.of("g")).isEmpty();
    assertThat(increases.of("c_total").stream().map(Increase::amount))
        .isEqualTo(young ? List.of(7.0) : List.of());
    if (young && age > 0) {
      assertThat(increases.window()).isEqualTo(Duration.ofSeconds(age));
    }
  }

  @Test
  void sinceStart_oneOldAndOneThatDoesNotTell_areLeftOutAndSaid() {
    var increases =
        Increases.sinceStart(
            List.of(
                scrape("young", 0, started(EPOCH - 60) + "c_total 7\n"),
                scrape("old", 0, started(EPOCH - 99_999) + "c_total 7\n"),
                scrape("silent", 0, "c_total 7\n")),
            Duration.ofHours(1));

    assertThat(increases.complete()).isFalse();
    assertThat(increases.of("c_total")).extracting(Increase::instance).containsExactly("young");
    assertThat(increases.notes())
        .containsExactlyInAnyOrder(
            "old runs longer than 60 min: its totals tell nothing of now",
            "silent does not tell since when it runs");
  }
}
