package com.hotdash.ops.logs;

import java.time.Duration;

/** Counts durations in buckets of at most 1.6 % width, so that memory does not grow with lines. */
final class Histogram {
  private static final int STEPS = 64;

  private final String operation;
  private final long[] buckets = new long[STEPS * 40];
  private long max;
  private UnitSource worst = UnitSource.EXPLICIT;

  Histogram(String operation) {
    this.operation = operation;
  }

  void add(long micros, UnitSource source) {
    long value = Math.max(0, micros);
    buckets[index(value)]++;
    max = Math.max(max, value);
    if (source.compareTo(worst) > 0) {
      worst = source;
    }
  }

  Histogram merge(Histogram other) {
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] += other.buckets[i];
    }
    max = Math.max(max, other.max);
    worst = worst.compareTo(other.worst) >= 0 ? worst : other.worst;
    return this;
  }

  private static int index(long micros) {
    if (micros < STEPS) {
      return (int) micros;
    }
    int shift = 63 - Long.numberOfLeadingZeros(micros) - 6;
    return (int)
        Math.min(STEPS * 40L - 1, (long) (shift + 1) * STEPS + ((micros >>> shift) - STEPS));
  }

  private static long low(int index) {
    return index < STEPS ? index : (long) (STEPS + index % STEPS) << (index / STEPS - 1);
  }

  SlowOperation slow(Duration threshold) {
    long limit = threshold.toNanos() / 1_000;
    long slow = 0;
    long all = 0;
    for (int i = 0; i < buckets.length; i++) {
      all += buckets[i];
      slow += low(i) >= limit ? buckets[i] : 0;
    }
    if (slow == 0 && max >= limit) {
      slow = 1;
    }
    long rank = (all * 95 + 99) / 100;
    long p95 = max;
    long seen = 0;
    for (int i = 0; i < buckets.length && seen < rank; i++) {
      seen += buckets[i];
      p95 = Math.min(max, low(i + 1) - 1);
    }
    return new SlowOperation(operation, slow, all, micros(max), micros(Math.max(0, p95)), worst);
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(Math.multiplyExact(Math.min(micros, Long.MAX_VALUE / 1_000), 1_000));
  }
}
