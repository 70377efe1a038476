package com.hotdash.ops.metrics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One value of one series.
 *
 * @param name the sample's own name, such as {@code http_requests_total} or {@code x_bucket}
 * @param labels its labels
 * @param value its value; may be NaN or infinite
 * @param timestamp when the exporter says it was so, or {@code null} if it does not say: now
 */
public record Sample(String name, Labels labels, double value, @Nullable Instant timestamp) {
  @Override
  public String toString() {
    return name + labels + " " + Numbers.text(value) + (timestamp == null ? "" : " " + timestamp);
  }
}
