package com.hotdash.ops.metrics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one metric, with what the exposition says of it.
 *
 * @param name the family's name; in OpenMetrics a counter's lacks {@code _total}
 * @param type its type
 * @param help its help text, or {@code null} if there is none
 * @param unit its unit, or {@code null} if there is none
 * @param samples its samples, in the order read
 */
public record MetricFamily(
    String name,
    MetricType type,
    @Nullable String help,
    @Nullable String unit,
    List<Sample> samples) {
  /** Copies the samples. */
  public MetricFamily {
    samples = List.copyOf(samples);
  }
}
