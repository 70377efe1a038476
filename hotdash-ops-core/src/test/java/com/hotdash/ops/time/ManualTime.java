package com.hotdash.ops.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that moves only when told to, or when somebody sleeps. */
public final class ManualTime {
  private Instant now = Instant.parse("2026-11-23T03:00:00Z");
  private long nanos;
  private final List<Duration> slept = new ArrayList<>();
  private Runnable whenSlept = () -> {};

  /** The time to hand to the code under test. */
  public Time time() {
    return new Time(this::now, this::nanos, this::sleep);
  }

  /** Lets time pass. */
  public synchronized void advance(Duration by) {
    now = now.plus(by);
    nanos += by.toNanos();
  }

  /** The time of day. */
  public synchronized Instant now() {
    return now;
  }

  /** All waits that were asked for, in order. */
  public synchronized List<Duration> slept() {
    return List.copyOf(slept);
  }

  private synchronized long nanos() {
    return nanos;
  }

  /** Has something happen after each wait. */
  public synchronized void whenSlept(Runnable what) {
    whenSlept = what;
  }

  private synchronized void sleep(Duration wait) {
    slept.add(wait);
    advance(wait);
    whenSlept.run();
  }
}
