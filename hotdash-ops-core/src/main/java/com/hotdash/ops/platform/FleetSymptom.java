package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom.Measurement;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Machines that are not as a change was to leave them, or fewer healthy ones than there were. */
final class FleetSymptom implements PlatformSymptom {
  private static final String HEALTHY = "healthy_at_least";

  private final List<Step> steps;
  private final int healthy;

  FleetSymptom(Proposal proposal) {
    this.steps = proposal.steps();
    this.healthy = Integer.parseInt(proposal.goal().getOrDefault(HEALTHY, "0"));
  }

  static Map<String, String> goal(int healthy) {
    return Map.of(HEALTHY, Integer.toString(healthy));
  }

  @Override
  public String goal() {
    return "each machine is as planned, and at least " + healthy + " are healthy";
  }

  @Override
  public Reading<Measurement> measure(PlatformLook look) {
    var read = look.machines();
    var machines = read.toOptional().orElse(null);
    if (machines == null) {
      return Reading.unread(read.obstacle().orElseThrow());
    }
    var notAsPlanned = steps.stream().filter(step -> !met(step, machines)).toList();
    int well = machines.healthy().size();
    long mayBeWell =
        machines.running().stream().filter(each -> each.health() == Machine.Health.UNKNOWN).count();
    if (notAsPlanned.isEmpty() && well < healthy && well + mayBeWell >= healthy) {
      return Reading.unread(
          new NotChecked(
              "health of machines",
              Why.TOO_LITTLE_DATA,
              well + " healthy, " + mayBeWell + " have not reported yet",
              "wait for their checks"));
    }
    var summary =
        well
            + " machines are healthy, "
            + (steps.size() - notAsPlanned.size())
            + " of "
            + steps.size()
            + " steps stand"
            + notAsPlanned.stream().findFirst().map(step -> ", not: " + step).orElse("");
    return Reading.of(
        new Measurement(
            well < healthy || !notAsPlanned.isEmpty(),
            summary,
            Map.of("healthy machines", (double) well)),
        read.evidenceIfRead().orElseThrow().withValue(summary));
  }

  /** What the reader cannot tell, such as a digest of a secret, was told by the control. */
  private static boolean met(Step step, Machines machines) {
    var kind = step.target().kind();
    if (!kind.equals(MachineSteps.MACHINE) && !kind.equals(MachineSteps.CONFIG)) {
      return true;
    }
    var machine = find(MachineSteps.machine(step.target()), machines);
    if (step.after().equals(Step.GONE)) {
      return machine.isEmpty();
    }
    return machine.map(MachineSteps::fields).filter(fields -> met(step, fields)).isPresent();
  }

  private static boolean met(Step step, Map<String, String> fields) {
    return step.after().entrySet().stream()
        .filter(want -> fields.containsKey(want.getKey()))
        .allMatch(
            want ->
                want.getValue().equals(Step.ANOTHER)
                    ? !Objects.equals(fields.get(want.getKey()), step.assumes().get(want.getKey()))
                    : want.getValue().equals(fields.get(want.getKey())));
  }

  private static Optional<Machine> find(String id, Machines machines) {
    return machines.all().stream()
        .filter(each -> each.id().equals(id) && each.state() != MachineState.DESTROYED)
        .findFirst();
  }
}
