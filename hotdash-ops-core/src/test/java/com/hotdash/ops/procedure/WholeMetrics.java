package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.NOW;

import com.hotdash.ops.app.AppMetrics;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.app.Instance;
import com.hotdash.ops.app.MachineMetrics;
import com.hotdash.ops.metrics.MetricNames;
import com.hotdash.ops.metrics.MetricsReader;
import com.hotdash.ops.metrics.Scrape;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What two machines export about themselves, twice, 10 s apart: all of it happened in between. */
final class WholeMetrics {
  double eventLoopLag = 0.02;
  int openFiles = 40;
  int quick = 1_000;
  int slow;
  int cacheMisses = 5;
  int shopCalls = 200;
  int shopErrors;
  int shopSlow;
  // Of the answers of this machine the second half is missing.
  @Nullable String brokeOff;

  AppWindow window() {
    return new AppWindow(half(0, 0), half(10, 1), MetricNames.hotdash());
  }

  private AppMetrics half(int second, int of) {
    var at = NOW.plusSeconds(second - 10L);
    var machines = new ArrayList<MachineMetrics>();
    for (var id : List.of("m1", "m2")) {
      var text = text(of);
      var read = id.equals(brokeOff) ? text.substring(0, text.length() / 2) : text;
      var body = new ByteArrayInputStream(read.getBytes(StandardCharsets.UTF_8));
      var scrape =
          MetricsReader.standard()
              .read(body, "text/plain; version=0.0.4", id, at)
              .map(seen -> new Scrape(id, seen, at, Duration.ofSeconds(second).toNanos()));
      var instance = new Instance(id, Map.of("fly-force-instance-id", id), null, null);
      machines.add(new MachineMetrics(instance, scrape));
    }
    return new AppMetrics(machines, null, at);
  }

  private String text(int of) {
    return """
      # TYPE process_start_time_seconds gauge
      process_start_time_seconds 1700000000
      # TYPE nodejs_eventloop_lag_p99_seconds gauge
      nodejs_eventloop_lag_p99_seconds %s
      # TYPE process_open_fds gauge
      process_open_fds %d
      # TYPE process_max_fds gauge
      process_max_fds 1000
      # TYPE http_request_duration_seconds histogram
      http_request_duration_seconds_bucket{route="/app/orders",le="1"} %d
      http_request_duration_seconds_bucket{route="/app/orders",le="3"} %d
      http_request_duration_seconds_bucket{route="/app/orders",le="5"} %d
      http_request_duration_seconds_bucket{route="/app/orders",le="+Inf"} %d
      # TYPE cache_hits_total counter
      cache_hits_total{cache_name="tiles"} %d
      # TYPE cache_misses_total counter
      cache_misses_total{cache_name="tiles"} %d
      # TYPE shopify_api_calls_total counter
      shopify_api_calls_total{operation="orders",status="success"} %d
      shopify_api_calls_total{operation="orders",status="error"} %d
      # TYPE shopify_api_duration_seconds histogram
      shopify_api_duration_seconds_bucket{operation="orders",le="3"} %d
      shopify_api_duration_seconds_bucket{operation="orders",le="5"} %d
      shopify_api_duration_seconds_bucket{operation="orders",le="+Inf"} %d
      """
        .formatted(
            eventLoopLag,
            openFiles,
            of * quick,
            of * quick,
            of * (quick + slow),
            of * (quick + slow),
            of * 95,
            of * cacheMisses,
            of * (shopCalls - shopErrors),
            of * shopErrors,
            of * (shopCalls - shopSlow),
            of * shopCalls,
            of * shopCalls);
  }
}
