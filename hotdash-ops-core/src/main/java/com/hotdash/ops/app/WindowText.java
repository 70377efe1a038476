package com.hotdash.ops.app;

import com.hotdash.ops.metrics.ProcessSignals;
import com.hotdash.ops.metrics.RequestLatency;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;

/** What a person reads of a window: what was compared, what is missing, the numbers. */
record WindowText(AppWindow window) {
  private static final Duration SLOW = Duration.ofSeconds(3);
  private static final int SHOWN = 4;

  Page page() {
    var page = Page.builder();
    page.paragraph("application over " + seconds(window.increases().window()) + ": " + machines());
    var gaps = new ArrayList<String>();
    if (window.after().coverage() != null) {
      gaps.add(window.after().coverage());
    }
    window.notSeen().stream().limit(SHOWN).forEach(why -> gaps.add(Line.whole(why)));
    window.increases().notes().stream().limit(SHOWN).forEach(gaps::add);
    page.bullets(gaps);
    var numbers = new ArrayList<String>();
    numbers.add(errors());
    numbers.add(latencies());
    window.cacheHits().stream().limit(SHOWN).forEach(cache -> numbers.add("cache " + cache));
    window.apiCalls().stream().limit(SHOWN).forEach(calls -> numbers.add("API " + calls));
    window.processes().stream().limit(SHOWN).forEach(one -> numbers.add(process(one)));
    return page.bullets(numbers).build().redacted(Redactor.SHAPES);
  }

  /** Returns one sentence: over which time, and how many requests failed. */
  String headline() {
    return errors() + " over " + seconds(window.increases().window());
  }

  private String machines() {
    return window.increases().machines().isEmpty()
        ? "no machine could be compared"
        : window.increases().machines().stream().limit(8).map(Object::toString).toList()
            + (window.increases().machines().size() > 8 ? " and more" : "");
  }

  private String errors() {
    var share = window.errorShare();
    if (!(share.total() > 0)) {
      return share.metric().isEmpty() ? "errors: no metric of requests" : "errors: no requests";
    }
    var worst =
        share.routes().stream()
            .findFirst()
            .map(
                r ->
                    String.format(
                        Locale.ROOT,
                        ", most on %s (%.0f of %.0f)",
                        r.route(),
                        r.errors(),
                        r.total()))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "errors: %.2f %% (%.0f of %.0f requests)%s",
        share.share() * 100,
        share.errors(),
        share.total(),
        worst);
  }

  private String latencies() {
    var latency = window.latency(SLOW);
    if (!(latency.buckets().total() > 0)) {
      return latency.metric().isEmpty() ? "latency: no histogram of requests" : "latency: no data";
    }
    return String.format(
        Locale.ROOT,
        "latency: p50 %s, p95 %s, p99 %s; %.2f %% within %s",
        quantile(latency, 0.5),
        quantile(latency, 0.95),
        quantile(latency, 0.99),
        latency.shareWithin() * 100,
        seconds(SLOW));
  }

  private static String quantile(RequestLatency latency, double q) {
    boolean open = latency.buckets().range(q).upper() == Double.POSITIVE_INFINITY;
    return (open ? "at least " : "")
        + String.format(Locale.ROOT, "%.3f s", latency.buckets().quantile(q));
  }

  private static String process(ProcessSignals one) {
    var parts = new ArrayList<String>();
    if (one.residentBytes() != null) {
      parts.add(String.format(Locale.ROOT, "%.0f MB resident", one.residentBytes() / (1 << 20)));
    }
    if (one.cpuShare() != null) {
      parts.add(String.format(Locale.ROOT, "%.0f %% of a core", one.cpuShare() * 100));
    }
    if (one.eventLoopLagP99Seconds() != null) {
      parts.add(
          String.format(Locale.ROOT, "event loop lag p99 %.3f s", one.eventLoopLagP99Seconds()));
    }
    if (one.gcShare() != null) {
      parts.add(String.format(Locale.ROOT, "garbage collection %.1f %%", one.gcShare() * 100));
    }
    return one.instance()
        + ": "
        + (parts.isEmpty() ? "says nothing of its process" : String.join(", ", parts));
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
  }
}
