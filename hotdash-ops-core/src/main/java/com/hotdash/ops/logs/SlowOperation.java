package com.hotdash.ops.logs;

import java.time.Duration;
import java.util.Locale;

/**
 * A route or operation of which lines tell that it was slow.
 *
 * @param operation the route, or the module and the message, with ids masked; redacted
 * @param slow how many lines are at or over the threshold, which is rounded up by at most 1.6 %
 * @param count how many lines tell a duration at or over {@link LogReader.Builder#durationsFrom}
 * @param max the longest, to the microsecond
 * @param p95 the 95th percentile of those, at most 1.6 % too high
 * @param unitSource how the unit is known, the least sure of all lines
 */
public record SlowOperation(
    String operation, long slow, long count, Duration max, Duration p95, UnitSource unitSource) {
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,6d of %,d slow, p95 of these %,d ms, max %,d ms%s  %s",
        slow,
        count,
        p95.toMillis(),
        max.toMillis(),
        unitSource == UnitSource.ASSUMED ? " (unit assumed)" : "",
        operation);
  }
}
