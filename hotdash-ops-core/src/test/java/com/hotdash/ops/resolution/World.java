package com.hotdash.ops.resolution;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Some machines with a version each, an action that changes versions, and faults on demand. */
final class World implements Action {
  /** The process is gone: nothing below the test may catch it. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  final Map<String, String> versions = new TreeMap<>();
  final List<String> writes = new ArrayList<>();
  final Set<String> unreadable = new HashSet<>();
  final Set<String> refusing = new HashSet<>();
  final Set<String> losingAnswers = new HashSet<>();
  final Set<String> carrying = new HashSet<>();
  final Set<String> sick = new HashSet<>();
  final Map<String, TargetState> before = new TreeMap<>();
  String owner = "hotdash";
  boolean absenceProves = true;
  int crashBeforeWrite = -1;
  int crashAfterWrite = -1;
  Runnable afterWrite = () -> {};
  Runnable afterLook = () -> {};
  private final Time time;
  private int attempts;

  World(Time time, int machines) {
    this.time = time;
    for (int i = 1; i <= machines; i++) {
      versions.put("m" + i, "bad");
    }
  }

  Reading<Proposal> propose(Deadline deadline) {
    var steps =
        versions.entrySet().stream()
            .filter(machine -> machine.getValue().equals("bad"))
            .map(machine -> step(machine.getKey(), "bad", "good"))
            .toList();
    return Reading.of(proposal(steps, Pace.CAREFUL), Evidence.of("versions", "world", time.now()));
  }

  Proposal proposal(List<Step> steps, Pace pace) {
    return new Proposal(
        id(),
        new Target("app", "hotdash", "app hotdash"),
        Map.of("owner", owner),
        steps,
        Map.of(),
        pace,
        List.of("Migrations stay as they are."),
        List.of("world set good"),
        List.of());
  }

  static Step step(String machine, String from, String to) {
    var target = new Target("machine", machine, "machine " + machine);
    return new Step(
        "set-version",
        target,
        Map.of("version", from),
        Map.of("version", from),
        Map.of("version", to),
        new Step(
            "set-version",
            target,
            Map.of("version", to),
            Map.of("version", to),
            Map.of("version", from),
            null));
  }

  @Override
  public String id() {
    return "app.roll-back";
  }

  @Override
  public Effect effect() {
    return Effect.REVERSIBLE;
  }

  @Override
  public boolean absenceProves() {
    return absenceProves;
  }

  @Override
  public boolean carriesOthers(Step step) {
    return carrying.contains(step.target().id());
  }

  @Override
  public Symptom symptom(Proposal proposal) {
    return new Symptom() {
      @Override
      public String goal() {
        return "no machine runs the bad version";
      }

      @Override
      public Reading<Measurement> measure(Deadline deadline) {
        long bad = versions.values().stream().filter("bad"::equals).count();
        return Reading.of(
            new Measurement(bad > 0, bad + " bad", Map.of("bad", (double) bad)),
            Evidence.of(bad + " bad", "world", time.now()));
      }
    };
  }

  @Override
  public Optional<Control> control() {
    return Optional.of(new Hands());
  }

  private final class Hands implements Control {
    @Override
    public Reading<TargetState> observe(Target target, Deadline deadline) {
      if (unreadable.contains(target.id())) {
        return Reading.unread(
            new NotChecked(target.label(), Why.UNREACHABLE, "no answer", "look at the network"));
      }
      var evidence = Evidence.of(target.label(), "world", time.now());
      if (target.kind().equals("app")) {
        return Reading.of(TargetState.of(Map.of("owner", owner)), evidence);
      }
      var version = versions.get(target.id());
      afterLook.run();
      return Reading.of(
          version == null ? TargetState.GONE : TargetState.of(Map.of("version", version)),
          evidence);
    }

    @Override
    public StepOutcome make(Step step, Deadline deadline) {
      var id = step.target().id();
      int attempt = attempts++;
      if (attempt == crashBeforeWrite) {
        throw new Crash();
      }
      if (refusing.contains(id)) {
        return StepOutcome.failed("403 not yours");
      }
      if (!Objects.equals(step.assumes().get("version"), versions.get(id))) {
        return StepOutcome.moved("version is " + versions.get(id));
      }
      versions.put(id, Objects.requireNonNull(step.after().get("version")));
      writes.add(id + "=" + step.after().get("version"));
      afterWrite.run();
      if (attempt == crashAfterWrite) {
        throw new Crash();
      }
      if (losingAnswers.contains(id)) {
        return StepOutcome.uncertain("connection reset");
      }
      return new StepOutcome(
          StepOutcome.Status.DONE,
          "set",
          Map.of("version", Objects.requireNonNull(versions.get(id))));
    }

    @Override
    public Optional<StepOutcome> settle(
        Step step, TargetState was, TargetState now, Deadline deadline) {
      before.put(step.target().id(), was);
      return sick.contains(step.target().id()) && step.reachedBy(now)
          ? Optional.of(StepOutcome.failed("it runs and is not well"))
          : Control.super.settle(step, was, now, deadline);
    }

    @Override
    public void close() {}
  }
}
