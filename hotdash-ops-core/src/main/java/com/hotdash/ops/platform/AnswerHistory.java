package com.hotdash.ops.platform;

import com.hotdash.ops.metrics.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How long answers took at the platform's edge, span by span: it tells since when they are slow.
 *
 * @param step how much time each point covers
 * @param points in the order of time; a span without an answer may be missing
 */
public record AnswerHistory(Duration step, List<Point> points) {
  /** Copies the points. */
  public AnswerHistory {
    points = List.copyOf(points);
  }

  /**
   * One span of time.
   *
   * @param until its end, by the platform's clock
   * @param answers the answers in it, by upper bound in seconds
   */
  public record Point(Instant until, Buckets answers) {}

  /**
   * Finds the beginning of the slow answers that still last, as {@link Onset#find} does for errors.
   * Answers that may be slow or quick, since the limit is no bound of a bucket, count only where
   * none is slow for sure.
   *
   * @param limit what is still quick; exact if it is the bound of a bucket
   * @param share the share that may take longer, strictly; 0 to 1
   * @return the onset, or empty if the newest span with answers is quick
   */
  public Optional<Onset> slowSince(Duration limit, double share) {
    double seconds = limit.toNanos() / 1e9;
    return since(share, each -> each.countAbove(seconds).lower())
        .or(() -> since(share, each -> each.countAbove(seconds).upper()));
  }

  private Optional<Onset> since(double share, ToDoubleFunction<Buckets> slow) {
    var counted =
        points.stream()
            .filter(each -> each.answers().total() > 0)
            .map(
                each ->
                    new Traffic.Point(
                        each.until(), each.answers().total(), slow.applyAsDouble(each.answers())))
            .toList();
    return Onset.find(new Traffic(step, counted), share);
  }
}
