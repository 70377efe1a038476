package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives the machines of one group another size: one update and one reboot for each, and none for
 * those that have it or do not run. Thread-safe.
 */
public final class ScaleGuest extends PlatformAction {
  /** The action's id. */
  public static final String ID = "platform.scale-guest";

  /**
   * Makes the action for a platform, with the limits of the runbook itself.
   *
   * @param reader the platform; machines can be changed if it is a {@link Platform}
   */
  public ScaleGuest(PlatformReader reader) {
    this(reader, AilmentLimits.DEFAULT);
  }

  /**
   * Makes the action for a platform.
   *
   * @param reader the platform; machines can be changed if it is a {@link Platform}
   * @param limits from where on something ails the application, so that it is measured afterwards
   */
  public ScaleGuest(PlatformReader reader, AilmentLimits limits) {
    super(reader, limits, ID, Effect.REVERSIBLE);
  }

  @Override
  Optional<Ailments> ailments(Reading.Read<Machines> seen, PlatformLook look) {
    return Optional.of(Ailments.ofMachines(seen.value(), seen.evidence(), look, limits));
  }

  /**
   * Finds out what another size would change. Reads only.
   *
   * @param change the size
   * @param group the process group, or {@code null} if there is only one
   * @param deadline when to stop looking
   * @return the change, or why it could not look
   */
  public Reading<Proposal> propose(GuestChange change, @Nullable String group, Deadline deadline) {
    return propose(deadline, (draft, look) -> draft(change, draft, draft.group(group)));
  }

  private Reading<ChangeDraft> draft(GuestChange change, ChangeDraft draft, List<Machine> all) {
    var rules = reader.guestRules();
    var problems = new TreeMap<String, Objection>();
    for (var machine : all) {
      change.objection(machine.guest(), rules).ifPresent(each -> problems.put(each.name(), each));
    }
    problems.values().forEach(draft::object);
    var changed =
        all.stream().filter(each -> !change.of(each.guest(), rules).equals(each.guest())).toList();
    if (problems.values().stream().noneMatch(Objection::hard)) {
      draft.steps(
          changed.stream(), each -> MachineSteps.guest(each, change.of(each.guest(), rules)));
    }
    changed.stream()
        .map(each -> decrease(each.guest(), change.of(each.guest(), rules)))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            what ->
                draft.object(
                    "decrease", what, "ask for more, or override this and say why less is enough"));
    int running = (int) changed.stream().filter(ChangeDraft::runs).count();
    return draft
        .pace(
            new Pace(
                1, RollBackLimits.DEFAULT.atATime(draft.machines().running().size()), true, false))
        .note(
            "Each machine that runs reboots once (" + running + "); those that sleep stay asleep.")
        .note(
            "The next deploy puts back the size that its own configuration names, if it names one.")
        .drafted(changed.size() + " of " + all.size() + " machines change their size");
  }

  private static Optional<String> decrease(Guest from, Guest to) {
    boolean less =
        to.memoryMb() < from.memoryMb()
            || (to.cpus() < from.cpus() && to.cpuKind().equals(from.cpuKind()));
    return less
        ? Optional.of("it takes something away: " + from + " becomes " + to)
        : Optional.empty();
  }
}
