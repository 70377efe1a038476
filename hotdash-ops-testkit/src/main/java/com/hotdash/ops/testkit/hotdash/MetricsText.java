package com.hotdash.ops.testkit.hotdash;

import com.hotdash.ops.testkit.hotdash.Counters.Spread;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * A process's registry as prom-client 15 prints it: an empty line between families, {@code Nan}.
 */
final class MetricsText {
  private static final long BASE_HEAP = 90L << 20;
  private final StringBuilder out = new StringBuilder();

  private MetricsText() {}

  static String of(Counters counters, Instant started, Instant now, long requests, long leaked) {
    var text = new MetricsText();
    text.process(started, now, requests, leaked);
    text.histogram(
        counters, "http_request_duration_seconds", "Duration of HTTP requests in seconds");
    text.counter(counters, "http_requests_total", "Total number of HTTP requests");
    text.counter(counters, "http_request_errors_total", "Total number of HTTP request errors");
    text.family("active_connections", "gauge", "Number of active connections");
    text.sample("active_connections", "", "3");
    text.histogram(counters, "database_query_duration_seconds", "Duration of database queries");
    text.counter(counters, "cache_hits_total", "Total number of cache hits");
    text.counter(counters, "cache_misses_total", "Total number of cache misses");
    text.counter(counters, "tiles_loaded_total", "Total number of tiles loaded");
    text.histogram(counters, "tile_load_duration_seconds", "Duration of tile loading in seconds");
    text.counter(counters, "shopify_api_calls_total", "Total number of Shopify API calls");
    text.histogram(counters, "shopify_api_duration_seconds", "Duration of Shopify API calls");
    return text.out.toString();
  }

  private void process(Instant started, Instant now, long requests, long leaked) {
    double cpu = requests * 0.004;
    long heap = BASE_HEAP + leaked;
    one("process_cpu_user_seconds_total", "counter", "Total user CPU time spent", cpu * 0.8);
    one("process_cpu_system_seconds_total", "counter", "Total system CPU time spent", cpu * 0.2);
    one("process_cpu_seconds_total", "counter", "Total user and system CPU time spent", cpu);
    one(
        "process_start_time_seconds",
        "gauge",
        "Start time of the process since unix epoch",
        started.getEpochSecond());
    one(
        "process_resident_memory_bytes",
        "gauge",
        "Resident memory size in bytes.",
        heap + (60L << 20));
    one(
        "process_virtual_memory_bytes",
        "gauge",
        "Virtual memory size in bytes.",
        heap + (1L << 30));
    one("process_heap_bytes", "gauge", "Process heap size in bytes.", heap + (30L << 20));
    one("process_open_fds", "gauge", "Number of open file descriptors.", 31);
    one("process_max_fds", "gauge", "Maximum number of open file descriptors.", 10_240);
    one("nodejs_eventloop_lag_seconds", "gauge", "Lag of event loop in seconds.", 0.002);
    for (var part : new String[] {"min", "max", "mean", "stddev", "p50", "p90", "p99"}) {
      var name = "nodejs_eventloop_lag_" + part + "_seconds";
      family(name, "gauge", "The " + part + " of the recorded event loop delays.");
      // Nothing recorded since the last scrape: prom-client's word for a number that is none.
      sample(name, "", now.equals(started) ? "Nan" : "0.0105");
    }
    for (var kind : new String[] {"handles", "requests", "resources"}) {
      one("nodejs_active_" + kind + "_total", "gauge", "Total number of active " + kind, 12);
      family("nodejs_active_" + kind, "gauge", "Number of active " + kind + " by type.");
      sample("nodejs_active_" + kind, "{type=\"Socket\"}", "12");
    }
    one(
        "nodejs_heap_size_total_bytes",
        "gauge",
        "Process heap size from Node.js in bytes.",
        heap + (20L << 20));
    one(
        "nodejs_heap_size_used_bytes",
        "gauge",
        "Process heap size used from Node.js in bytes.",
        heap);
    one(
        "nodejs_external_memory_bytes",
        "gauge",
        "Node.js external memory size in bytes.",
        3L << 20);
    for (var what : new String[] {"total", "used", "available"}) {
      var name = "nodejs_heap_space_size_" + what + "_bytes";
      family(name, "gauge", "Process heap space size " + what + " from Node.js in bytes.");
      sample(name, "{space=\"old\"}", number(heap / 2.0));
      sample(name, "{space=\"new\"}", number(8 << 20));
    }
    family("nodejs_version_info", "gauge", "Node.js version info.");
    sample(
        "nodejs_version_info", "{version=\"v20.18.0\",major=\"20\",minor=\"18\",patch=\"0\"}", "1");
    var collections = new Spread(0.001, 0.01, 0.1, 1, 2, 5);
    collections.observe(0.004, requests / 50);
    family("nodejs_gc_duration_seconds", "histogram", "Garbage collection duration by kind.");
    spread("nodejs_gc_duration_seconds", "kind=\"minor\"", collections);
    out.append('\n');
  }

  private void one(String name, String type, String help, double value) {
    family(name, type, help);
    sample(name, "", number(value));
  }

  private void one(String name, String type, String help, long value) {
    family(name, type, help);
    sample(name, "", number(value));
  }

  private void family(String name, String type, String help) {
    if (out.length() > 0) {
      out.append('\n');
    }
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void counter(Counters counters, String name, String help) {
    family(name, "counter", help);
    counters.counts.forEach(
        (series, value) -> {
          if (series.startsWith(name + '{')) {
            sample(name, series.substring(name.length()), number(value));
          }
        });
  }

  private void histogram(Counters counters, String name, String help) {
    family(name, "histogram", help);
    for (Map.Entry<String, Spread> each : counters.spreads.entrySet()) {
      var series = each.getKey();
      if (series.startsWith(name + '{')) {
        spread(name, series.substring(name.length() + 1, series.length() - 1), each.getValue());
      }
    }
  }

  private void spread(String name, String labels, Spread spread) {
    for (int i = 0; i < spread.bounds.length; i++) {
      var le = "{le=\"" + number(spread.bounds[i]) + "\"," + labels + '}';
      sample(name + "_bucket", le, number(spread.below[i]));
    }
    sample(name + "_bucket", "{le=\"+Inf\"," + labels + '}', number(spread.count));
    sample(name + "_sum", '{' + labels + '}', number(spread.sum));
    sample(name + "_count", '{' + labels + '}', number(spread.count));
  }

  private void sample(String name, String labels, String value) {
    out.append(name).append(labels).append(' ').append(value).append('\n');
  }

  private static String number(long value) {
    return Long.toString(value);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%d", (long) value)
        : BigDecimal.valueOf(value).toPlainString();
  }
}
