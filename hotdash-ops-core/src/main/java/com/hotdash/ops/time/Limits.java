package com.hotdash.ops.time;

import java.time.Duration;

/** Refuses limits that cannot be kept, at once and where they are set. */
public final class Limits {
  private Limits() {}

  /**
   * Refuses a time within which nothing can be done.
   *
   * @param limit the time
   * @param name what the caller calls it, for the message
   * @return the time, more than zero
   * @throws IllegalArgumentException if {@code limit} is zero or negative
   */
  public static Duration positive(Duration limit, String name) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(name + " must be more than zero, not " + limit);
    }
    return limit;
  }
}
