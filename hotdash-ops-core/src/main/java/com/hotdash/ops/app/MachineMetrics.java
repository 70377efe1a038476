package com.hotdash.ops.app;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.metrics.Exposition;
import com.hotdash.ops.metrics.Scrape;

/**
 * What one machine exports, or why that could not be read.
 *
 * @param instance the machine
 * @param scrape what it exported at one moment; unread also if it answered with something else
 */
public record MachineMetrics(Instance instance, Reading<Scrape> scrape) {
  /**
   * Returns whether all that the machine exports was read.
   *
   * @return false if it was not read, or in part
   */
  public boolean whole() {
    return scrape.toOptional().map(Scrape::exposition).filter(read -> !read.partial()).isPresent();
  }

  /** Returns one line: how much was read, or the obstacle. */
  @Override
  public String toString() {
    return scrape
        .toOptional()
        .map(Scrape::exposition)
        .map(read -> Line.of(instance.id() + ": " + summary(read)))
        .orElseGet(() -> scrape.obstacle().map(Line::of).orElse(instance.id()));
  }

  private static String summary(Exposition read) {
    return read.toString().lines().findFirst().orElse("");
  }
}
