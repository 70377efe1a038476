package com.hotdash.ops.metrics;

import static com.hotdash.ops.metrics.StrictOpenMetrics.must;

import org.jspecify.annotations.Nullable;

/** The rules of one point of a histogram or gauge histogram. */
final class StrictBuckets {
  private final boolean gauge;
  private double bound = Double.NaN;
  private double count;
  private boolean negativeBound;
  private @Nullable Double total;
  private @Nullable Double sum;

  StrictBuckets(boolean gauge) {
    this.gauge = gauge;
  }

  void add(String suffix, StrictSample sample, long line) {
    double value = sample.value();
    switch (suffix) {
      case "_bucket" -> bucket(sample.labels().get("le"), value, line);
      case "_count", "_gcount" -> {
        must(value >= 0, line, "a histogram's count is not negative and not NaN");
        total = value;
      }
      default -> {
        must(!Double.isNaN(value), line, "a histogram's sum is not NaN");
        must(gauge || value >= 0, line, "a histogram's sum is not negative");
        sum = value;
      }
    }
  }

  private void bucket(@Nullable String le, double value, long line) {
    if (le == null) {
      throw new OpenMetricsException(line, "a bucket has a label le");
    }
    double next = Numbers.ofLabel(le);
    must(!Double.isNaN(next), line, "le is a number");
    must(
        next != Double.POSITIVE_INFINITY || "+Inf".equals(le),
        line,
        "the last bucket is written +Inf");
    must(!(next <= bound), line, "buckets ascend");
    must(value >= 0, line, "a bucket is not negative and not NaN");
    must(value >= count, line, "the counts of buckets do not fall");
    negativeBound |= next < 0;
    bound = next;
    count = value;
  }

  void end(long line) {
    must(bound == Double.POSITIVE_INFINITY, line, "a histogram has a bucket +Inf");
    must((total == null) == (sum == null), line, "count and sum stand both or neither");
    must(total == null || total == count, line, "the count equals the bucket +Inf");
    if (negativeBound) {
      must(gauge || sum == null, line, "there is no sum where a bound is negative");
    } else {
      must(sum == null || sum >= 0, line, "a sum is negative only if a bound is");
    }
  }
}
