package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineSettings;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Fewer machines of a process group run than its configuration wants kept running, which no
 * auto-stop does (facts on HotDash, "Fly configuration"). Made only then.
 *
 * @param group the process group
 * @param running how many run, or are on their way
 * @param wanted how many are to run: {@code min_machines_running}, or all there are, if that is
 *     fewer
 * @param down those that are stopped and did not crash
 * @param changing whether a deploy is queued or under way, which stops and starts machines
 * @param evidence where it was seen
 */
public record FewerRunning(
    String group,
    int running,
    int wanted,
    List<Machine> down,
    boolean changing,
    List<Evidence> evidence)
    implements HealthCheckFailuresFinding {
  private static final Set<MachineState> RUNS =
      EnumSet.of(MachineState.STARTED, MachineState.CHANGING);
  private static final Set<MachineState> SLEEPS =
      EnumSet.of(MachineState.STOPPED, MachineState.SUSPENDED);

  /** Copies the lists. */
  public FewerRunning {
    down = List.copyOf(down);
    evidence = List.copyOf(evidence);
  }

  /** One for each group of which the platform stops machines by itself. */
  static List<FewerRunning> of(Observation seen) {
    var machines = Needs.read(seen, PlatformLook.MACHINES);
    var settings = Needs.read(seen, PlatformLook.SETTINGS);
    // That none runs is told by the platform's checks.
    if (machines.isEmpty() || settings.isEmpty() || machines.get().value().running().isEmpty()) {
      return List.of();
    }
    boolean changing =
        seen.get(PipelineLook.IN_FLIGHT).toOptional().filter(e -> !e.runs().isEmpty()).isPresent();
    return settings.get().value().stream()
        .collect(Collectors.groupingBy(MachineSettings::group))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(
            each ->
                of(
                    each.getKey(),
                    least(each.getValue()),
                    machines.get().value(),
                    changing,
                    evidence(machines.get(), settings.get()))
                    .stream())
        .toList();
  }

  private static Optional<FewerRunning> of(
      String group, int least, Machines machines, boolean changing, List<Evidence> evidence) {
    var ours =
        machines.all().stream()
            .filter(each -> each.group().equals(group))
            .filter(each -> RUNS.contains(each.state()) || SLEEPS.contains(each.state()))
            .toList();
    int running = (int) ours.stream().filter(each -> RUNS.contains(each.state())).count();
    int wanted = Math.min(least, ours.size());
    return running >= wanted
        ? Optional.empty()
        : Optional.of(
            new FewerRunning(
                group,
                running,
                wanted,
                ours.stream()
                    .filter(each -> SLEEPS.contains(each.state()) && !each.crashed())
                    .toList(),
                changing,
                evidence));
  }

  private static int least(List<MachineSettings> settings) {
    return settings.stream()
        .flatMap(each -> each.services().stream())
        .filter(MachineSettings.Service::autostop)
        .mapToInt(MachineSettings.Service::minRunning)
        .max()
        .orElse(0);
  }

  private static List<Evidence> evidence(Reading.Read<?> machines, Reading.Read<?> settings) {
    return List.of(machines.evidence(), settings.evidence());
  }

  @Override
  public String id() {
    return "health.running";
  }

  @Override
  public Severity weight() {
    return Severity.WARNING;
  }

  @Override
  public Verdict verdict() {
    return changing ? Verdict.UNKNOWN : Verdict.PROBLEM;
  }

  @Override
  public String summary() {
    return Names.cut(
        running
            + " of "
            + wanted
            + " machines of "
            + group
            + " run that its configuration wants running"
            + (down.isEmpty()
                ? ""
                : "; stopped: " + Names.some(down.stream().map(Machine::id).toList()))
            + (verdict() == Verdict.UNKNOWN ? ", while a deploy is queued or under way" : ""));
  }
}
