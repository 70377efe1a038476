package com.hotdash.ops.fly;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.platform.Traffic;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts requests at Fly's edge, span by span, out of the metrics that Fly keeps. */
record FlyTraffic(AppCalls calls, FlyMetrics metrics) {
  // Fly measures every 15 s: a rate needs some points, and a minute has four.
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final int MOST_POINTS = 500;
  private static final String SERIES = "fly_edge_http_responses_count";

  Reading<Traffic> over(Duration window, Deadline limit) {
    var until = calls.time().now().truncatedTo(ChronoUnit.SECONDS);
    long steps = Math.max(1, Math.min(MOST_POINTS, window.dividedBy(STEP)));
    var since = until.minus(STEP.multipliedBy(steps - 1));
    var requests = points("", since, until, limit);
    if (requests.isEmpty()) {
      return Reading.unread(
          new NotChecked(
              "requests at the edge",
              Why.TOO_LITTLE_DATA,
              "Fly has no " + SERIES + " of " + calls.app() + " in the last " + minutes(window),
              "send requests of your own, or look at the app's own metrics"));
    }
    // Without a single 5xx there is no such series: zero, wherever there are requests.
    var errors = points(",status=~\"5..\"", since, until, limit);
    var points = new ArrayList<Traffic.Point>();
    requests.forEach(
        (at, rate) ->
            points.add(
                new Traffic.Point(
                    at,
                    amount(rate),
                    Math.min(amount(rate), amount(errors.getOrDefault(at, 0d))))));
    var traffic = new Traffic(STEP, points);
    return Reading.of(traffic, evidence(traffic, steps));
  }

  private Evidence evidence(Traffic traffic, long steps) {
    var first = traffic.points().get(0).until().minus(STEP);
    var value =
        String.format(
            Locale.ROOT, "%.0f of %.0f answers are 5xx", traffic.errors(), traffic.requests());
    var evidence =
        Evidence.of(value, "Fly's metrics of " + calls.app(), calls.time().now())
            .withDataAt(first)
            .withSample(STEP.multipliedBy(traffic.points().size()), Math.round(traffic.requests()))
            .withByHand(
                query(",status=~\"5..\"")
                    + " and the same without status; in Grafana:"
                    + " fly dashboard metrics -a "
                    + calls.app());
    return traffic.points().size() < steps
        ? evidence.withCoverage(
            traffic.points().size() + " of " + steps + " min; of the others Fly has no data")
        : evidence;
  }

  private SortedMap<Instant, Double> points(
      String status, Instant since, Instant until, Deadline limit) {
    var points = new TreeMap<Instant, Double>();
    for (var series : metrics.range(query(status), since, until, STEP, limit).series()) {
      for (var point : series.points()) {
        if (Double.isFinite(point.value()) && point.value() >= 0) {
          points.merge(point.at(), point.value(), Double::sum);
        }
      }
    }
    return points;
  }

  private String query(String status) {
    var app = calls.app().replace("\\", "\\\\").replace("\"", "\\\"");
    return "sum(rate(%s{app=\"%s\"%s}[%ds]))".formatted(SERIES, app, status, STEP.toSeconds());
  }

  private static double amount(double rate) {
    return rate * STEP.toSeconds();
  }

  private static String minutes(Duration window) {
    return Math.max(1, window.toMinutes()) + " min";
  }
}
