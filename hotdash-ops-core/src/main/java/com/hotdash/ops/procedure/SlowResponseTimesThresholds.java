package com.hotdash.ops.procedure;

import java.time.Duration;

/**
 * From where on answers are slow, and from where on something may be why.
 *
 * @param limit the 95th percentile that is still good; more than one in twenty answers above it is
 *     a problem. More than zero
 * @param leastTimeouts how many timeouts of one layer it takes to be a problem by themselves, at
 *     least 1
 * @param lockWait for how long a session may wait for a lock
 * @param statementMean from which mean time on one statement costs much
 * @param statementLoad from how many sessions on, all of them busy with one statement all the time,
 *     that statement costs much; more than zero
 * @param cacheRatio below which share of hits a cache helps little, 0 to 1
 * @param throttled from which share of time on a machine that the platform holds back is slow for
 *     want of processor time, 0 to 1
 * @param eventLoopLag from which lag on, at its 99th percentile, an event loop is busy
 */
public record SlowResponseTimesThresholds(
    Duration limit,
    int leastTimeouts,
    Duration lockWait,
    Duration statementMean,
    double statementLoad,
    double cacheRatio,
    double throttled,
    Duration eventLoopLag) {
  /**
   * 3 s, which is the runbook's figure and a bucket bound of HotDash; five timeouts, as for errors;
   * 5 s for locks, as for the database; a lag of 0.5 s, which is where the runbook's sixth chapter
   * alerts. For the others neither the runbook nor its facts have a number: a statement of 1 s uses
   * up a third of the limit, one session busy all the time is one of the ten that a machine's pool
   * has, a cache that has not half of what is asked spares less than it costs to look, and who is
   * held back a tenth of the time has no burst left.
   */
  public static final SlowResponseTimesThresholds DEFAULT =
      new SlowResponseTimesThresholds(
          Duration.ofSeconds(3),
          5,
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          1,
          0.5,
          0.1,
          Duration.ofMillis(500));

  /** Checks the bounds. */
  public SlowResponseTimesThresholds {
    if (limit.isNegative() || limit.isZero() || lockWait.isNegative()) {
      throw new IllegalArgumentException("the limit is more than zero, and no wait is negative");
    }
    if (leastTimeouts < 1) {
      throw new IllegalArgumentException("leastTimeouts is at least 1, not " + leastTimeouts);
    }
    if (statementMean.isNegative() || eventLoopLag.isNegative() || !(statementLoad > 0)) {
      throw new IllegalArgumentException("no time is negative, and a load is more than zero");
    }
    if (!(cacheRatio >= 0 && cacheRatio <= 1 && throttled >= 0 && throttled <= 1)) {
      throw new IllegalArgumentException("shares are between 0 and 1");
    }
  }
}
