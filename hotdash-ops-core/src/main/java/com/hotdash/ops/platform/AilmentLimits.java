package com.hotdash.ops.platform;

import java.time.Duration;

/**
 * From where on something ails the application when a change of its platform is planned, so that
 * the change is measured by it. These are the limits by which the diagnoses judge.
 *
 * @param answersWithin how long an answer may take; that one in twenty takes longer ails it. More
 *     than zero
 * @param memoryShare the share of a machine's memory in use that hurts users any minute, above 0
 *     and at most 1
 * @param endsWithin how long ago an end of a process still counts, more than zero
 * @param loop how many ends within that time are a loop, at least 2; one for want of memory counts
 *     alone
 */
public record AilmentLimits(
    Duration answersWithin, double memoryShare, Duration endsWithin, int loop) {
  /** The runbook's 3 s and 90 % of memory (R1.S1, R6.P2), three ends in an hour. */
  public static final AilmentLimits DEFAULT =
      new AilmentLimits(Duration.ofSeconds(3), 0.9, Duration.ofHours(1), 3);

  /** Checks the bounds. */
  public AilmentLimits {
    if (answersWithin.compareTo(Duration.ZERO) <= 0 || endsWithin.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException("a duration is more than zero");
    }
    if (!(memoryShare > 0 && memoryShare <= 1)) {
      throw new IllegalArgumentException("a share lies above 0 and is at most 1: " + memoryShare);
    }
    if (loop < 2) {
      throw new IllegalArgumentException("a loop has at least 2 ends, not " + loop);
    }
  }
}
