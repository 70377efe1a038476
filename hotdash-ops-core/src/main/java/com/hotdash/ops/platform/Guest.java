package com.hotdash.ops.platform;

/**
 * The size of a machine.
 *
 * @param cpuKind such as {@code shared}, in the platform's word
 * @param cpus how many
 * @param memoryMb memory in MB
 */
public record Guest(String cpuKind, int cpus, int memoryMb) {
  @Override
  public String toString() {
    return cpuKind + " " + cpus + " cpu " + memoryMb + " MB";
  }
}
