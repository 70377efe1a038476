package com.hotdash.ops.metrics;

import org.jspecify.annotations.Nullable;

/** What an exposition says of a family, while it is read. */
final class Metadata {
  final String name;
  @Nullable MetricType type;
  @Nullable String help;
  @Nullable String unit;

  Metadata(String name) {
    this.name = name;
  }
}
