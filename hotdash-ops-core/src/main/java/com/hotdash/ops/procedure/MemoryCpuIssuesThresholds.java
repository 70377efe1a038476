package com.hotdash.ops.procedure;

import java.time.Duration;

/**
 * From where on memory, processor time or the ends of processes are an incident.
 *
 * @param memory the share of a machine's memory in use from which it is scarce
 * @param memoryCritical the share from which users are hurt any minute
 * @param cpu the share of a machine's cores in use from which none is left
 * @param throttled the share of time in which a machine may be held back by the platform
 * @param balance how long a machine must still be able to go beyond its baseline
 * @param eventLoop how late the event loop may be, at its 99th percentile; more is a problem
 * @param collecting the share of time that may go into collecting garbage
 * @param openFiles the share of the files that a process may open, from which it soon cannot
 * @param window how long ago an end may be and still be one of now
 * @param loop how many ends within the window are a loop
 * @param leakAhead how far ahead a leak that fills the memory is a problem
 */
public record MemoryCpuIssuesThresholds(
    double memory,
    double memoryCritical,
    double cpu,
    double throttled,
    Duration balance,
    Duration eventLoop,
    double collecting,
    double openFiles,
    Duration window,
    int loop,
    Duration leakAhead) {
  /**
   * 80 and 90 % of memory and 0.5 s of the event loop, which are the runbook's alert rules (R6.P2);
   * the rest are ours, since it names no number: 90 % of the cores; a tenth of the time held back;
   * a minute of balance, of 500 s at most; a fifth of the time for garbage; 80 % of the files; an
   * hour, over which the platform's own query counts ends; three ends, as for restarts; a day.
   */
  public static final MemoryCpuIssuesThresholds DEFAULT =
      new MemoryCpuIssuesThresholds(
          0.8,
          0.9,
          0.9,
          0.1,
          Duration.ofMinutes(1),
          Duration.ofMillis(500),
          0.2,
          0.8,
          Duration.ofHours(1),
          3,
          Duration.ofDays(1));

  /** Checks the bounds. */
  public MemoryCpuIssuesThresholds {
    for (double share :
        new double[] {memory, memoryCritical, cpu, throttled, collecting, openFiles}) {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException("a share lies above 0 and is at most 1, not " + share);
      }
    }
    if (memory > memoryCritical) {
      throw new IllegalArgumentException("memory is scarce before it is critical");
    }
    if (loop < 2) {
      throw new IllegalArgumentException("a loop has at least 2 ends, not " + loop);
    }
    if (balance.isNegative() || eventLoop.isNegative()) {
      throw new IllegalArgumentException("a duration must not be negative");
    }
    if (!(window.compareTo(Duration.ZERO) > 0 && leakAhead.compareTo(Duration.ZERO) > 0)) {
      throw new IllegalArgumentException("a window is more than zero");
    }
  }
}
