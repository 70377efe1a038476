package com.hotdash.ops.platform;

import java.time.Duration;

/**
 * How a roll-back goes about, and what must be true after it.
 *
 * @param maxUnavailable the share of running machines that may be changed at a time after the
 *     first, more than 0 and at most 1; at least one machine is. HotDash deploys with 0.25
 * @param allAtOnce whether all go together: where no machine on the current release is healthy,
 *     going one by one protects nobody
 * @param errorShare the share of 5xx answers that is still good, at least 0 and less than 1; the
 *     runbook says 0.05
 * @param window over how much time the share is measured, more than zero
 * @param leastRequests how many requests must be in the window for a share to mean something, at
 *     least 1
 */
public record RollBackLimits(
    double maxUnavailable,
    boolean allAtOnce,
    double errorShare,
    Duration window,
    int leastRequests) {
  /** HotDash's own strategy and the runbook's threshold. */
  public static final RollBackLimits DEFAULT =
      new RollBackLimits(0.25, false, 0.05, Duration.ofMinutes(1), 20);

  /** Checks the bounds. */
  public RollBackLimits {
    if (!(maxUnavailable > 0 && maxUnavailable <= 1)) {
      throw new IllegalArgumentException("maxUnavailable is more than 0 and at most 1");
    }
    if (!(errorShare >= 0 && errorShare < 1)) {
      throw new IllegalArgumentException("errorShare is at least 0 and less than 1");
    }
    if (window.isNegative() || window.isZero() || leastRequests < 1) {
      throw new IllegalArgumentException("window and leastRequests are more than 0");
    }
  }

  /**
   * Changes whether all machines go together.
   *
   * @param together whether they do
   * @return a changed copy
   */
  public RollBackLimits withAllAtOnce(boolean together) {
    return new RollBackLimits(maxUnavailable, together, errorShare, window, leastRequests);
  }

  /**
   * Changes which share of failing answers is too much.
   *
   * @param share the share of 5xx answers, strictly; at least 0 and less than 1
   * @return a changed copy
   */
  public RollBackLimits withErrorShare(double share) {
    return new RollBackLimits(maxUnavailable, allAtOnce, share, window, leastRequests);
  }

  /** How many machines go at a time. */
  int atATime(int running) {
    return Math.max(1, (int) Math.floor(running * maxUnavailable));
  }
}
