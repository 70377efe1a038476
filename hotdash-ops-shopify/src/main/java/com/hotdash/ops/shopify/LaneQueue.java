package com.hotdash.ops.shopify;

import org.jspecify.annotations.Nullable;

/** One lane: first come, first served. Whoever gives up leaves from the middle at once. */
final class LaneQueue {
  // A lane that asks for more than it uses must not be thought to have used it; and what it really
  // used is only known at the reply. So a call counts as what the lane's calls use on average.
  private static final double NEWEST_COUNTS = 0.1;

  final double weight;

  /** How many points the lane has had, by weight. The lane that had less is served first. */
  double pass;

  /** The same without the calls in flight. */
  double settled;

  /** What its newest call counted. */
  double newest;

  private @Nullable Waiter first;
  private @Nullable Waiter last;
  private int size;
  private double usedOfAsked = 1;

  LaneQueue(double weight) {
    this.weight = weight;
  }

  @Nullable Waiter first() {
    return first;
  }

  int size() {
    return size;
  }

  void leadsAtMost(double points, LaneQueue other) {
    double over = pass - other.pass - points - newest;
    if (over > 0) {
      pass -= over;
      settled -= over;
    }
  }

  double expected(double cost) {
    return cost * usedOfAsked;
  }

  void learn(double cost, double actual) {
    if (cost > 0) {
      usedOfAsked += NEWEST_COUNTS * (actual / cost - usedOfAsked);
    }
  }

  void add(Waiter waiter, boolean front) {
    waiter.queued = true;
    size++;
    if (front) {
      waiter.behind = first;
      if (first != null) {
        first.before = waiter;
      }
      first = waiter;
      last = last == null ? waiter : last;
      return;
    }
    waiter.before = last;
    if (last != null) {
      last.behind = waiter;
    }
    last = waiter;
    first = first == null ? waiter : first;
  }

  void remove(Waiter waiter) {
    waiter.queued = false;
    size--;
    if (waiter.before == null) {
      first = waiter.behind;
    } else {
      waiter.before.behind = waiter.behind;
    }
    if (waiter.behind == null) {
      last = waiter.before;
    } else {
      waiter.behind.before = waiter.before;
    }
    waiter.before = null;
    waiter.behind = null;
  }
}
