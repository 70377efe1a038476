package com.hotdash.ops.testkit.fly;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The counter and the histogram of answered requests. */
final class RequestSeries {
  private static final double[] BOUNDS = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY
  };

  private RequestSeries() {}

  static void add(
      MetricStore store,
      String prefix,
      Map<String, String> labels,
      double seconds,
      long count,
      Instant now) {
    double requests = count;
    store.add(prefix + "s_count", labels, requests, now);
    store.add(prefix + "_time_seconds_count", labels, requests, now);
    store.add(prefix + "_time_seconds_sum", labels, seconds * requests, now);
    for (double bound : BOUNDS) {
      var bucket = new TreeMap<>(labels);
      bucket.put("le", Double.isInfinite(bound) ? "+Inf" : text(bound));
      // A bucket with nothing in it is there too, with a zero.
      store.add(prefix + "_time_seconds_bucket", bucket, seconds <= bound ? requests : 0, now);
    }
  }

  private static String text(double bound) {
    return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
  }
}
