package com.hotdash.ops.platform;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which sizes a platform has of one kind of cpu.
 *
 * @param cpuKind the kind, as {@link Guest#cpuKind} says it
 * @param sizeName the beginning of the names of its sizes, such as {@code shared-cpu-}, which end
 *     in the number of cpus and an x
 * @param cpus how many cpus a machine can have
 * @param leastMbPerCpu least memory for each cpu, in MB
 * @param mostMbPerCpu most memory for each cpu, in MB
 * @param stepMb memory goes in steps of so many MB, at least 1
 */
public record GuestRule(
    String cpuKind,
    String sizeName,
    Set<Integer> cpus,
    int leastMbPerCpu,
    int mostMbPerCpu,
    int stepMb) {
  /** Copies the numbers. */
  public GuestRule {
    cpus = Set.copyOf(cpus);
  }

  /** Tells why a size of this kind does not exist, with the values that would fit. */
  Optional<String> problem(Guest guest) {
    if (!cpus.contains(guest.cpus())) {
      return Optional.of(
          "a "
              + cpuKind
              + " machine has one of "
              + new TreeSet<>(cpus)
              + " cpus, not "
              + guest.cpus());
    }
    int least = guest.cpus() * leastMbPerCpu;
    int most = guest.cpus() * mostMbPerCpu;
    int mb = guest.memoryMb();
    return mb < least || mb > most || mb % stepMb != 0
        ? Optional.of(
            "%s with %d cpus takes %d to %d MB in steps of %d, not %d"
                .formatted(cpuKind, guest.cpus(), least, most, stepMb, mb))
        : Optional.empty();
  }

  /** Reads the number of cpus out of the name of a size of this kind. */
  Optional<Integer> cpusOf(String size) {
    return cpus.stream().filter(each -> size.equals(sizeName + each + "x")).findFirst();
  }
}
