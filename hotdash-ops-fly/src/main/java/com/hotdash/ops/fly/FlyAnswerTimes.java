package com.hotdash.ops.fly;

import static com.hotdash.ops.platform.PlatformLook.ANSWER_HISTORY;
import static com.hotdash.ops.platform.PlatformLook.ANSWER_TIMES;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.metrics.Buckets;
import com.hotdash.ops.platform.AnswerHistory;
import com.hotdash.ops.platform.AnswerTimes;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** How long answers took, at Fly's edge and at the machines; each reading is one request. */
record FlyAnswerTimes(AppCalls calls, FlyMetrics metrics) {
  private static final String EDGE = "fly_edge_http_response_time_seconds_bucket";
  private static final String MACHINES = "fly_app_http_response_time_seconds_bucket";

  // Fly measures every 15 s: a minute has four points.
  private static final Duration STEP = Duration.ofMinutes(1);
  // A point has some twenty buckets, so these are some 5,000 numbers.
  private static final int MOST_POINTS = 240;

  /** Minute by minute, at the edge alone. */
  Reading<AnswerHistory> history(Duration window, Deadline limit) {
    var until = calls.time().now().truncatedTo(ChronoUnit.SECONDS);
    long steps = Math.max(1, Math.min(MOST_POINTS, window.dividedBy(STEP)));
    var since = until.minus(STEP.multipliedBy(steps - 1));
    var answer = metrics.range(counts(EDGE, STEP), since, until, STEP, limit);
    var minutes = new TreeMap<Instant, Map<Double, Double>>();
    for (var series : answer.series()) {
      var bound = bound(series.labels().getOrDefault("le", ""));
      for (var point : series.points()) {
        count(minutes.computeIfAbsent(point.at(), at -> new HashMap<>()), bound, point.value());
      }
    }
    var points = new ArrayList<AnswerHistory.Point>();
    minutes.forEach((at, counts) -> points.add(new AnswerHistory.Point(at, Buckets.of(counts))));
    if (points.stream().noneMatch(each -> each.answers().total() > 0)) {
      return none(ANSWER_HISTORY.name(), STEP.multipliedBy(steps));
    }
    return Reading.of(
        new AnswerHistory(STEP, points),
        Evidence.of(
                points.size() + " min of answers at the edge",
                "Fly's metrics of " + calls.app(),
                calls.time().now())
            .withDataAt(points.get(0).until().minus(STEP))
            .withByHand(FlyQuestion.P95_AT_EDGE.promql(calls.app(), STEP)));
  }

  Reading<AnswerTimes> over(Duration window, Deadline limit) {
    var span = Duration.ofSeconds(Math.max(60, window.toSeconds()));
    var query =
        FlyResources.named("edge", counts(EDGE, span))
            + " or "
            + FlyResources.named("machines", counts(MACHINES, span));
    var answer = metrics.query(query, "", limit);
    var edge = buckets(answer, "edge");
    var machines = buckets(answer, "machines");
    if (!(edge.total() > 0)) {
      return none(ANSWER_TIMES.name(), span);
    }
    var times = new AnswerTimes(span, edge, machines.total() > 0 ? machines : null);
    var evidence =
        Evidence.of(
                Math.round(edge.total()) + " answers at the edge",
                "Fly's metrics of " + calls.app(),
                calls.time().now())
            .withSample(span, Math.round(edge.total()))
            .withByHand(FlyQuestion.P95_AT_EDGE.promql(calls.app(), span));
    return Reading.of(
        times,
        times.machines() == null
            ? evidence.withCoverage("of the machines' side Fly has no data")
            : evidence);
  }

  private <T> Reading<T> none(String what, Duration span) {
    return Reading.unread(
        new NotChecked(
            what,
            Why.TOO_LITTLE_DATA,
            "Fly counted no answer of " + calls.app() + " in the last " + span.toMinutes() + " min",
            "send requests of your own, or look at the app's own metrics"));
  }

  private String counts(String series, Duration span) {
    var app = calls.app().replace("\\", "\\\\").replace("\"", "\\\"");
    return "sum by (le) (increase(%s{app=\"%s\"}[%ds]))".formatted(series, app, span.toSeconds());
  }

  private static Buckets buckets(MetricAnswer answer, String what) {
    Map<Double, Double> counts = new HashMap<>();
    for (var series : answer.series()) {
      var bound = bound(series.labels().getOrDefault("le", ""));
      double count = series.points().get(series.points().size() - 1).value();
      if (what.equals(series.labels().get("what"))) {
        count(counts, bound, count);
      }
    }
    return Buckets.of(counts);
  }

  private static void count(Map<Double, Double> counts, double bound, double count) {
    if (!Double.isNaN(bound) && Double.isFinite(count) && count >= 0) {
      counts.put(bound, count);
    }
  }

  private static double bound(String text) {
    if (text.equals("+Inf")) {
      return Double.POSITIVE_INFINITY;
    }
    return text.matches("-?\\d[\\d.eE+-]*") ? number(text) : Double.NaN;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN; // no bound of a bucket: it counts nothing
    }
  }
}
