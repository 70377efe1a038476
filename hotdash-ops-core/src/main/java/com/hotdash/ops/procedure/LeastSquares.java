package com.hotdash.ops.procedure;

import com.hotdash.ops.platform.MachineResources.Used;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The straight line that fits some points of memory best.
 *
 * @param bytesPerHour how steep it is
 * @param fit r²: 1 if all points lie on it, 0 if it explains nothing
 * @param lastBytes where it stands at the newest point
 * @param from the oldest point
 * @param to the newest point
 * @param points how many there are
 */
record LeastSquares(
    double bytesPerHour, double fit, double lastBytes, Instant from, Instant to, int points) {
  private static final double MILLIS_AN_HOUR = Duration.ofHours(1).toMillis();

  /** The line, or empty if fewer than three points or all at one time. */
  static Optional<LeastSquares> of(List<Used> points) {
    if (points.size() < 3) {
      return Optional.empty();
    }
    var from = points.get(0).at();
    // Hours and deviations from the mean: squares of raw bytes would cost most of the digits.
    double meanX = points.stream().mapToDouble(each -> hours(from, each)).average().orElse(0);
    double meanY = points.stream().mapToDouble(Used::bytes).average().orElse(0);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (var each : points) {
      double x = hours(from, each) - meanX;
      double y = each.bytes() - meanY;
      xx += x * x;
      xy += x * y;
      yy += y * y;
    }
    if (xx == 0) {
      return Optional.empty();
    }
    var last = points.get(points.size() - 1);
    double slope = xy / xx;
    return Optional.of(
        new LeastSquares(
            slope,
            yy == 0 ? 0 : xy * xy / (xx * yy),
            meanY + slope * (hours(from, last) - meanX),
            from,
            last.at(),
            points.size()));
  }

  private static double hours(Instant from, Used point) {
    return Duration.between(from, point.at()).toMillis() / MILLIS_AN_HOUR;
  }

  Duration span() {
    return Duration.between(from, to);
  }

  /** By how much the line rises from its first point to its last. */
  double rise() {
    return bytesPerHour * span().toMillis() / MILLIS_AN_HOUR;
  }
}
