package com.hotdash.ops.shopify;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells polling from chance: calls that come at even intervals. */
final class Period {
  private static final int LEAST_INTERVALS = 5;
  // A timer's intervals differ by what a call takes; those of people differ by far more than this.
  private static final double EVEN = 0.2;
  private static final long SHORTEST = 500_000_000L;

  private Period() {}

  /** Returns the interval, or {@code null} if the calls come at no fixed one. */
  static @Nullable Duration of(List<Long> begun) {
    int intervals = begun.size() - 1;
    if (intervals < LEAST_INTERVALS) {
      return null;
    }
    double mean = (begun.get(intervals) - begun.get(0)) / (double) intervals;
    double squares = 0;
    for (int i = 0; i < intervals; i++) {
      double off = begun.get(i + 1) - begun.get(i) - mean;
      squares += off * off;
    }
    return mean >= SHORTEST && Math.sqrt(squares / intervals) <= EVEN * mean
        ? Duration.ofMillis(Math.round(mean / 1e6))
        : null;
  }
}
