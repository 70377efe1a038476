package com.hotdash.ops.platform;

import java.time.Duration;
import java.util.List;

/**
 * Memory and processor time of the machines, as the platform measured them from outside.
 *
 * @param window how far back memory is told
 * @param machines one for each machine that was measured, in the order of their ids; one that slept
 *     all the time is missing
 */
public record Resources(Duration window, List<MachineResources> machines) {
  /** Copies the list. */
  public Resources {
    machines = List.copyOf(machines);
  }
}
