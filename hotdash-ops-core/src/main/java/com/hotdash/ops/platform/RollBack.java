package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.time.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Goes back to an earlier release's image, one machine after another. Only the image goes back:
 * what the release changed elsewhere stays. Thread-safe.
 */
public final class RollBack extends PlatformAction {
  /** The action's id. */
  public static final String ID = "platform.roll-back";

  // Fetching and replacing took up to 13 s where others measured it, and HotDash's slower check
  // says nothing for up to 45 s after a start.
  private static final int MINUTES_A_WAVE = 1;

  /**
   * Makes the action for a platform, with the limits of the runbook itself.
   *
   * @param reader the platform; machines can be changed if it is a {@link Platform}
   */
  public RollBack(PlatformReader reader) {
    this(reader, AilmentLimits.DEFAULT);
  }

  /**
   * Makes the action for a platform.
   *
   * @param reader the platform; machines can be changed if it is a {@link Platform}
   * @param limits from where on something ails the application, so that it is measured afterwards
   */
  public RollBack(PlatformReader reader, AilmentLimits limits) {
    super(reader, limits, ID, Effect.COMPENSABLE);
  }

  @Override
  PlatformSymptom stands(Proposal proposal) {
    return new ErrorShareSymptom(proposal.goal());
  }

  @Override
  Patience least(Proposal proposal) {
    return ErrorShareSymptom.patience(proposal.goal());
  }

  /**
   * Finds out where to go back to, and what that would change. Reads only.
   *
   * @param limits how many machines at a time, and what must be true afterwards
   * @param deadline when to stop looking
   * @return the change, with no step if there is nowhere to go; or why it could not look
   */
  public Reading<Proposal> propose(RollBackLimits limits, Deadline deadline) {
    try (var look = reader.look(deadline)) {
      var machines = look.machines();
      if (!(machines instanceof Reading.Read<Machines> there)) {
        return Reading.unread(machines.obstacle().orElseThrow());
      }
      var releases = look.releases();
      if (releases instanceof Reading.Unread<List<Release>> unread) {
        return Reading.unread(unread.notChecked());
      }
      var unsure = new ArrayList<Image>();
      var choice =
          RollbackTarget.choose(
              releases.toOptional().orElseThrow(),
              there.value(),
              image -> mayBeThere(look.available(image), image, unsure));
      var draft =
          new Draft(limits, there.value(), releases.toOptional().orElseThrow(), choice, unsure);
      return Reading.of(propose(draft, look, there), summary(draft, there.evidence()));
    }
  }

  /** What nobody could tell is not thrown away here, but objected to in the plan. */
  private static boolean mayBeThere(Reading<Boolean> found, Image image, List<Image> unsure) {
    if (found.toOptional().isEmpty()) {
      unsure.add(image);
    }
    return found.toOptional().orElse(true);
  }

  private Proposal propose(Draft draft, PlatformLook look, Reading.Read<Machines> seen) {
    var steps = draft.toChange().stream().map(each -> step(each, draft.target())).toList();
    var leases = ForeignLeases.of(steps, look, seen.evidence().observedAt());
    var ailments = Ailments.ofMachines(seen.value(), seen.evidence(), look, limits);
    var requests =
        RollBackCase.of(draft.choice, draft.releases, draft.limits, look)
            .filter(each -> !steps.isEmpty());
    // Machines that fail, or answers that are slow, are reasons of their own.
    var against =
        requests.filter(each -> ailments.goal().isEmpty()).flatMap(each -> each.objection());
    var goal = new TreeMap<>(ailments.goal());
    goal.putAll(ErrorShareSymptom.goal(draft.limits));
    var identity = reader.identity().identity();
    return new Proposal(
        ID,
        new Target(MachineSteps.APP, identity, identity),
        Map.of(MachineSteps.RELEASE, Integer.toString(draft.newest())),
        steps,
        goal,
        draft.pace(),
        Stream.of(
                notPromised(draft),
                secretsSince(draft, look),
                requests.flatMap(RollBackCase::note).stream().toList(),
                ailments.gaps(),
                leases.notes())
            .flatMap(List::stream)
            .toList(),
        steps.stream().map(reader::byHand).toList(),
        Stream.of(objections(draft), against.stream().toList(), leases.objections())
            .flatMap(List::stream)
            .toList());
  }

  private static Step step(Machine machine, @Nullable Release target) {
    if (target == null) {
      throw new IllegalStateException("no machine is to be changed without a target");
    }
    return MachineSteps.image(machine, target.image());
  }

  private static List<Objection> objections(Draft draft) {
    var list = new ArrayList<>(Deploys.objections(draft.releases));
    if (draft.limits.allAtOnce() && draft.healthyLeft() > 0) {
      list.add(
          Objection.overridable(
              "healthy-machines",
              draft.healthyLeft() + " of the machines are healthy, and all would be down at once",
              "go back one machine first: rollBack()"));
    }
    var target = draft.target();
    if (target != null && draft.unsure.stream().anyMatch(target.image()::same)) {
      list.add(
          Objection.overridable(
              "image-not-checked",
              "nobody could tell whether the image of " + target.label() + " can be fetched",
              "check the registry; a machine whose image is gone stays as it is"));
    }
    return list;
  }

