package com.hotdash.ops.metrics;

import java.time.Duration;
import java.util.Locale;

/**
 * One machine that was scraped twice.
 *
 * @param instance which machine
 * @param elapsed between the scrapes, by a monotonic clock
 * @param restarted whether its process began anew in between: its growth is a lower bound
 * @param resets how many series fell although the process is the same
 */
public record MachineWindow(String instance, Duration elapsed, boolean restarted, int resets) {
  @Override
  public String toString() {
    return instance
        + (restarted ? " (restarted)" : "")
        + (resets > 0 ? String.format(Locale.ROOT, " (%,d series began anew)", resets) : "");
  }
}
