package com.hotdash.ops.shopify;

import org.jspecify.annotations.Nullable;

/**
 * Two lanes that share one bucket by weight: the one that had less, measured by its weight, goes
 * first. A lane that was empty gets no credit for that time. Guarded by its gate's lock.
 */
final class Lanes {
  private static final double LONGEST_DEBT_SECONDS = 0.2;

  // How much of the bucket stays free for an interactive call while batch calls fill it.
  private static final double MOST_KEPT_FREE = 0.25;
  private static final double CALLS_KEPT_FREE = 2;
  private static final double HALF_LIFE_SECONDS = 60;

  private final LaneQueue interactive;
  private final LaneQueue batch;
  private double interactiveCost;
  private long interactiveAt;

  Lanes(double batchWeight) {
    interactive = new LaneQueue(1 - batchWeight);
    batch = new LaneQueue(batchWeight);
  }

  boolean empty() {
    return interactive.first() == null && batch.first() == null;
  }

  /** Whose turn it is, or {@code null} if nobody waits. */
  @Nullable Waiter next(double rate) {
    var a = interactive.first();
    var b = batch.first();
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    // What a lane used while nobody else wanted it is no debt to be paid off for long.
    interactive.leadsAtMost(LONGEST_DEBT_SECONDS * rate, batch);
    batch.leadsAtMost(LONGEST_DEBT_SECONDS * rate, interactive);
    return interactive.pass <= batch.pass ? a : b;
  }

  void add(Waiter waiter, boolean front) {
    var lane = of(waiter.lane);
    wake(lane);
    lane.add(waiter, front);
  }

  void remove(Waiter waiter) {
    of(waiter.lane).remove(waiter);
  }

  /** Counts a call that is about to be sent, and returns as how much. */
  double sent(Lane which, double cost, long now) {
    var lane = of(which);
    wake(lane);
    double counted = lane.expected(cost);
    lane.newest = counted / lane.weight;
    lane.pass += lane.newest;
    if (which == Lane.INTERACTIVE) {
      interactiveCost = Math.max(cost, lately(now));
      interactiveAt = now;
    }
    return counted;
  }

  void settled(Lane which, double counted, double cost, double actual) {
    var lane = of(which);
    lane.pass += (actual - counted) / lane.weight;
    lane.settled += actual / lane.weight;
    lane.learn(cost, actual);
  }

  /** No credit for the time in which a lane asked for nothing. */
  private void wake(LaneQueue lane) {
    if (lane.first() == null) {
      var other = lane == interactive ? batch : interactive;
      double missed = Math.max(0, other.settled - lane.settled);
      lane.pass += missed;
      lane.settled += missed;
    }
  }

  /** What a call must leave in the bucket for those that go before it. */
  double reserve(Lane which, double maximum, long now) {
    return which == Lane.INTERACTIVE || interactive.first() != null
        ? 0
        : Math.min(MOST_KEPT_FREE * maximum, CALLS_KEPT_FREE * lately(now));
  }

  int waiting(Lane which) {
    return of(which).size();
  }

  private double lately(long now) {
    double seconds = (now - interactiveAt) / 1e9;
    double cost = interactiveCost * Math.pow(0.5, seconds / HALF_LIFE_SECONDS);
    return cost < 1 ? 0 : cost;
  }

  private LaneQueue of(Lane lane) {
    return lane == Lane.INTERACTIVE ? interactive : batch;
  }
}
