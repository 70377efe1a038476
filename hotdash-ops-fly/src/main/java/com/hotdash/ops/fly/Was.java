package com.hotdash.ops.fly;

import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.resolution.TargetState;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a machine was like before it was changed, as far as the watch over it needs to know.
 *
 * @param id the machine
 * @param failing its checks that failed already
 * @param old whether an event is one of the time before
 */
record Was(String id, Set<String> failing, Predicate<MachineEvent> old) {
  static Was of(Machine before) {
    var known =
        before.events().stream().map(MachineEvent::id).collect(Collectors.toUnmodifiableSet());
    return new Was(before.id(), failing(before), event -> known.contains(event.id()));
  }

  /**
   * As an earlier look wrote it down; without one, every check must pass.
   *
   * @param since when the change began, or {@code null} if every event counts as younger
   */
  static Was seen(String id, TargetState before, @Nullable Instant since) {
    var failing = before.fields().getOrDefault(MachineSteps.FAILING, "");
    return new Was(
        id,
        failing.isEmpty() ? Set.of() : Set.copyOf(List.of(failing.split(",", -1))),
        event -> since != null && event.at() != null && event.at().isBefore(since));
  }

  Stream<MachineEvent> since(Machine now) {
    return now.events().stream().filter(old.negate());
  }

  static Set<String> failing(Machine machine) {
    return machine.checks().stream()
        .filter(MachineCheck::counts)
        .filter(check -> !check.passing())
        .map(MachineCheck::name)
        .collect(Collectors.toUnmodifiableSet());
  }
}
