package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Restarts machines that run, one after another, each only while another one is healthy. What a
 * restart destroys is kept in the journal first. Cannot be undone, and is never asked for twice.
 * Thread-safe.
 */
public final class RestartMachines extends PlatformAction {
  /** The action's id. */
  public static final String ID = "platform.restart";

  /** How long a machine that has just started is left alone, unless somebody says otherwise. */
  public static final Duration COOLDOWN = Duration.ofMinutes(10);

  private static final Duration TAIL = Duration.ofMinutes(10);
  private static final int LOOP = 3;

  /**
   * Makes the action for a platform, with the limits of the runbook itself.
   *
   * @param reader the platform; machines can be restarted if it is a {@link Platform}
   */
  public RestartMachines(PlatformReader reader) {
    this(reader, AilmentLimits.DEFAULT);
  }

  /**
   * Makes the action for a platform.
   *
   * @param reader the platform; machines can be restarted if it is a {@link Platform}
   * @param limits from where on something ails the application, so that it is measured afterwards
   */
  public RestartMachines(PlatformReader reader, AilmentLimits limits) {
    super(reader, limits, ID, Effect.IRREVERSIBLE);
  }

  @Override
  Optional<Ailments> ailments(Reading.Read<Machines> seen, PlatformLook look) {
    return Optional.of(Ailments.ofMachines(seen.value(), seen.evidence(), look, limits));
  }

  @Override
  public boolean absenceProves() {
    return false;
  }

  /**
   * Finds out what restarting one machine would come to. Reads only.
   *
   * @param machine the machine's id
   * @param deadline when to stop looking
   * @return the change, or why it could not look
   */
  public Reading<Proposal> propose(String machine, Deadline deadline) {
    return propose(
        deadline,
        (draft, look) -> {
          var found = draft.machine(machine);
          if (found != null && !ChangeDraft.runs(found)) {
            draft.refuse(
                "not-running",
                "machine " + machine + " is " + found.stateText() + ": a restart would start it",
                "leave it, or start it by hand");
          }
          return draft(
              draft, found == null || !ChangeDraft.runs(found) ? List.of() : List.of(found));
        });
  }

  /**
   * Finds out what restarting all machines that run would come to. Reads only.
   *
   * @param deadline when to stop looking
   * @return the change, or why it could not look
   */
  public Reading<Proposal> proposeAll(Deadline deadline) {
    return propose(
        deadline,
        (draft, look) -> draft(draft, draft.reachable(draft.machines().running().stream())));
  }

  private static Reading<ChangeDraft> draft(ChangeDraft draft, List<Machine> chosen) {
    boolean spared = chosen.stream().allMatch(each -> spared(each, draft.machines()));
    if (!spared) {
      draft.object(
          "last-healthy",
          "no other machine of its group is healthy: nobody would answer meanwhile",
          "cure or add another one first: scaleCount(n)");
    }
    chosen.forEach(each -> objections(draft, each));
    alike(draft);
    return draft
        .steps(chosen.stream(), each -> MachineSteps.restart(each, spared))
        .note("A restart hides the cause: what it destroys is kept in the journal first.")
        .note("It does not repair a database or service that fails, and reconnects all at once.")
        .note("Machines started now also take secrets that are staged, others do not.")
        .drafted(chosen.size() + " of " + draft.machines().running().size() + " machines restart");
  }

  private static boolean spared(Machine machine, Machines all) {
    return MachineSteps.YES.equals(MachineSteps.fields(machine, all).get(MachineSteps.OTHERS));
  }

  private static void objections(ChangeDraft draft, Machine machine) {
    var started = machine.startedAt();
    if (started != null && started.plus(COOLDOWN).isAfter(draft.seenAt())) {
      draft.object(
          "cooldown",
          "machine "
              + machine.id()
              + " started at "
              + Stamp.of(started)
              + ", less than "
              + COOLDOWN.toMinutes()
              + " min ago",
          "look at its log instead: another restart will not do more than that one");
    }
    if (loops(machine, draft.seenAt())) {
      draft.object(
          "restart-loop",
          "machine " + machine.id() + " keeps ending and is started again by the platform",
          "look at its exits; for memory: scaleMemory(mb)");
    }
  }

  private static boolean loops(Machine machine, Instant now) {
    var recent =
        machine.exits().stream()
            .filter(each -> !each.requested() && each.at().isAfter(now.minus(COOLDOWN)))
            .toList();
    return recent.size() >= LOOP || recent.stream().anyMatch(each -> each.restarts() >= LOOP);
  }

  private static void alike(ChangeDraft draft) {
    var running = draft.machines().running();
    if (running.size() > 1
        && running.stream().allMatch(each -> each.health() == Machine.Health.FAILING)) {
      draft.object(
          "all-fail-alike",
          "all " + running.size() + " machines fail: the cause is hardly in one of them",
          "look at the last release, the database and the vendors first");
    }
  }

  @Override
  public Optional<Reading<List<String>>> evidence(Step step, Deadline deadline) {
    var id = MachineSteps.machine(step.target());
    try (var look = reader.look(deadline)) {
      var machines = look.machines();
      var machine =
          machines.map(all -> all.all().stream().filter(each -> each.id().equals(id)).toList());
      var tail = look.tail(id, TAIL);
      // The platform keeps the log by itself, so one that cannot be read is said and does no harm.
      var lines =
          tail.toOptional()
              .orElseGet(
                  () ->
                      List.of("log not read: " + tail.obstacle().map(Object::toString).orElse("")));
      return Optional.of(machine.map(found -> evidence(found, lines)));
    }
  }

  private static List<String> evidence(List<Machine> found, List<String> tail) {
    var lines = new ArrayList<String>();
    for (var machine : found) {
      lines.add(
          machine.id() + " " + machine.stateText() + " " + machine.image() + " " + machine.guest());
      lines.add("started at " + machine.startedAt());
      machine
          .checks()
          .forEach(
              each ->
                  lines.add("check " + each.name() + " " + each.status() + ": " + each.output()));
      machine.exits().forEach(each -> lines.add(each.toString()));
    }
    lines.addAll(tail);
    return lines;
  }
}
