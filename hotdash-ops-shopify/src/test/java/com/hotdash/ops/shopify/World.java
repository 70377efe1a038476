package com.hotdash.ops.shopify;

import java.util.Comparator;
import java.util.TreeSet;

/** Virtual time: events in their order, one after the other, on the test's own thread. */
final class World implements Alarm {
  static final long MS = 1_000_000;
  static final long SECOND = 1_000_000_000;

  private final TreeSet<Event> events =
      new TreeSet<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private long now;
  private long number;

  long nanos() {
    return now;
  }

  double seconds() {
    return now / 1e9;
  }

  @Override
  public Runnable after(long nanos, Runnable task) {
    var event = new Event(now + Math.max(0, nanos), number++, task);
    events.add(event);
    return () -> events.remove(event);
  }

  /** Without a way back, for what is never taken back. */
  void in(long nanos, Runnable task) {
    events.add(new Event(now + Math.max(0, nanos), number++, task));
  }

  void runUntil(long end) {
    while (!events.isEmpty() && events.first().at() <= end) {
      var next = events.pollFirst();
      now = next.at();
      next.task().run();
    }
    now = Math.max(now, end);
  }

  int pending() {
    return events.size();
  }

  private record Event(long at, long number, Runnable task) {}
}
