package com.hotdash.ops.metrics;

import java.util.Locale;
import java.util.Optional;

/** The type that an exposition declares for a family. */
public enum MetricType {
  /** A total since the process began. */
  COUNTER,
  /** A value that goes up and down. */
  GAUGE,
  /** Cumulative counts by upper bound. */
  HISTOGRAM,
  /** A histogram whose counts may fall. */
  GAUGEHISTOGRAM,
  /** Quantiles that the process worked out by itself. */
  SUMMARY,
  /** Facts in labels; its value is 1. */
  INFO,
  /** States, each 0 or 1. */
  STATESET,
  /** Not declared, {@code untyped} or {@code unknown}. */
  UNKNOWN;

  /** By the word of the text format, in any letter case, as the Go parser takes it. */
  static Optional<MetricType> ofText(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "counter" -> Optional.of(COUNTER);
      case "gauge" -> Optional.of(GAUGE);
      case "histogram" -> Optional.of(HISTOGRAM);
      case "gaugehistogram" -> Optional.of(GAUGEHISTOGRAM);
      case "summary" -> Optional.of(SUMMARY);
      case "untyped", "unknown" -> Optional.of(UNKNOWN);
      default -> Optional.empty();
    };
  }

  /** By the word of OpenMetrics, lower case only, and without {@code untyped}. */
  static Optional<MetricType> ofOpenMetrics(String word) {
    return switch (word) {
      case "info" -> Optional.of(INFO);
      case "stateset" -> Optional.of(STATESET);
      case "untyped" -> Optional.empty();
      default ->
          word.equals(word.toLowerCase(Locale.ROOT)) ? ofText(word) : Optional.<MetricType>empty();
    };
  }

  /** What may follow the family's name in the name of a sample. */
  String[] suffixes() {
    return switch (this) {
      case COUNTER -> new String[] {"_total", "_created"};
      case HISTOGRAM -> new String[] {"_bucket", "_count", "_sum", "_created"};
      case GAUGEHISTOGRAM -> new String[] {"_bucket", "_gcount", "_gsum"};
      case SUMMARY -> new String[] {"", "_count", "_sum", "_created"};
      case INFO -> new String[] {"_info"};
      case GAUGE, STATESET, UNKNOWN -> new String[] {""};
    };
  }
}