  private static List<String> notPromised(Draft draft) {
    var lines = new ArrayList<String>();
    var target = draft.target();
    if (target == null) {
      lines.add("There is nowhere to go back to: " + draft.choice.because() + ".");
    } else {
      lines.add("Goes " + told(draft, target) + ".");
      lines.add("Only the image goes back: environment, secrets, sizes and services stay.");
      lines.add(
          "Migrations that ran since "
              + target.label()
              + " stay: its code meets the newer schema.");
      lines.add("The next deploy brings the newer code back, unless it is reverted first.");
      lines.add(draft.howLong());
    }
    draft.choice.passedOver().forEach(each -> lines.add("Passed over: " + each + "."));
    for (var machine : draft.outOfReach()) {
      lines.add("Out of reach: machine " + machine.id() + ", its host does not answer.");
    }
    return lines;
  }

  /** What the code that is gone back to has not run with. */
  private static List<String> secretsSince(Draft draft, PlatformLook look) {
    var target = draft.target();
    if (target == null || draft.toChange().isEmpty()) {
      return List.of();
    }
    var names =
        look.secrets().toOptional().orElse(List.of()).stream()
            .filter(each -> after(each.updatedAt(), target.at()))
            .map(SecretDigest::name)
            .sorted()
            .toList();
    return names.isEmpty()
        ? List.of()
        : List.of(
            "Secrets changed since "
                + target.label()
                + " stay, and its code gets them: "
                + String.join(", ", names)
                + ".");
  }

  private static boolean after(@Nullable Instant at, Instant since) {
    return at != null && at.isAfter(since);
  }

  private static Evidence summary(Draft draft, Evidence read) {
    var target = draft.target();
    return read.withValue(
        target == null ? "no target: " + draft.choice.because() : told(draft, target));
  }

  private static String told(Draft draft, Release target) {
    var leaving = draft.choice.leaving();
    return "from "
        + (leaving == null ? "?" : leaving.label())
        + " to "
        + target.label()
        + " ("
        + target.image().label()
        + ") on "
        + draft.toChange().size()
        + " of "
        + draft.machines.all().size()
        + " machines: "
        + draft.choice.because();
  }

  /** What was read for one proposal, and what follows from it. */
  private record Draft(
      RollBackLimits limits,
      Machines machines,
      List<Release> releases,
      RollbackTarget choice,
      List<Image> unsure) {
    @Nullable Release target() {
      return choice.target();
    }

    /** A sleeping machine keeps sleeping, but must not wake up with the image that is left. */
    List<Machine> toChange() {
      var target = choice.target();
      return target == null ? List.of() : others(target).filter(Machine::hostReachable).toList();
    }

    List<Machine> outOfReach() {
      var target = choice.target();
      return target == null
          ? List.of()
          : others(target).filter(each -> !each.hostReachable()).toList();
    }

    private Stream<Machine> others(Release target) {
      return machines.all().stream()
          .filter(each -> each.state() != MachineState.DESTROYED)
          .filter(each -> !each.image().same(target.image()))
          .filter(each -> !isWellElsewhere(each));
    }

    /** What is healthy on another image than the one that is left needs no cure. */
    private boolean isWellElsewhere(Machine machine) {
      var leaving = choice.leaving();
      return machine.health() == Machine.Health.HEALTHY
          && leaving != null
          && !machine.image().same(leaving.image());
    }

    /** How many of the machines that are to be changed answer well as they are. */
    long healthyLeft() {
      return toChange().stream().filter(each -> each.health() == Machine.Health.HEALTHY).count();
    }

    /** Both ways, so that whoever decides under pressure can compare. */
    String howLong() {
      int all = toChange().size();
      int byWaves = 1 + (all - 1 + wave() - 1) / wave();
      var waves = "one machine first, then " + wave() + " at a time: " + minutes(byWaves);
      var atOnce = "all at once: " + minutes(1);
      if (limits.allAtOnce()) {
        return "Expected for " + atOnce + "; " + waves + ", with rollBack().";
      }
      return "Expected for "
          + waves
          + (healthyLeft() > 0 || all < 2
              ? "."
              : "; none of them is healthy, so that protects nobody; "
                  + atOnce
                  + ", with rollBackAllAtOnce().");
    }

    private static String minutes(int waves) {
      return "about " + waves * MINUTES_A_WAVE + " min";
    }

    private int wave() {
      return limits.atATime(machines.running().size());
    }

    int newest() {
      return releases.stream().mapToInt(Release::version).max().orElse(0);
    }

    Pace pace() {
      return limits.allAtOnce()
          ? new Pace(Math.max(1, toChange().size()), 1, true, false)
          : new Pace(1, wave(), true, false);
    }
  }
}
