package com.hotdash.ops.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Memory and processor time of one machine, as the platform measured them. What it did not measure
 * is {@code null}, never 0.
 *
 * @param machine its id
 * @param memoryTotal bytes that the machine has, or {@code null}
 * @param memoryUsed bytes that are not available to new work, in the order of time
 * @param coresUsed cores in use over the newest five minutes, or {@code null}
 * @param baselineCores cores that it may use for ever; more only while it has a balance; or {@code
 *     null}
 * @param throttled the share of time, 0 to 1, in which it was held back over the newest five
 *     minutes, or {@code null}
 * @param balance how long it may still use a core beyond its baseline, or {@code null}
 * @param outOfMemory whether an end for want of memory was counted in the window, or {@code null}
 */
public record MachineResources(
    String machine,
    @Nullable Long memoryTotal,
    List<Used> memoryUsed,
    @Nullable Double coresUsed,
    @Nullable Double baselineCores,
    @Nullable Double throttled,
    @Nullable Duration balance,
    @Nullable Boolean outOfMemory) {
  /** Copies the list. */
  public MachineResources {
    memoryUsed = List.copyOf(memoryUsed);
  }

  /**
   * Memory in use at one moment.
   *
   * @param at when, by the platform's clock
   * @param bytes how much
   */
  public record Used(Instant at, long bytes) {}

  /**
   * Works out the share of memory that is in use now.
   *
   * @return 0 to 1 by the newest point; empty if either number is missing
   */
  public OptionalDouble memoryShare() {
    return memoryTotal == null || memoryTotal <= 0 || memoryUsed.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) memoryUsed.get(memoryUsed.size() - 1).bytes() / memoryTotal);
  }
}
