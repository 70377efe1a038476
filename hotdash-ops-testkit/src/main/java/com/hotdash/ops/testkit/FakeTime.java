package com.hotdash.ops.testkit;

import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Time that moves only when a test moves it, or when somebody sleeps: a sleep returns at once and
 * moves the time by its length. Clock and ticker move together. Thread-safe.
 */
public final class FakeTime {
  private Instant now;
  private long nanos;
  private final List<Duration> waits = new ArrayList<>();

  private FakeTime(Instant start) {
    this.now = start;
  }

  /**
   * Makes a time that stands still.
   *
   * @param start the time of day that it begins with
   * @return the time
   */
  public static FakeTime startingAt(Instant start) {
    return new FakeTime(start);
  }

  /**
   * Returns the time to hand to the code under test.
   *
   * @return clock, ticker and sleeper, all driven by this object
   */
  public Time time() {
    return new Time(this::now, this::nanos, this::sleep);
  }

  /**
   * Lets time pass.
   *
   * @param by how much, not negative
   * @throws IllegalArgumentException if {@code by} is negative: a ticker never goes back
   */
  public synchronized void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("time does not go back by " + by);
    }
    now = now.plus(by);
    nanos += by.toNanos();
  }

  /**
   * Returns the time of day.
   *
   * @return now
   */
  public synchronized Instant now() {
    return now;
  }

  /**
   * Returns every wait that was asked for, those of zero or less included.
   *
   * @return the waits, in the order they were asked for
   */
  public synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }

  private synchronized long nanos() {
    return nanos;
  }

  private synchronized void sleep(Duration wait) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a wait of " + wait);
    }
    waits.add(wait);
    if (!wait.isNegative()) {
      advance(wait);
    }
  }
}
