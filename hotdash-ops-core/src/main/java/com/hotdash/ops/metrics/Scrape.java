package com.hotdash.ops.metrics;

import java.time.Instant;

/**
 * What one machine exported at one moment.
 *
 * @param instance which machine, by the platform's identifier
 * @param exposition what it exported
 * @param at when, by our clock
 * @param nanos when, by a monotonic clock: {@code time.ticker()}'s reading around the request
 */
public record Scrape(String instance, Exposition exposition, Instant at, long nanos) {
  @Override
  public String toString() {
    return instance + " at " + at + ": " + exposition.summary();
  }
}
