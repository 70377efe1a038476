package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A change of the platform in the making, with what was seen when it was drafted. */
final class ChangeDraft {
  private final PlatformReader reader;
  private final String action;
  private final Machines machines;
  private final Reading<List<Release>> releases;
  private final Evidence evidence;
  private final List<Step> steps = new ArrayList<>();
  private final List<String> notPromised = new ArrayList<>();
  private final List<Objection> objections = new ArrayList<>();
  private final Map<String, String> ailments = new TreeMap<>();
  private Pace pace = Pace.CAREFUL;
  private int healthyAfter;
  private String summary = "";

  ChangeDraft(
      PlatformReader reader,
      String action,
      Machines machines,
      Reading<List<Release>> releases,
      Evidence evidence) {
    this.reader = reader;
    this.action = action;
    this.machines = machines;
    this.releases = releases;
    this.evidence = evidence;
    healthyAfter = machines.healthy().size();
    objections.addAll(Deploys.objections(releases));
  }

  Machines machines() {
    return machines;
  }

  /** When the machines were seen, by our clock. */
  Instant seenAt() {
    return evidence.observedAt();
  }

  /** Finds a machine that is to be changed; none that is there is an objection. */
  @Nullable Machine machine(String id) {
    var found =
        machines.all().stream()
            .filter(each -> each.id().equals(id) && each.state() != MachineState.DESTROYED)
            .findFirst()
            .orElse(null);
    if (found == null) {
      refuse(
          "no-such-machine",
          "there is no machine " + id + "; there are " + ids(machines.all()),
          "name one of these");
    } else if (!found.hostReachable()) {
      refuse(
          "out-of-reach",
          "the host of machine " + id + " does not answer",
          "wait for the platform, or make another machine: scaleCount(n)");
      return null;
    }
    return found;
  }

  /** Returns the machines of one group that can be changed; says which cannot. */
  List<Machine> group(@Nullable String group) {
    var there =
        machines.all().stream()
            .filter(each -> each.state() != MachineState.DESTROYED)
            .filter(each -> group == null || each.group().equals(group))
            .toList();
    var groups = there.stream().map(Machine::group).distinct().sorted().toList();
    if (groups.size() > 1) {
      refuse(
          "several-groups",
          "the application has the process groups " + String.join(", ", groups),
          "say which: ops.platform().group(\"" + groups.get(0) + "\")");
    } else if (there.isEmpty()) {
      refuse(
          "no-machines",
          group == null ? "there is no machine" : "there is no machine of group " + group,
          "look at the machines");
    }
    return reachable(there.stream());
  }

  /** Leaves out what cannot be reached, and says so. */
  List<Machine> reachable(Stream<Machine> wanted) {
    var all = wanted.toList();
    all.stream()
        .filter(each -> !each.hostReachable())
        .forEach(
            each -> note("Out of reach: machine " + each.id() + ", its host does not answer."));
    return all.stream().filter(Machine::hostReachable).toList();
  }

  ChangeDraft steps(Stream<Machine> changed, Function<Machine, Step> step) {
    changed.map(step).forEach(steps::add);
    return this;
  }

  ChangeDraft step(Step step) {
    steps.add(step);
    return this;
  }

  ChangeDraft note(String sentence) {
    notPromised.add(sentence);
    return this;
  }

  ChangeDraft refuse(String name, String reason, String nextStep) {
    objections.add(Objection.hard(name, reason, nextStep));
    return this;
  }

  ChangeDraft object(String name, String reason, String nextStep) {
    objections.add(Objection.overridable(name, reason, nextStep));
    return this;
  }

  ChangeDraft pace(Pace how) {
    pace = how;
    return this;
  }

  /** Sets how many machines must be healthy in the end. Default: as many as before. */
  ChangeDraft healthyAfter(int atLeast) {
    healthyAfter = atLeast;
    return this;
  }

  Reading<ChangeDraft> drafted(String what) {
    summary = what;
    return Reading.of(this, evidence.withValue(what));
  }

  /** Without a readable history it is not assumed, and objected to: a deploy may be under way. */
  Proposal proposal() {
    var identity = reader.identity().identity();
    var newest = releases.toOptional().map(Deploys::newest);
    return new Proposal(
        action,
        new Target(
            MachineSteps.APP, identity, identity + (summary.isEmpty() ? "" : ": " + summary)),
        newest.map(each -> Map.of(MachineSteps.RELEASE, Integer.toString(each))).orElse(Map.of()),
        steps,
        goal(),
        pace,
        notPromised,
        steps.stream().map(reader::byHand).toList(),
        objections);
  }

  private Map<String, String> goal() {
    var all = new TreeMap<>(ailments);
    all.putAll(FleetSymptom.goal(healthyAfter));
    return all;
  }

  ChangeDraft object(Objection objection) {
    objections.add(objection);
    return this;
  }

  /** Has what ails the application measured again after the change. */
  ChangeDraft ailing(Optional<Ailments> found) {
    found.ifPresent(
        each -> {
          ailments.putAll(each.goal());
          notPromised.addAll(each.gaps());
        });
    return this;
  }

  /** Says who else is at work on the machines that would be changed. */
  ChangeDraft leased(PlatformLook look) {
    var others = ForeignLeases.of(steps, look, seenAt());
    objections.addAll(others.objections());
    notPromised.addAll(others.notes());
    return this;
  }

  static boolean runs(Machine machine) {
    return machine.state() == MachineState.STARTED;
  }

  static String sorted(List<Machine> machines) {
    return machines.stream().map(Machine::id).sorted().toList().toString();
  }

  static List<String> ids(List<Machine> machines) {
    return machines.stream().map(Machine::id).limit(20).toList();
  }
}
