package com.hotdash.ops.procedure;

import com.hotdash.ops.logs.ErrorGroup;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which machines have the trouble and which surely have not: by the platform's checks where one
 * fails or a machine crashed, else by whose log the errors are.
 *
 * @param sick those that have it
 * @param well those that have not
 */
record Affected(Set<String> sick, Set<String> well) {
  private static final Affected UNKNOWN = new Affected(Set.of(), Set.of());
  // Fewer errors are noise, whoever wrote them.
  private static final long LEAST = 5;
  // Shares of what the worst machine wrote: what lies between tells nothing.
  private static final double SICK_FROM = 0.2;
  private static final double WELL_TO = 0.02;

  Affected {
    sick = Set.copyOf(sick);
    well = Set.copyOf(well);
  }

  static Affected of(Observation seen) {
    var machines = seen.get(PlatformLook.MACHINES).toOptional().orElse(null);
    if (machines == null) {
      return UNKNOWN;
    }
    var sick = ids(machines, each -> each.health() == Machine.Health.FAILING || each.crashed());
    return sick.isEmpty()
        ? seen.get(PlatformLook.LOGS).toOptional().map(log -> byLog(machines, log)).orElse(UNKNOWN)
        : new Affected(sick, ids(machines, each -> each.health() == Machine.Health.HEALTHY));
  }

  private static Affected byLog(Machines machines, LogSummary log) {
    var errors = new HashMap<String, Long>();
    log.groups().stream()
        .map(ErrorGroup::machines)
        .flatMap(each -> each.entrySet().stream())
        .forEach(each -> errors.merge(each.getKey(), each.getValue(), Long::sum));
    long most = errors.values().stream().mapToLong(Long::longValue).max().orElse(0);
    // What was not read may hold the other machines' errors.
    if (most < LEAST || !log.coverage().complete()) {
      return UNKNOWN;
    }
    var running = machines.running().stream().map(Machine::id).collect(Collectors.toSet());
    return new Affected(
        running.stream()
            .filter(id -> share(errors, id, most) >= SICK_FROM)
            .collect(Collectors.toSet()),
        running.stream()
            .filter(id -> share(errors, id, most) <= WELL_TO)
            .collect(Collectors.toSet()));
  }

  private static double share(Map<String, Long> errors, String machine, long most) {
    return (double) errors.getOrDefault(machine, 0L) / most;
  }

  private static Set<String> ids(Machines machines, Predicate<Machine> condition) {
    return machines.all().stream()
        .filter(condition)
        .map(Machine::id)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the trouble shows only where a change has arrived; null if nobody can tell. */
  @Nullable Boolean onlyOn(Changed change) {
    var reached = change.reached();
    if (reached == null) {
      return null;
    }
    if (reached.isEmpty() && !change.missed().isEmpty()) {
      // What no machine has cannot be why any of them is ill, whichever it is.
      return false;
    }
    if (sick.isEmpty()) {
      return null;
    }
    if (sick.stream().anyMatch(change.missed()::contains)) {
      return false;
    }
    boolean only = reached.containsAll(sick) && well.stream().anyMatch(change.missed()::contains);
    return only ? Boolean.TRUE : null;
  }
}
