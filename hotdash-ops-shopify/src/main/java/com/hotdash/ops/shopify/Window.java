package com.hotdash.ops.shopify;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The unsettled calls of the last moments, in the order of sending, and what they hold. */
final class Window {
  private final ArrayDeque<Hold> holds = new ArrayDeque<>();
  private double sum;

  void add(Hold hold) {
    holds.addLast(hold);
    sum += hold.cost;
  }

  /** Takes the oldest out if it was sent at least an age ago. */
  @Nullable Hold leave(long now, long age) {
    while (true) {
      var oldest = holds.peekFirst();
      if (oldest == null) {
        sum = 0; // rounding must not pile up
        return null;
      }
      if (oldest.settled) {
        holds.pollFirst();
        continue;
      }
      if (now - oldest.sentAt < age) {
        return null;
      }
      holds.pollFirst();
      sum -= oldest.cost;
      return oldest;
    }
  }

  /** Takes out the cost of a call that is being settled; its place goes when it is the oldest. */
  void settle(Hold hold) {
    sum -= hold.cost;
  }

  @Nullable Hold oldest() {
    var oldest = holds.peekFirst();
    while (oldest != null && oldest.settled) {
      holds.pollFirst();
      oldest = holds.peekFirst();
    }
    return oldest;
  }

  double sum() {
    return sum;
  }
}
