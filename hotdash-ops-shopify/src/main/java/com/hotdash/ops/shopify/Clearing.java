package com.hotdash.ops.shopify;

import java.time.Duration;

/**
 * Lets the bucket fill every few minutes as far as the dearest call needs. Whoever needs much at
 * once is refused while we use all that comes back, and is seen by nobody; once it was let in, room
 * is kept for it ({@link ForeignUse}). Points that wait in the bucket are not lost, only used
 * later.
 */
final class Clearing {
  private static final long EVERY = Duration.ofMinutes(4).toNanos();
  // Who was refused asks again after the exact wait: the last of these are short.
  private static final long KEPT_FREE = Duration.ofMillis(500).toNanos();
  private static final long LONGEST = Duration.ofSeconds(30).toNanos();

  /** Which part of what comes back is kept meanwhile: our own calls go on with the rest. */
  private static final double KEPT = 0.5;

  static final long LOOKED_AT = Duration.ofMillis(100).toNanos();

  private final double largestCall;
  private long since;
  private long begun;
  private long freeSince;
  private double first;
  private boolean running;
  private boolean free;

  Clearing(double largestCall, long now) {
    this.largestCall = largestCall;
    since = now;
  }

  boolean running() {
    return running;
  }

  /**
   * Returns how many points are to be left in the bucket now.
   *
   * @param level what is in it
   * @param held what calls in flight hold, and mostly give back: waiting for that costs little
   */
  double keep(double level, double held, double maximum, double rate, long now) {
    double wanted = Math.min(largestCall, maximum / 2);
    if (!running) {
      if (level >= wanted) {
        since = now; // nobody was kept out
      }
      if (now - since < EVERY) {
        return 0;
      }
      running = true;
      free = false;
      begun = now;
      first = held;
    }
    if (level < wanted) {
      free = false;
    } else if (!free) {
      free = true;
      freeSince = now;
    }
    if ((free && now - freeSince >= KEPT_FREE) || now - begun >= LONGEST) {
      running = false;
      since = now;
      return 0;
    }
    return Math.min(wanted, first + KEPT * rate * (now - begun) / 1e9);
  }
}
