package com.hotdash.ops.shopify;

import java.util.ArrayDeque;

/** What replies gave back of late: another reply may report a level from before that. */
final class Refunds {
  private static final long KEPT = 15_000_000_000L;
  // Many calls end in one moment: no more than 15,000 entries, whatever the rate.
  private static final long MOMENT = 1_000_000L;

  private final ArrayDeque<Refund> recent = new ArrayDeque<>();

  void add(double points, long now) {
    while (!recent.isEmpty() && now - recent.getFirst().at > KEPT) {
      recent.removeFirst();
    }
    var newest = recent.peekLast();
    if (newest != null && now - newest.since < MOMENT) {
      newest.points += points;
      newest.at = now;
      return;
    }
    recent.addLast(new Refund(points, now));
  }

  /** The sum since a moment. */
  double since(long moment) {
    double sum = 0;
    for (var newest = recent.descendingIterator(); newest.hasNext(); ) {
      var refund = newest.next();
      if (refund.at - moment < 0) {
        break;
      }
      sum += refund.points;
    }
    return sum;
  }

  private static final class Refund {
    private final long since;
    private long at;
    private double points;

    Refund(double points, long at) {
      this.points = points;
      this.since = at;
      this.at = at;
    }
  }
}
