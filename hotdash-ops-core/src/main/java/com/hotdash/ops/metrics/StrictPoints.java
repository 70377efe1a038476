package com.hotdash.ops.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The order of the samples in one family: series after series, point after point. */
final class StrictPoints {
  private final String name;
  private final MetricType type;
  private final boolean bucketed;
  // Sets of labels, not of maps: many of one hash must not make a reading slow.
  private final Set<Labels> left = new HashSet<>();
  private final Set<Labels> seen = new HashSet<>();
  private @Nullable Labels series;
  private @Nullable Double time;
  private @Nullable StrictBuckets buckets;

  StrictPoints(String name, MetricType type) {
    this.name = name;
    this.type = type;
    this.bucketed = type == MetricType.HISTOGRAM || type == MetricType.GAUGEHISTOGRAM;
  }

  void add(StrictSample sample, long line) {
    var own = part(sample.name());
    var labels = Labels.of(sample.labels());
    var key = own == null ? labels : labels.without(own);
    if (!key.equals(series)) {
      begin(key, line);
    } else if (!Objects.equals(sample.timestamp(), time)) {
      later(sample.timestamp(), line);
    }
    time = sample.timestamp();
    OpenMetricsRule.SERIES_ONCE.check(seen.add(named(sample)), line);
    boolean bucket = bucketed && sample.name().endsWith("_bucket");
    boolean total = type == MetricType.COUNTER && sample.name().endsWith("_total");
    OpenMetricsRule.EXEMPLAR_PLACE.check(!sample.exemplar() || bucket || total, line);
    value(sample, line);
  }

  private void begin(Labels key, long line) {
    end(line);
    if (series != null) {
      left.add(series);
    }
    OpenMetricsRule.SERIES_TOGETHER.check(!left.contains(key), line);
    series = key;
    seen.clear();
  }

  private void later(@Nullable Double next, long line) {
    if (next == null || time == null) {
      throw OpenMetricsRule.TIMESTAMPS_MIXED.broken(line);
    }
    OpenMetricsRule.TIMESTAMPS_FALL.check(next >= time, line);
    end(line);
    seen.clear();
  }

  /** The label by which the samples of one series differ. */
  private @Nullable String part(String sample) {
    return switch (type) {
      case HISTOGRAM, GAUGEHISTOGRAM -> sample.equals(name + "_bucket") ? "le" : null;
      case SUMMARY -> sample.equals(name) ? "quantile" : null;
      case STATESET -> name;
      default -> null;
    };
  }

  private static Labels named(StrictSample sample) {
    var all = new HashMap<>(sample.labels());
    // No label has a space in its name.
    all.put(" name", sample.name());
    return Labels.of(all);
  }

  private void value(StrictSample sample, long line) {
    if (bucketed && !sample.name().endsWith("_created")) {
      var now = buckets == null ? new StrictBuckets(type == MetricType.GAUGEHISTOGRAM) : buckets;
      buckets = now;
      now.add(sample.name().substring(name.length()), sample, line);
    } else {
      StrictValues.check(name, type, sample, line);
    }
  }

  /** Ends a point, and maybe its series. */
  void end(long line) {
    if (buckets != null) {
      buckets.end(line);
      buckets = null;
    }
  }
}
