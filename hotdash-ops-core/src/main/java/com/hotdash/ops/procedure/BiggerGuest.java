package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.platform.Guest;
import com.hotdash.ops.platform.GuestRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The next size up of a machine, never less of anything.
 *
 * @param from what it is
 * @param to what it would be
 * @param remedy the change that makes it so, by one update of each machine
 */
record BiggerGuest(Guest from, Guest to, Remedy remedy) {
  // The platform's own table of sizes (facts on Fly, section 10). The plan checks it once more.
  private static final List<GuestRule> RULES =
      List.of(
          new GuestRule("shared", "shared-cpu-", Set.of(1, 2, 4, 6, 8), 256, 2_048, 256),
          new GuestRule(
              "performance",
              "performance-",
              Set.of(1, 2, 4, 6, 8, 10, 12, 14, 16),
              2_048,
              8_192,
              1_024));

  /** Twice the memory, or as much as its cpus can have; with more cpus if that is all they can. */
  static Optional<BiggerGuest> memory(Guest now) {
    var rule = rule(now);
    int wanted = 2 * now.memoryMb();
    if (rule.isEmpty()) {
      return Optional.of(ofMemory(now, wanted));
    }
    int possible = fit(rule.get(), now.cpus(), wanted);
    return possible > now.memoryMb() ? Optional.of(ofMemory(now, possible)) : cpus(now, wanted);
  }

  /** The next number of cpus with at least the memory that it has. */
  static Optional<BiggerGuest> cpus(Guest now) {
    return cpus(now, now.memoryMb());
  }

  /** The next number of cpus, and twice the memory: one update does both. */
  static Optional<BiggerGuest> both(Guest now) {
    return cpus(now, 2 * now.memoryMb());
  }

  /** What naming the size alone would make of the memory, in MB: the least that it can have. */
  static Optional<Integer> memoryOfSizeAlone(Guest now) {
    return rule(now).map(rule -> now.cpus() * rule.leastMbPerCpu());
  }

  static Optional<String> sizeName(Guest now) {
    return rule(now).map(rule -> rule.sizeName() + now.cpus() + "x");
  }

  private static Optional<BiggerGuest> cpus(Guest now, int memoryMb) {
    return rule(now)
        .flatMap(
            rule ->
                rule.cpus().stream()
                    .filter(each -> each > now.cpus())
                    .min(Integer::compare)
                    .map(cpus -> of(now, rule, cpus, fit(rule, cpus, memoryMb))));
  }

  private static BiggerGuest of(Guest now, GuestRule rule, int cpus, int memoryMb) {
    var size = rule.sizeName() + cpus + "x";
    return new BiggerGuest(
        now, new Guest(now.cpuKind(), cpus, memoryMb), Remedy.platform("scale", size, memoryMb));
  }

  private static BiggerGuest ofMemory(Guest now, int memoryMb) {
    return new BiggerGuest(
        now,
        new Guest(now.cpuKind(), now.cpus(), memoryMb),
        Remedy.platform("scaleMemory", memoryMb));
  }

  private static int fit(GuestRule rule, int cpus, int memoryMb) {
    int whole = (memoryMb + rule.stepMb() - 1) / rule.stepMb() * rule.stepMb();
    return Math.min(cpus * rule.mostMbPerCpu(), Math.max(cpus * rule.leastMbPerCpu(), whole));
  }

  private static Optional<GuestRule> rule(Guest now) {
    return RULES.stream().filter(each -> each.cpuKind().equals(now.cpuKind())).findFirst();
  }

  @Override
  public String toString() {
    return from + " → " + to;
  }
}
