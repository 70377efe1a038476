package com.hotdash.ops.testkit.github;

import java.time.Duration;
import java.time.Instant;

/** A primary limit: so many requests until the window ends. Guarded by its gate's lock. */
final class Limit {
  final String resource;
  final Duration window;
  int limit;
  int used;
  Instant reset;

  Limit(String resource, int limit, Duration window, Instant now) {
    this.resource = resource;
    this.limit = limit;
    this.window = window;
    this.reset = now.plus(window);
  }

  void at(Instant now) {
    if (!now.isBefore(reset)) {
      used = 0;
      reset = now.plus(window);
    }
  }

  int remaining() {
    return Math.max(0, limit - used);
  }
}
