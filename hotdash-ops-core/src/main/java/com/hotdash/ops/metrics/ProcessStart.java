package com.hotdash.ops.metrics;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the processes of two scrapes began, in seconds since 1970.
 *
 * @param then that of the first scrape, or null if it did not say
 * @param now that of the second scrape, or null if it did not say
 * @param at when the first scrape was made, by our clock
 */
record ProcessStart(@Nullable Double then, @Nullable Double now, Instant at) {
  static final String NAME = "process_start_time_seconds";

  // Start times are the exporter's clock, our times are ours.
  private static final double SKEW_SECONDS = 30;
  private static final double SAME_SECONDS = 1;
  private static final double MOST_SECONDS = 1e10;

  static ProcessStart of(Scrape before, Scrape after) {
    return new ProcessStart(of(before.exposition()), of(after.exposition()), before.at());
  }

  /** How long a process has run, or null if it does not say, or says what cannot be. */
  static @Nullable Duration age(Scrape scrape) {
    var start = of(scrape.exposition());
    if (start == null || start <= 0) {
      return null;
    }
    double seconds = scrape.at().toEpochMilli() / 1e3 - start;
    if (seconds < -SKEW_SECONDS || seconds > MOST_SECONDS) {
      return null;
    }
    // The exporter's clock may be ahead of ours: then it is as young as can be told.
    return Duration.ofMillis(Math.max(1, Math.round(seconds * 1e3)));
  }

  private static @Nullable Double of(Exposition exposition) {
    var samples = exposition.samples(NAME);
    return samples.isEmpty() || !Double.isFinite(samples.get(0).value())
        ? null
        : Double.valueOf(samples.get(0).value());
  }

  /** Whether the process began anew between the scrapes, as far as it says. */
  boolean restarted() {
    return then != null && now != null && now - then > SAME_SECONDS;
  }

  /** Whether the second one ran already when the first was read: they are two at one address. */
  boolean twoProcesses() {
    if (then == null || now == null) {
      return false;
    }
    boolean older = then - now > SAME_SECONDS;
    return older || (restarted() && now < at.toEpochMilli() / 1e3 - SKEW_SECONDS);
  }

  /** Whether the second scrape says it. */
  boolean exported() {
    return now != null;
  }

  /** Whether both say it. */
  boolean known() {
    return then != null && now != null;
  }
}
