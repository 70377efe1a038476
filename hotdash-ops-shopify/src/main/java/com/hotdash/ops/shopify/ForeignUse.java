package com.hotdash.ops.shopify;

/**
 * What others take from the same bucket, seen in replies that report less than our own calls
 * explain, and how much is kept free so that they do not make our calls fail. Points.
 */
final class ForeignUse {
  // HotDash's own Node application is such a consumer, so one is expected before it is seen.
  private static final double EXPECTED_SECONDS = 1;
  private static final double EXPECTED_HALF_LIFE_SECONDS = 10;
  private static final double EXPECTED_HALF_LIFE_REPLIES = 20;
  private static final double LEAST_AFTER_REFUSAL_SECONDS = 0.5;
  private static final double OVER = 1.25;

  // One call in a few thousand may be refused: so slowly is less kept free.
  private static final double SEEN_HALF_LIFE_REPLIES = 4_000;

  // Below this share of the restore rate it is noise: a clock, a rounding, a slow line.
  private static final double NOISE = 0.01;
  private static final double MEMORY_SECONDS = 30;

  private double headroom;
  private double taken;
  private long at;

  ForeignUse(double rate, long now) {
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
            : Math.pow(0.5, seconds / EXPECTED_HALF_LIFE_SECONDS + 1 / EXPECTED_HALF_LIFE_REPLIES);
    taken *= Math.exp(-seconds / MEMORY_SECONDS);
  }

  /** Points that went, little by little or at once. */
  void took(double points) {
    taken += points;
  }

  /** Points that went at once: as many may go again. */
  void jumped(double points) {
    taken += points;
    headroom = Math.max(headroom, OVER * points);
  }

  /** Kept from us what we had counted on. */
  void refused(double missing, double rate) {
    taken += Math.max(missing, NOISE * rate * MEMORY_SECONDS);
    headroom = Math.max(2 * headroom, missing + LEAST_AFTER_REFUSAL_SECONDS * rate);
  }

  /** The first reply told how large the bucket is. */
  void calibrated(double rate) {
    headroom = EXPECTED_SECONDS * rate;
  }

  void atMost(double points) {
    headroom = Math.min(headroom, points);
  }
}
