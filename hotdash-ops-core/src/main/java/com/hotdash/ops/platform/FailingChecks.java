package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom.Measurement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Machines whose checks fail. */
final class FailingChecks implements PlatformSymptom {
  private static final String MACHINES = "checks_pass_on";

  private final List<String> ids;

  private FailingChecks(List<String> ids) {
    this.ids = ids;
  }

  static Map<String, String> goal(Machines machines) {
    var failing =
        machines.all().stream()
            .filter(each -> each.health() == Machine.Health.FAILING)
            .map(Machine::id)
            .sorted()
            .collect(Collectors.joining(","));
    return failing.isEmpty() ? Map.of() : Map.of(MACHINES, failing);
  }

  static Optional<PlatformSymptom> of(Map<String, String> goal) {
    return Optional.ofNullable(goal.get(MACHINES))
        .map(ids -> new FailingChecks(List.of(ids.split(",", -1))));
  }

  @Override
  public String goal() {
    return "all checks pass on " + String.join(", ", ids);
  }

  /**
   * What was done away with fails no more; what sleeps or crashed has not shown that it is well.
   */
  @Override
  public Reading<Measurement> measure(PlatformLook look) {
    var read = look.machines();
    var machines = read.toOptional().orElse(null);
    if (machines == null) {
      return Reading.unread(read.obstacle().orElseThrow());
    }
    var left =
        machines.all().stream()
            .filter(each -> ids.contains(each.id()) && each.state() != MachineState.DESTROYED)
            .filter(each -> each.health() != Machine.Health.HEALTHY)
            .toList();
    var sick =
        left.stream()
            .filter(each -> each.health() == Machine.Health.FAILING || each.crashed())
            .map(Machine::id)
            .toList();
    if (sick.isEmpty() && !left.isEmpty()) {
      return PlatformSymptom.tooLittle(
          "checks of " + left.get(0).id(),
          left.get(0).stateText() + ", and not all of its checks have reported",
          "wait for them");
    }
    var summary =
        sick.isEmpty()
            ? "all checks pass on " + String.join(", ", ids)
            : "checks fail on " + String.join(", ", sick);
    return Reading.of(
        new Measurement(
            !sick.isEmpty(), summary, Map.of("machines with failing checks", (double) sick.size())),
        read.evidenceIfRead().orElseThrow().withValue(summary));
  }
}
