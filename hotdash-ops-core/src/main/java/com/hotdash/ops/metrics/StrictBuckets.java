package com.hotdash.ops.metrics;

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
        OpenMetricsRule.COUNT.check(value >= 0, line);
        total = value;
      }
      default -> {
        OpenMetricsRule.SUM.check(!Double.isNaN(value), line);
        OpenMetricsRule.SUM.check(gauge || value >= 0, line);
        sum = value;
      }
    }
  }

  private void bucket(@Nullable String le, double value, long line) {
    if (le == null) {
      throw OpenMetricsRule.LE_MISSING.broken(line);
    }
    double next = Numbers.ofLabel(le);
    OpenMetricsRule.LE_NUMBER.check(!Double.isNaN(next), line);
    OpenMetricsRule.LE_SPELLING.check(next != Double.POSITIVE_INFINITY || "+Inf".equals(le), line);
    OpenMetricsRule.BUCKETS_ASCEND.check(!(next <= bound), line);
    OpenMetricsRule.BUCKET.check(value >= 0, line);
    OpenMetricsRule.BUCKETS_FALL.check(value >= count, line);
    negativeBound |= next < 0;
    bound = next;
    count = value;
  }

  void end(long line) {
    OpenMetricsRule.BUCKET_INF.check(bound == Double.POSITIVE_INFINITY, line);
    OpenMetricsRule.COUNT_AND_SUM.check((total == null) == (sum == null), line);
    OpenMetricsRule.COUNT_EQUALS.check(total == null || total == count, line);
    if (negativeBound) {
      OpenMetricsRule.SUM_OF_NEGATIVE.check(gauge || sum == null, line);
    } else {
      OpenMetricsRule.GAUGE_SUM.check(sum == null || sum >= 0, line);
    }
  }
}
