package com.hotdash.ops.fly;

import java.time.Duration;

/**
 * How long a changed machine is watched before it counts as good. The defaults are flyctl's.
 *
 * @param start how long it may take to start the new version, more than zero
 * @param smoke how long it must run without ending, zero or more
 * @param health how long its health checks may take to pass, zero or more
 */
public record FlyUpdateLimits(Duration start, Duration smoke, Duration health) {
  /** Five minutes to start, ten seconds of smoke, five minutes to become healthy. */
  public static final FlyUpdateLimits DEFAULT =
      new FlyUpdateLimits(Duration.ofMinutes(5), Duration.ofSeconds(10), Duration.ofMinutes(5));

  /** Checks the limits. */
  public FlyUpdateLimits {
    if (start.isNegative() || start.isZero() || smoke.isNegative() || health.isNegative()) {
      throw new IllegalArgumentException("limits are not negative, and starting takes some time");
    }
  }

  Duration whole() {
    return start.plus(smoke).plus(health).plusMinutes(1);
  }
}
