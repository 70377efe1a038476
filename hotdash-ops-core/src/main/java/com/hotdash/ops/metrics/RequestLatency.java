package com.hotdash.ops.metrics;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Column;
import com.hotdash.ops.text.Page;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How long requests took, probes left out.
 *
 * @param metric the histogram it was worked out of; empty if none is exported
 * @param buckets all requests, by upper bound in seconds
 * @param limit what the routes were ranked by
 * @param routes the routes with most requests over the limit, ids taken out, at most ten
 * @param window over which time
 * @param complete whether every machine was compared as a whole, with the same bounds, and every
 *     request named its route, without which probes could not be left out
 * @param coverage which machines, and what is missing
 */
public record RequestLatency(
    String metric,
    Buckets buckets,
    Duration limit,
    List<Route> routes,
    Duration window,
    boolean complete,
    String coverage) {
  private static final int TOP = 10;
  private static final double SLOW_SHARE = 0.05;

  /** Copies the routes. */
  public RequestLatency {
    routes = List.copyOf(routes);
  }

  /**
   * One route.
   *
   * @param route the route, ids taken out
   * @param buckets its requests, by upper bound in seconds
   */
  public record Route(String route, Buckets buckets) {}

  /**
   * Works the latencies out.
   *
   * @param increases what grew
   * @param names how the application calls its metrics
   * @param limit what is still quick, such as 3 s; exact if it is the bound of a bucket
   * @return the latencies; quantiles are NaN without data
   */
  public static RequestLatency of(Increases increases, MetricNames names, Duration limit) {
    var exported = names.durations().stream().map(n -> n + "_bucket").toList();
    var series =
        increases.firstOf(exported).stream().filter(one -> !names.probe(one.labels())).toList();
    double seconds = limit.toNanos() / 1e9;
    var routes =
        Merged.by(series, names::route).entrySet().stream()
            .map(e -> new Route(e.getKey(), Merged.buckets(e.getValue(), l -> true)))
            .filter(route -> route.buckets().countAbove(seconds).upper() > 0)
            .sorted(
                Comparator.comparingDouble((Route r) -> -r.buckets().countAbove(seconds).lower())
                    .thenComparingDouble(r -> -r.buckets().quantile(0.95)))
            .limit(TOP)
            .toList();
    boolean same = Merged.sameBounds(series);
    var silent = increases.without(exported);
    var counts = series.stream().filter(one -> "+Inf".equals(one.labels().get("le"))).toList();
    var unrouted = Merged.unrouted(counts, names);
    return new RequestLatency(
        series.isEmpty() ? "" : series.get(0).name(),
        Merged.buckets(series, labels -> true),
        limit,
        routes,
        increases.window(),
        increases.complete()
            && same
            && silent.isEmpty()
            && unrouted.isEmpty()
            && series.stream().noneMatch(Increase::lowerBound),
        increases.coverage()
            + (same ? "" : "; the histograms have different bounds")
            + Merged.lacking(silent, "histogram of requests")
            + unrouted);
  }

  /**
   * Says that something is missing of which the increases know nothing, such as a machine that was
   * never read.
   *
   * @param missing what is missing
   * @return the same latencies, not complete
   */
  public RequestLatency lacking(String missing) {
    return new RequestLatency(
        metric, buckets, limit, routes, window, false, coverage + "; " + missing);
  }

  /**
   * Judges whether the 95th percentile is above the limit: whether more than 5 % took longer, by
   * counts. Interpolation takes no part.
   *
   * @return {@link Verdict#UNKNOWN} also where the limit lies inside a bucket that would decide
   */
  public Verdict verdict() {
    var slow = buckets.countAbove(limit.toNanos() / 1e9);
    var least = Binomial.judge(slow.lower(), buckets.total(), SLOW_SHARE);
    var most = Binomial.judge(slow.upper(), buckets.total(), SLOW_SHARE);
    if (least == Verdict.PROBLEM) {
      return Verdict.PROBLEM;
    }
    return most == Verdict.OK && complete && !buckets.lifted() ? Verdict.OK : Verdict.UNKNOWN;
  }

  /**
   * Returns the share of requests within the limit.
   *
   * @return 0 to 1, an estimate where the limit is no bound; NaN without data
   */
  public double shareWithin() {
    return buckets.shareAtOrUnder(limit.toNanos() / 1e9);
  }

  @Override
  public String toString() {
    var page = Page.builder();
    if (!(buckets.total() > 0)) {
      page.paragraph("latency: no data (" + (metric.isEmpty() ? "no histogram" : metric) + ")");
    } else {
      page.paragraph(
          String.format(
              Locale.ROOT,
              "p50 %s, p95 %s, p99 %s; %.2f %% of %s requests within %s s",
              quantile(buckets, 0.5),
              quantile(buckets, 0.95),
              quantile(buckets, 0.99),
              shareWithin() * 100,
              Numbers.text(buckets.total()),
              Numbers.text(limit.toMillis() / 1e3)));
    }
    if (!routes.isEmpty()) {
      double seconds = limit.toNanos() / 1e9;
      page.table(
          List.of(Column.text("route"), Column.number("slow"), Column.text("p95")),
          routes.stream()
              .map(
                  r ->
                      List.of(
                          r.route(),
                          Numbers.text(r.buckets().countAbove(seconds).lower()),
                          quantile(r.buckets(), 0.95)))
              .toList());
    }
    return page.paragraph(coverage).build().redacted(Redactor.SHAPES).toString();
  }

  /** Writes an estimate and the bucket it lies in. */
  static String quantile(Buckets buckets, double q) {
    double value = buckets.quantile(q);
    if (Double.isNaN(value)) {
      return "no data";
    }
    var range = buckets.range(q);
    return range.upper() == Double.POSITIVE_INFINITY
        ? String.format(Locale.ROOT, "at least %s s", Numbers.text(value))
        : String.format(
            Locale.ROOT,
            "%.3f s (%s to %s)",
            value,
            Numbers.text(range.lower()),
            Numbers.text(range.upper()));
  }
}
