package com.hotdash.ops.metrics;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One family of a strictly read OpenMetrics exposition: what is said of it, and its samples. */
final class StrictFamily {
  private final String name;
  private final Set<String> described = new HashSet<>();
  private MetricType type = MetricType.UNKNOWN;
  private @Nullable String unit;
  private @Nullable StrictPoints points;

  StrictFamily(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  MetricType type() {
    return type;
  }

  void type(MetricType declared) {
    type = declared;
  }

  void unit(String declared) {
    unit = declared;
  }

  boolean once(String key) {
    return described.add(key);
  }

  boolean hasSamples() {
    return points != null;
  }

  boolean owns(String sample) {
    for (var suffix : type.suffixes()) {
      if (sample.equals(name + suffix)) {
        return true;
      }
    }
    return false;
  }

  void add(StrictSample sample, long line) {
    var begun = points;
    if (begun == null) {
      begun = new StrictPoints(name, type);
      points = begun;
    }
    begun.add(sample, line);
  }

  void end(long line) {
    if (points != null) {
      points.end(line);
    }
    if (unit != null && !unit.isEmpty()) {
      boolean state = type == MetricType.INFO || type == MetricType.STATESET;
      OpenMetricsRule.UNIT_OF_STATE.check(!state, line);
      OpenMetricsRule.UNIT_SUFFIX.check(name.endsWith("_" + unit), line);
    }
  }
}
