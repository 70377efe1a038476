package com.hotdash.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.hotdash.ops.evidence.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole answers, read and compared; every number here was worked out by hand. */
class WholeBodiesTest {
  private static final MetricNames NAMES = MetricNames.hotdash();
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private static Scrape scrape(String name, int second) {
    var file = "bodies/%s-%s.txt".formatted(name, second == 0 ? "before" : "after");
    try (var in = WholeBodiesTest.class.getResourceAsStream(file)) {
      var body =
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      return IncreasesTest.scrape("m1", second, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Increases minute(String name) {
    return Increases.between(List.of(scrape(name, 0)), List.of(scrape(name, 60)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hotdash", "micrometer", "bundle"})
  void read_wholeBody_hasNoWarning(String name) {
    for (int second : new int[] {0, 60}) {
      var read = scrape(name, second).exposition();

      assertThat(read.warnings()).isEmpty();
      assertThat(read.partial()).isFalse();
      assertThat(read.families()).allMatch(family -> !family.samples().isEmpty());
    }
  }

  @Test
  void hotdash_families_areTyped() {
    var read = scrape("hotdash", 60).exposition();

    assertThat(
            List.of(
                "http_requests_total",
                "http_request_errors_total",
                "cache_hits_total",
                "cache_misses_total",
                "tiles_loaded_total",
                "shopify_api_calls_total",
                "process_cpu_seconds_total"))
        .allMatch(name -> read.typeOf(name) == MetricType.COUNTER);
    assertThat(
            List.of(
                "http_request_duration_seconds_bucket",
                "database_query_duration_seconds_sum",
                "tile_load_duration_seconds_count",
                "shopify_api_duration_seconds_bucket",
                "nodejs_gc_duration_seconds_sum"))
        .allMatch(name -> read.typeOf(name) == MetricType.HISTOGRAM);
    assertThat(read.typeOf("active_connections")).isEqualTo(MetricType.GAUGE);
    assertThat(read.samples("active_connections").get(0).value()).isEqualTo(12);
    assertThat(read.samples("nodejs_eventloop_lag_stddev_seconds").get(0).value()).isNaN();
    assertThat(read.samples("http_requests_total"))
        .anyMatch(s -> s.labels().value("route").equals(Optional.of("/orders/{id}")));
  }

  @Test
  void hotdash_errorShare_isOfTheMinute() {
    var share = ErrorShare.of(minute("hotdash"), NAMES);

    // 180 + 10 + 4 + 4 + 2 + 3 + 1; the 8 of /health and the 1 of /metrics are left out.
    assertThat(share.total()).isEqualTo(204);
    // 4 with 500, a series that was not there before, and 2 with 503.
    assertThat(share.errors()).isEqualTo(6);
    assertThat(share.share()).isCloseTo(6 / 204.0, within(1e-15));
    assertThat(share.classes()).isEqualTo(Map.of("2xx", 194.0, "4xx", 4.0, "5xx", 6.0));
    assertThat(share.routes())
        .containsExactly(
            new ErrorShare.Route("/orders/:id", 4, 8),
            new ErrorShare.Route("/api/tiles/load", 2, 2));
    assertThat(share.window()).isEqualTo(Duration.ofMinutes(1));
    assertThat(share.complete()).isTrue();
    // 2.9 %, but of 204 requests the upper bound is 6.3 %.
    assertThat(share.verdict(0.05)).isEqualTo(Verdict.UNKNOWN);
    assertThat(share.verdict(0.10)).isEqualTo(Verdict.OK);
    assertThat(share.toString()).contains("2.94 % (6 of 204 requests)");
  }

  @Test
  void hotdash_latency_isOfTheMinute() {
    var latency = RequestLatency.of(minute("hotdash"), NAMES, LIMIT);
    var buckets = latency.buckets();

    // /app 100 140 150 160 170 175 178 179 180 180 and /orders/1001 0 0 0 0 0 0 4 4 4 4.
    assertThat(buckets.total()).isEqualTo(184);
    assertThat(buckets.countAbove(3)).isEqualTo(new Buckets.Range(9, 9));
    assertThat(latency.shareWithin()).isCloseTo(175 / 184.0, within(1e-15));
    // Rank 92 of 100 in the first bucket; 174.8 between 170 and 175; 182.16 between 182 and 183.
    assertThat(buckets.quantile(0.5)).isCloseTo(0.092, within(1e-12));
    assertThat(buckets.quantile(0.95)).isCloseTo(2.92, within(1e-9));
    assertThat(buckets.quantile(0.99)).isCloseTo(5.32, within(1e-9));
    assertThat(latency.routes())
        .extracting(RequestLatency.Route::route)
        .containsExactly("/app", "/orders/:id");
    assertThat(latency.routes().get(1).buckets().countAbove(3).lower()).isEqualTo(4);
    // 9 of 184 is 4.9 %: too near to 5 % for so few.
    assertThat(latency.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void hotdash_cachesAndCalls_areOfTheMinute() {
    var increases = minute("hotdash");

    assertThat(CacheHits.of(increases, NAMES)).containsExactly(new CacheHits("dashboard", 90, 10));
    var calls = ApiCalls.of(increases, NAMES);
    assertThat(calls).hasSize(1);
    assertThat(calls.get(0).operation()).isEqualTo("orders");
    assertThat(calls.get(0).calls()).isEqualTo(20);
    assertThat(calls.get(0).errors()).isEqualTo(2);
    assertThat(calls.get(0).errorShare()).isEqualTo(0.1);
    assertThat(calls.get(0).perSecond()).isCloseTo(1 / 3.0, within(1e-15));
    // Rank 19 between 16 at 1 s and 20 at 2 s.
    assertThat(calls.get(0).times().quantile(0.95)).isCloseTo(1.75, within(1e-12));
    assertThat(increases.of("tiles_loaded_total"))
        .singleElement()
        .returns(6.0, Increase::amount)
        .returns(0.1, Increase::perSecond);
    assertThat(increases.of("database_query_duration_seconds_count"))
        .singleElement()
        .returns(20.0, Increase::amount);
  }

  @Test
  void hotdash_process_isReadAsAWhole() {
    var signals = ProcessSignals.of(scrape("hotdash", 60), minute("hotdash"));

    assertThat(signals.residentBytes()).isEqualTo(150.0 * (1 << 20));
    assertThat(signals.heapUsedBytes()).isEqualTo(60.0 * (1 << 20));
    assertThat(signals.heapTotalBytes()).isEqualTo(90.0 * (1 << 20));
    // 3.6 s of CPU, and 0.6 + 0.3 s of collecting garbage, in 60 s.
    assertThat(signals.cpuShare()).isCloseTo(0.06, within(1e-12));
    assertThat(signals.gcShare()).isCloseTo(0.015, within(1e-12));
    assertThat(signals.eventLoopLagP99Seconds()).isEqualTo(0.0112);
    assertThat(signals.activeHandles()).isEqualTo(9);
    assertThat(signals.activeRequests()).isEqualTo(1);
    assertThat(signals.openFds()).isEqualTo(31);
    assertThat(signals.maxFds()).isEqualTo(1024);
    assertThat(signals.nodeVersion()).isEqualTo("v20.11.1");
    assertThat(signals.toString())
        .contains("150 MB", "60 MB of 90 MB", "6.0 % of one core", "1.5 %", "31 of 1024");
  }

  @Test
  void micrometer_minute_isWorkedOut() {
    var increases = minute("micrometer");
    var share = ErrorShare.of(increases, NAMES);
    var latency = RequestLatency.of(increases, NAMES, LIMIT);
    var signals = ProcessSignals.of(scrape("micrometer", 60), increases);

    assertThat(share.metric()).isEqualTo("http_server_requests_seconds_count");
    // The four of /actuator/health are left out.
    assertThat(share.total()).isEqualTo(100);
    assertThat(share.errors()).isEqualTo(10);
    assertThat(share.routes()).containsExactly(new ErrorShare.Route("/orders/{id}", 10, 100));
    // The lower bound of 10 in 100 is 4.9 %.
    assertThat(share.verdict(0.05)).isEqualTo(Verdict.UNKNOWN);
    // 80 90 94 98 100 at 0.5 1 2.5 5 +Inf: rank 95 is a quarter into 2.5 to 5.
    assertThat(latency.buckets().quantile(0.95)).isCloseTo(3.125, within(1e-12));
    assertThat(latency.buckets().countAbove(3)).isEqualTo(new Buckets.Range(2, 6));
    assertThat(latency.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(
            Spread.ofGauge(List.of(scrape("micrometer", 60)), "http_server_requests_seconds_max"))
        .hasValueSatisfying(spread -> assertThat(spread.highest()).isEqualTo(7.2));
    assertThat(signals.residentBytes()).isNull();
    assertThat(signals.cpuShare()).isNull();
  }

  @Test
  void bundle_minute_isWorkedOut() {
    var increases = minute("bundle");
    var share = ErrorShare.of(increases, NAMES);
    var latency = RequestLatency.of(increases, NAMES, LIMIT);

    assertThat(share.metric()).isEqualTo("http_request_duration_seconds_count");
    assertThat(share.total()).isEqualTo(100);
    assertThat(share.errors()).isEqualTo(5);
    assertThat(share.routes()).containsExactly(new ErrorShare.Route("/b", 5, 5));
    // 0 50 80 90 96 99 100: rank 95 is five sixths into 0.3 to 1.5; rank 99 is the bound 10.
    assertThat(latency.buckets().quantile(0.95)).isCloseTo(1.3, within(1e-12));
    assertThat(latency.buckets().quantile(0.99)).isCloseTo(10, within(1e-12));
    assertThat(latency.buckets().countAbove(3)).isEqualTo(new Buckets.Range(1, 4));
    assertThat(increases.notes().toString()).contains("does not export process_start_time_seconds");
  }
}
