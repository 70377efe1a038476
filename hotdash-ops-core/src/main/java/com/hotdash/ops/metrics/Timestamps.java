package com.hotdash.ops.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads timestamps: whole milliseconds in Prometheus text, seconds in OpenMetrics. */
final class Timestamps {
  // Instant ends at 10^9 years; far before that a time is no time.
  private static final double MOST_SECONDS = 1e12;
  private static final int MOST_DIGITS = 18;

  private Timestamps() {}

  static @Nullable Instant millis(byte[] b, int from, int to) {
    boolean negative = b[from] == '-';
    int i = negative || b[from] == '+' ? from + 1 : from;
    if (i == to || to - i > MOST_DIGITS) {
      return null;
    }
    long millis = 0;
    for (; i < to; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return null;
      }
      millis = millis * 10 + (b[i] - '0');
    }
    return Instant.ofEpochMilli(negative ? -millis : millis);
  }

  static @Nullable Instant seconds(Numbers numbers, byte[] b, int from, int to) {
    double seconds = numbers.parse(b, from, to);
    if (!numbers.valid() || !(Math.abs(seconds) < MOST_SECONDS)) {
      return null;
    }
    double whole = Math.floor(seconds);
    return Instant.ofEpochSecond((long) whole, Math.round((seconds - whole) * 1e9));
  }
}
