package com.hotdash.ops.fly;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.metrics.Buckets;
import com.hotdash.ops.platform.AnswerTimes;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How long answers took, at Fly's edge and at the machines, in one request. */
record FlyAnswerTimes(AppCalls calls, FlyMetrics metrics) {
  private static final String EDGE = "fly_edge_http_response_time_seconds_bucket";
  private static final String MACHINES = "fly_app_http_response_time_seconds_bucket";

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
      return Reading.unread(
          new NotChecked(
              "answer times at the edge",
              Why.TOO_LITTLE_DATA,
              "Fly counted no answer of "
                  + calls.app()
                  + " in the last "
                  + span.toMinutes()
                  + " min",
              "send requests of your own, or look at the app's own metrics"));
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

  private String counts(String series, Duration span) {
    var app = calls.app().replace("\\", "\\\\").replace("\"", "\\\"");
    return "sum by (le) (increase(%s{app=\"%s\"}[%ds]))".formatted(series, app, span.toSeconds());
  }

  private static Buckets buckets(MetricAnswer answer, String what) {
    Map<Double, Double> counts = new HashMap<>();
    for (var series : answer.series()) {
      var bound = bound(series.labels().getOrDefault("le", ""));
      double count = series.points().get(series.points().size() - 1).value();
      if (what.equals(series.labels().get("what"))
          && !Double.isNaN(bound)
          && Double.isFinite(count)
          && count >= 0) {
        counts.put(bound, count);
      }
    }
    return Buckets.of(counts);
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
