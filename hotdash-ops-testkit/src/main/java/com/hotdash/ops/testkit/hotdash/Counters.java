package com.hotdash.ops.testkit.hotdash;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What one process has counted since it started. Guarded by its machine's lock. */
final class Counters {
  final Map<String, Long> counts = new TreeMap<>();
  final Map<String, Spread> spreads = new LinkedHashMap<>();

  /** A histogram's state: counts below each bound, all, and the sum. */
  static final class Spread {
    final double[] bounds;
    final long[] below;
    long count;
    double sum;

    Spread(double... bounds) {
      this.bounds = bounds;
      this.below = new long[bounds.length];
    }

    void observe(double value, long times) {
      for (int i = 0; i < bounds.length; i++) {
        below[i] += value <= bounds[i] ? times : 0;
      }
      count += times;
      sum += value * times;
    }
  }

  void add(String series, long by) {
    if (by > 0) {
      counts.merge(series, by, Long::sum);
    }
  }

  void observe(String series, double[] bounds, double value, long times) {
    if (times > 0) {
      spreads.computeIfAbsent(series, s -> new Spread(bounds)).observe(value, times);
    }
  }
}
