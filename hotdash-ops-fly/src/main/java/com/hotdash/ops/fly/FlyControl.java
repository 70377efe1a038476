package com.hotdash.ops.fly;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.util.Map;

/**
 * Makes the steps of {@link MachineSteps} on an app: one machine each, leased, updated on the
 * condition that it is the version that was read, watched until the new version runs.
 */
final class FlyControl implements Control {
  private final AppCalls calls;

  FlyControl(AppCalls calls) {
    this.calls = calls;
  }

  @Override
  public Reading<TargetState> observe(Target target, Deadline deadline) {
    try {
      var state =
          switch (target.kind()) {
            case MachineSteps.APP -> app(target, calls.by(deadline), deadline);
            case MachineSteps.MACHINE -> machine(target, calls.by(deadline), deadline);
            default -> throw new IllegalArgumentException("kind " + target.kind());
          };
      var seen = Evidence.of(state.fields().toString(), "Fly, app " + calls.app(), now());
      return Reading.of(state, seen);
    } catch (OpsException e) {
      return Reading.unread(StatusLook.obstacle(target.label(), e));
    } catch (IllegalArgumentException | IllegalStateException e) {
      // A target of another runbook's, or a client that was closed.
      return Reading.unread(
          new NotChecked(
              target.label(),
              Why.NOT_UNDERSTOOD,
              calls.api().redactor().redact(String.valueOf(e.getMessage())),
              "plan afresh"));
    }
  }

  private java.time.Instant now() {
    return calls.time().now();
  }

  private static TargetState app(Target target, AppCalls calls, Deadline deadline) {
    if (!target.id().equals(calls.app())) {
      throw new IllegalArgumentException("this is " + calls.app() + ", not " + target.id());
    }
    int newest =
        FlyReleases.list(calls, FlyReleases.MOST, deadline).stream()
            .mapToInt(Release::version)
            .max()
            .orElse(0);
    return TargetState.of(Map.of(MachineSteps.RELEASE, Integer.toString(newest)));
  }

  private static TargetState machine(Target target, AppCalls calls, Deadline deadline) {
    try {
      var machine = new FlyMachines(calls).getKnown(target.id(), deadline);
      return machine.state().gone() ? TargetState.GONE : TargetState.of(fields(machine));
    } catch (FlyNotFoundException e) {
      return TargetState.GONE;
    }
  }

  private static Map<String, String> fields(Machine machine) {
    return MachineSteps.fields(PortRecords.machine(machine));
  }

  @Override
  public StepOutcome make(Step step, Deadline deadline) {
    var bounded = calls.by(deadline);
    try {
      var wanted = wanted(step);
      var seen = new FlyMachines(bounded).getKnown(step.target().id(), deadline);
      if (!TargetState.of(fields(seen)).matches(step.assumes())) {
        return StepOutcome.moved(TargetState.of(fields(seen)).difference(step.assumes()));
      }
      var change =
          new LeaseWait(bounded, deadline)
              .once(() -> new MachineUpdater(bounded).update(seen, wanted));
      var now = new FlyMachines(bounded).getKnown(change.machineId(), spare());
      return new StepOutcome(Status.DONE, told(change), fields(now));
    } catch (FlyUpdateFailedException e) {
      return new StepOutcome(Status.FAILED, e.problem(), fields(e.now()));
    } catch (FlyPreconditionException | FlyConflictException e) {
      return e.outcomeUnknown() ? StepOutcome.uncertain(e.problem()) : refused(step, e);
    } catch (FlyNotFoundException e) {
      return StepOutcome.moved("it is gone: " + e.problem());
    } catch (OpsException e) {
      return e.outcomeUnknown() ? StepOutcome.uncertain(e.problem()) : StepOutcome.failed(said(e));
    } catch (IllegalArgumentException | IllegalStateException e) {
      // A step of another runbook's, or a client that was closed before anything was sent.
      var why = calls.api().redactor().redact(String.valueOf(e.getMessage()));
      return StepOutcome.failed("nothing was sent: " + why);
    }
  }

  /** Somebody was faster, or the machine does not allow it: looking tells which. */
  private StepOutcome refused(Step step, OpsException e) {
    boolean moved =
        observe(step.target(), spare())
            .toOptional()
            .filter(state -> !state.matches(step.assumes()))
            .isPresent();
    return moved ? StepOutcome.moved(e.problem()) : StepOutcome.failed(said(e));
  }

  // What was made is looked at also when the time for making it has gone.
  private Deadline spare() {
    return calls.time().deadline(AppCalls.READ);
  }

  private static String said(OpsException e) {
    return "not made: " + e.problem() + e.nextStep().map(next -> "; " + next).orElse("");
  }

  private static String told(MachineChange change) {
    return switch (change.outcome()) {
      case UNCHANGED -> "it was so already: " + change.before();
      default ->
          "%s → %s, seen to run after %.1f s"
              .formatted(change.before(), change.after(), change.took().toMillis() / 1000.0);
    };
  }

  private static Wanted wanted(Step step) {
    return switch (step.kind()) {
      case MachineSteps.IMAGE ->
          Wanted.image(ImageRef.parse(step.after().getOrDefault(MachineSteps.RUNS, "")));
      case MachineSteps.GUEST -> Wanted.guest(guest(step.after().get(MachineSteps.SIZE)));
      default -> throw new IllegalArgumentException("no such step: " + step.kind());
    };
  }

  private static Guest guest(@org.jspecify.annotations.Nullable String size) {
    var parts = String.valueOf(size).split("/", -1);
    if (parts.length != 3 || !parts[1].matches("\\d{1,4}") || !parts[2].matches("\\d{1,9}")) {
      throw new IllegalArgumentException("not a size: " + size);
    }
    return new Guest(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2])).checked();
  }

  @Override
  public void close() {
    // Holds nothing: the connections are the client's.
  }
}
