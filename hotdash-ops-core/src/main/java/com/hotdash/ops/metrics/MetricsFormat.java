package com.hotdash.ops.metrics;

/** The grammars in which an exposition can be written. */
public enum MetricsFormat {
  /** Prometheus text, 0.0.4 or 1.0.0. Timestamps are milliseconds. */
  PROMETHEUS_TEXT,
  /** OpenMetrics 1.0. Timestamps are seconds. */
  OPEN_METRICS
}
