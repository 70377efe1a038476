package com.hotdash.ops.metrics;

import java.time.Duration;

/**
 * By how much one series grew between two scrapes of one machine.
 *
 * @param instance which machine
 * @param name the sample's name
 * @param labels its labels
 * @param amount by how much it grew; not negative
 * @param elapsed between which time
 * @param lowerBound whether it began anew in between, so that some growth is lost
 */
public record Increase(
    String instance,
    String name,
    Labels labels,
    double amount,
    Duration elapsed,
    boolean lowerBound) {

  /**
   * Returns the rate.
   *
   * @return growth per second
   */
  public double perSecond() {
    return amount / (elapsed.toNanos() / 1e9);
  }
}
