package com.hotdash.ops.procedure;

import com.hotdash.ops.health.HealthHistory;
import java.time.Duration;

/**
 * From where on something about health checks is an incident.
 *
 * @param certificateLeft how long the front door's certificate must still be good
 * @param watchedWithin how old a run of a watching workflow may be and still tell of now
 * @param flapping how many changes of one check within the log are flapping
 */
public record HealthCheckFailuresThresholds(
    Duration certificateLeft, Duration watchedWithin, int flapping) {
  /**
   * Two weeks, ours: certificates are renewed by themselves about a month before they end, so that
   * one with less was not. An hour, ours: the watches run every 15 minutes. Three changes, as for
   * own probes.
   */
  public static final HealthCheckFailuresThresholds DEFAULT =
      new HealthCheckFailuresThresholds(
          Duration.ofDays(14), Duration.ofHours(1), HealthHistory.FLAPPING);

  /** Checks the bounds. */
  public HealthCheckFailuresThresholds {
    if (certificateLeft.isNegative()) {
      throw new IllegalArgumentException("a duration must not be negative");
    }
    if (watchedWithin.isNegative() || watchedWithin.isZero()) {
      throw new IllegalArgumentException("a window is more than zero");
    }
    if (flapping < 2) {
      throw new IllegalArgumentException("flapping has at least 2 changes, not " + flapping);
    }
  }
}
