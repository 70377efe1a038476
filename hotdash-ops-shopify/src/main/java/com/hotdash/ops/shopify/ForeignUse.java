package com.hotdash.ops.shopify;

/**
 * What others take from the same bucket, seen in replies that report less than our own calls
 * explain, and how much is kept free so that they do not make our calls fail. Points.
 */
final class ForeignUse {
  // HotDash's own Node application is such a consumer, so one is expected before it is seen.
  // What nobody asks for in the first seconds is used by us little by little. Kept for longer, more
  // of those who need much at once would be seen at once, but calls that hold much and use little
  // would be held up: on the smallest plan, at a half-life of 30 s, by 6 % in ten minutes. Who was
  // not seen then is let in by a Clearing.
  private static final double EXPECTED_SECONDS = 1;
  private static final double EXPECTED_HALF_LIFE_SECONDS = 6;
  private static final double LEAST_AFTER_REFUSAL_SECONDS = 0.5;
  private static final double OVER = 1.25;

  // One call in a few thousand may be refused: so slowly is less kept free.
  private static final double SEEN_HALF_LIFE_REPLIES = 4_000;

  // Below this share of the restore rate it is noise: a clock, a rounding, a slow line.
  private static final double NOISE = 0.01;
  private static final double MEMORY_SECONDS = 30;

  // Who took so much at once may do so again: forgotten after one to two of these.
  private static final double LUMPS_KEPT_SECONDS = 300;

  private final double largestCall;
  private double headroom;
  private double taken;
  private double lump;
  private double lumpBefore;
  private double windowSeconds;
  private long at;

  /**
   * @param largestCall what one call can take at once: if nobody leaves as much free, who needs it
   *     is never let in, and never seen
   */
  ForeignUse(double rate, double largestCall, long now) {
    this.largestCall = largestCall;
    headroom = EXPECTED_SECONDS * rate;
    at = now;
  }

  /** Whether somebody else draws on the bucket. */
  boolean present(double rate) {
    return taken > NOISE * rate * MEMORY_SECONDS;
  }

  double headroom() {
    return headroom;
  }

  /** A reply that told the level. */
  void replied(double rate, long now) {
    double seconds = Math.max(0, (now - at) / 1e9);
    at = now;
    headroom *=
        present(rate)
            ? Math.pow(0.5, 1 / SEEN_HALF_LIFE_REPLIES)
            : Math.pow(0.5, seconds / EXPECTED_HALF_LIFE_SECONDS);
    windowSeconds += seconds;
    if (windowSeconds > LUMPS_KEPT_SECONDS) {
      lumpBefore = lump;
      lump = 0;
      windowSeconds = 0;
    }
    headroom = Math.max(headroom, OVER * Math.max(lump, lumpBefore));
    taken *= Math.exp(-seconds / MEMORY_SECONDS);
  }

  /** Points that went, little by little or at once. */
  void took(double points) {
    taken += points;
  }

  /** Points that went at once: as many may go again. */
  void jumped(double points) {
    taken += points;
    lump = Math.max(lump, points);
    headroom = Math.max(headroom, OVER * points);
  }

  /** Kept from us what we had counted on. */
  void refused(double missing, double rate) {
    double least = missing + LEAST_AFTER_REFUSAL_SECONDS * rate;
    headroom = present(rate) ? Math.max(2 * headroom, least) : least;
    taken += Math.max(missing, NOISE * rate * MEMORY_SECONDS);
  }

  /** The first reply told how large the bucket is, and what is in it. */
  void calibrated(double rate, double maximum, double available) {
    headroom = Math.max(EXPECTED_SECONDS * rate, Math.min(available - maximum / 2, largestCall));
  }

  void atMost(double points) {
    headroom = Math.min(headroom, points);
  }
}
