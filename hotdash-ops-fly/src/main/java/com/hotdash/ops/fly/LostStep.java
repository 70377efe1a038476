package com.hotdash.ops.fly;

import com.hotdash.ops.fly.FlyUpdateFailedException.Kind;
import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of a step on a machine whose answer was lost, or whose process died: a
 * machine that has what the step wants is watched as it would have been, because having an image is
 * not running it. Takes no lease for watching, since the dead may hold it still. Throws.
 */
final class LostStep {
  private final AppCalls unbounded;
  private final AppCalls calls;
  private final PutBack back;
  private final Step step;
  private final TargetState before;
  private final Deadline deadline;

  LostStep(AppCalls unbounded, Step step, TargetState before, Deadline deadline) {
    this.unbounded = unbounded;
    this.calls = unbounded.by(deadline);
    this.back = new PutBack(unbounded);
    this.step = step;
    this.before = before;
    this.deadline = deadline;
  }

  /** Whether a step of this kind is more than being there, or than not being there yet. */
  static boolean watched(Step step) {
    return updates(step)
        || step.kind().equals(MachineSteps.RESTART)
        || step.kind().equals(MachineSteps.CREATE);
  }

  private static boolean updates(Step step) {
    return switch (step.kind()) {
      case MachineSteps.IMAGE, MachineSteps.GUEST, MachineSteps.PUT_BACK, MachineSteps.ROLL_OUT ->
          true;
      default -> false;
    };
  }

  /** Returns what became of it; empty if nothing tells that it was made. */
  Optional<StepOutcome> became() {
    var seen = new FlyStates(calls, deadline).look(step.target());
    var machine = seen.machine();
    if (machine == null) {
      return Optional.of(StepOutcome.moved(seen.state().difference(step.assumes())));
    }
    if (step.reachedBy(seen.state())) {
      return Optional.of(watch(machine));
    }
    if (!seen.state().matches(step.assumes())) {
      return Optional.of(StepOutcome.moved(seen.state().difference(step.assumes())));
    }
    return updates(step) ? undone(machine) : Optional.empty();
  }

  /**
   * The trap of {@code facts/fly.md} §7.2: the platform puts back what it cannot carry out, and the
   * machine looks as if nothing had been asked. Its versions tell, as far as Fly keeps them.
   */
  private Optional<StepOutcome> undone(Machine machine) {
    var config = machine.config();
    if (config == null) {
      return Optional.empty();
    }
    var sought = FlyStepMaker.wanted(step, machine, calls).change().apply(config);
    return new FlyMachines(calls)
        .versions(machine.id()).stream()
            .filter(one -> one.version().compareTo(machine.instanceId()) > 0)
            .filter(one -> one.config().equals(sought))
            .findFirst()
            .map(
                one ->
                    PutBack.failed(
                        "it was made as version %s, and put back by the platform: it is %s on version %s"
                            .formatted(one.version(), machine.state(), machine.instanceId()),
                        machine.instanceId()));
  }

  private StepOutcome watch(Machine machine) {
    boolean launch = launched(machine);
    var was = Was.seen(machine.id(), before, begun(machine));
    if (launch && sleeps(machine, was)) {
      return done(machine, "seen to be made; the machine ran, and was stopped since, as asked for");
    }
    var wanted = updates(step) ? FlyStepMaker.wanted(step, machine, calls) : Wanted.nothing();
    var watch = new MachineWatch(calls, () -> {}, was, machine.instanceId(), wanted);
    try {
      var now = MachineUpdater.watched(watch, launch, deadline);
      return done(now, launch ? "seen to be made, and to run" : "seen to be made");
    } catch (FlyUpdateFailedException e) {
      return failed(e, machine);
    }
  }

  private StepOutcome failed(FlyUpdateFailedException failure, Machine machine) {
    if (failure.kind() == Kind.PUT_BACK
        && failure.now().instanceId().compareTo(machine.instanceId()) > 0) {
      return StepOutcome.moved("somebody has changed it since: it is now " + failure.now());
    }
    if (step.kind().equals(MachineSteps.CREATE)) {
      return FlyStepMaker.unwell(failure);
    }
    return updates(step)
        ? back.after(failure, former(machine))
        : PutBack.failed(failure.problem(), failure.now().instanceId());
  }

  /** What it was, by what was written down before the step, and by the versions that Fly keeps. */
  private PutBack.Former former(Machine machine) {
    boolean well =
        com.hotdash.ops.platform.Machine.Health.HEALTHY
            .name()
            .equals(before.fields().get(MachineSteps.HEALTH));
    var version = before.fields().get(MachineSteps.VERSION);
    if (!well || version == null) {
      return new PutBack.Former(false, null, null, null);
    }
    // The watch may have taken all the time that there was.
    var config =
        new FlyMachines(unbounded)
            .versions(machine.id()).stream()
                .filter(one -> one.version().equals(version) && !one.config().isEmpty())
                .map(MachineVersion::config)
                .findFirst()
                .orElse(null);
    var image = config == null ? null : config.image().orElse(null);
    var guest = config == null ? null : config.guest().orElse(null);
    return new PutBack.Former(true, config, image, guest);
  }

  /** Whether the step started the machine: by what it did before, or else by what it does now. */
  private boolean launched(Machine machine) {
    if (!updates(step)) {
      return true;
    }
    var did = before.fields().getOrDefault(MachineSteps.STATE, "");
    return switch (did) {
      case "STARTED", "FAILED" -> true;
      case "STOPPED", "SUSPENDED", "CREATED" -> false;
      default -> machine.state().launchedByUpdate() || machine.state().passing();
    };
  }

  /** Auto-stop takes what is not needed, also while nobody was looking. */
  private static boolean sleeps(Machine machine, Was was) {
    boolean down =
        machine.state().equals(MachineState.STOPPED)
            || machine.state().equals(MachineState.SUSPENDED);
    var ends = was.since(machine).map(MachineEvent::exit).filter(Objects::nonNull).toList();
    return down && !ends.isEmpty() && ends.stream().allMatch(MachineExit::requestedStop);
  }

  /** Versions tell when they were made; a restart makes none. */
  private @Nullable Instant begun(Machine machine) {
    if (updates(step)) {
      return Ulids.time(machine.instanceId()).orElse(null);
    }
    var started = before.fields().get(MachineSteps.STARTED);
    return started == null ? null : Texts.time(started);
  }

  private static StepOutcome done(Machine machine, String detail) {
    return new StepOutcome(Status.DONE, detail, Map.of(MachineSteps.VERSION, machine.instanceId()));
  }
}
