package com.hotdash.ops.metrics;

/** Which values a sample may have by the type of its family. Buckets have rules of their own. */
final class StrictValues {
  private StrictValues() {}

  static void check(String family, MetricType type, StrictSample sample, long line) {
    double value = sample.value();
    boolean plain = type == MetricType.UNKNOWN || type == MetricType.GAUGE;
    if (!plain && sample.name().equals(family + "_created")) {
      OpenMetricsRule.CREATED.check(Double.isFinite(value) && value >= 0, line);
      return;
    }
    switch (type) {
      case COUNTER -> OpenMetricsRule.COUNTER.check(value >= 0, line);
      case INFO -> OpenMetricsRule.INFO.check(value == 1, line);
      case STATESET -> {
        OpenMetricsRule.STATE_LABEL.check(sample.labels().containsKey(family), line);
        OpenMetricsRule.STATE.check(value == 0 || value == 1, line);
      }
      case SUMMARY -> summary(family, sample, line);
      case GAUGE, UNKNOWN, HISTOGRAM, GAUGEHISTOGRAM -> {
        // Any value.
      }
    }
  }

  private static void summary(String family, StrictSample sample, long line) {
    double value = sample.value();
    if (!sample.name().equals(family)) {
      OpenMetricsRule.SUMMARY_TOTAL.check(value >= 0, line);
      return;
    }
    double quantile = Numbers.ofLabel(sample.labels().getOrDefault("quantile", ""));
    OpenMetricsRule.QUANTILE.check(quantile >= 0 && quantile <= 1, line);
    OpenMetricsRule.QUANTILE_VALUE.check(!(value < 0), line);
  }
}
