package com.hotdash.ops.procedure;

import java.time.Duration;

/**
 * From where on something about the shop's interface is a problem.
 *
 * @param slow from how long on the least that can be asked took too long
 * @param lowShare below which share of the budget nothing should be started, where the largest call
 *     is not known
 * @param foreignShare from which share of what comes back on others use up the budget
 * @param versionEnds how long before its end a version is to be left
 * @param errorShare the share of failed calls that is still good; strictly more is a problem
 * @param leastTimeouts how many logged timeouts are a problem; refused tokens and throttled calls
 *     are from the first on
 * @param repeatShare from which share on an operation asks the same again and again
 * @param leastCalls how many calls of an operation it takes to say so
 */
public record ShopThresholds(
    Duration slow,
    double lowShare,
    double foreignShare,
    Duration versionEnds,
    double errorShare,
    int leastTimeouts,
    double repeatShare,
    int leastCalls) {
  /**
   * Half of the 10 s after which the service gives up by itself; a tenth of the budget; nine tenths
   * of what comes back; 30 days; the runbook's 5 % of errors; five timeouts; a third of at least 10
   * calls. Only the first and the fifth have a source, the others are ours.
   */
  public static final ShopThresholds DEFAULT =
      new ShopThresholds(
          Duration.ofSeconds(5), 0.1, 0.9, Duration.ofDays(30), 0.05, 5, 1.0 / 3, 10);

  /** Checks the bounds. */
  public ShopThresholds {
    if (!(share(lowShare) && share(foreignShare) && share(errorShare) && share(repeatShare))) {
      throw new IllegalArgumentException("shares are above 0 and at most 1");
    }
    if (slow.isNegative() || slow.isZero() || versionEnds.isNegative()) {
      throw new IllegalArgumentException("slow is more than zero, versionEnds not negative");
    }
    if (leastTimeouts < 1 || leastCalls < 2) {
      throw new IllegalArgumentException("leastTimeouts is at least 1, leastCalls at least 2");
    }
  }

  private static boolean share(double share) {
    return share > 0 && share <= 1;
  }
}
