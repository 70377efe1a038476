package com.hotdash.ops.time;

import java.time.Duration;

/**
 * A moment by which work must have ended. One deadline goes through all the calls of a diagnosis;
 * each call waits for the smaller of what is left and its own limit. Immutable and thread-safe.
 */
public final class Deadline {
  private final long startNanos;
  private final long limitNanos;
  private final Ticker ticker;

  private Deadline(long startNanos, long limitNanos, Ticker ticker) {
    this.startNanos = startNanos;
    this.limitNanos = limitNanos;
    this.ticker = ticker;
  }

  /**
   * Starts a deadline.
   *
   * @param limit how long from now, more than zero
   * @param ticker measures the time
   * @return the deadline
   * @throws IllegalArgumentException if {@code limit} is zero or negative
   */
  public static Deadline after(Duration limit, Ticker ticker) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("a deadline must lie ahead, not " + limit);
    }
    return new Deadline(ticker.nanos(), limit.toNanos(), ticker);
  }

  /**
   * Returns what is left.
   *
   * @return the time left, zero when it has passed
   */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, limitNanos - (ticker.nanos() - startNanos)));
  }

  /**
   * Returns whether nothing is left.
   *
   * @return true once the moment has passed
   */
  public boolean expired() {
    return remaining().isZero();
  }

  /**
   * Returns how long a call with a limit of its own may take.
   *
   * @param limit the call's own limit, zero or more
   * @return the smaller of the limit and what is left
   */
  public Duration atMost(Duration limit) {
    var left = remaining();
    return left.compareTo(limit) < 0 ? left : limit;
  }

  /**
   * Makes a deadline for a part of the work, which never ends after this one.
   *
   * @param limit the part's own limit; zero makes one that has passed
   * @return the sooner of the two; it has passed if this one has
   */
  public Deadline within(Duration limit) {
    return new Deadline(ticker.nanos(), atMost(limit).toNanos(), ticker);
  }

  @Override
  public String toString() {
    return "Deadline[" + remaining().toMillis() + " ms left]";
  }
}
