package com.hotdash.ops.metrics;

import static com.hotdash.ops.metrics.StrictOpenMetrics.must;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One family of a strictly read OpenMetrics exposition: its type's rules, sample by sample. */
final class StrictFamily {
  private final String name;
  private final Set<String> described = new HashSet<>();
  private final Set<Map<String, String>> leftSeries = new HashSet<>();
  private final Set<Map<String, String>> seen = new HashSet<>();
  private MetricType type = MetricType.UNKNOWN;
  private @Nullable String unit;
  private @Nullable Map<String, String> series;
  private @Nullable Double pointTime;
  private @Nullable StrictBuckets buckets;
  private boolean samples;

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
    return samples;
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
    samples = true;
    var key = new LinkedHashMap<>(sample.labels());
    key.values().removeIf(String::isEmpty);
    var own = part(sample.name());
    if (own != null) {
      key.remove(own);
    }
    if (!key.equals(series)) {
      endPoint(line);
      if (series != null) {
        leftSeries.add(series);
      }
      must(!leftSeries.contains(key), line, "the samples of one series stand together");
      series = key;
      seen.clear();
    } else if (!Objects.equals(sample.timestamp(), pointTime)) {
      var time = sample.timestamp();
      if (time == null || pointTime == null) {
        throw new OpenMetricsException(
            line, "samples with and without a timestamp are not mixed in one series");
      }
      must(time >= pointTime, line, "the timestamps of a series do not fall");
      endPoint(line);
      seen.clear();
    }
    pointTime = sample.timestamp();
    var identity = new LinkedHashMap<>(sample.labels());
    identity.put(" name", sample.name());
    must(seen.add(identity), line, "a series stands once, or with rising timestamps");
    must(
        !sample.exemplar()
            || (type == MetricType.COUNTER && sample.name().endsWith("_total"))
            || (bucketed() && sample.name().endsWith("_bucket")),
        line,
        "an exemplar stands on a bucket or a counter's total only");
    value(sample, line);
  }

  private boolean bucketed() {
    return type == MetricType.HISTOGRAM || type == MetricType.GAUGEHISTOGRAM;
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

  private void value(StrictSample sample, long line) {
    double value = sample.value();
    boolean created = sample.name().equals(name + "_created");
    if (created && type != MetricType.UNKNOWN && type != MetricType.GAUGE) {
      must(Double.isFinite(value) && value >= 0, line, "a created time is a time");
      return;
    }
    switch (type) {
      case COUNTER -> must(value >= 0, line, "a counter is not negative and not NaN");
      case INFO -> must(value == 1, line, "an info is 1");
      case STATESET -> {
        must(sample.labels().containsKey(name), line, "a state stands in the label of its family");
        must(value == 0 || value == 1, line, "a state is 0 or 1");
      }
      case SUMMARY -> summary(sample, line);
      case HISTOGRAM, GAUGEHISTOGRAM -> {
        var now = buckets == null ? new StrictBuckets(type == MetricType.GAUGEHISTOGRAM) : buckets;
        buckets = now;
        now.add(sample.name().substring(name.length()), sample, line);
      }
      case GAUGE, UNKNOWN -> {
        // Any value.
      }
    }
  }

  private void summary(StrictSample sample, long line) {
    double value = sample.value();
    if (!sample.name().equals(name)) {
      must(value >= 0, line, "a summary's count and sum are not negative and not NaN");
      return;
    }
    double quantile = Numbers.ofLabel(sample.labels().getOrDefault("quantile", ""));
    must(quantile >= 0 && quantile <= 1, line, "a quantile is a number from 0 to 1");
    must(!(value < 0), line, "a quantile's value is not negative");
  }

  private void endPoint(long line) {
    if (buckets != null) {
      buckets.end(line);
      buckets = null;
    }
  }

  void end(long line) {
    endPoint(line);
    if (unit != null && !unit.isEmpty()) {
      must(
          type != MetricType.INFO && type != MetricType.STATESET,
          line,
          "an info or a stateset has no unit");
      must(name.endsWith("_" + unit), line, "the unit is the end of the family's name");
    }
  }
}
