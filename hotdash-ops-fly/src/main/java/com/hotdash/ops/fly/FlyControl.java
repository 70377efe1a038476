package com.hotdash.ops.fly;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.platform.LeaseSteps;
import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.secret.SecretSource;
import com.hotdash.ops.time.Deadline;
import java.util.Optional;

/**
 * Makes the steps of {@link MachineSteps} on an app: one machine each, leased, changed on the
 * condition that it is what was read, watched until it is what was asked for.
 */
final class FlyControl implements Control {
  private final AppCalls calls;
  private final FlyStepMaker maker;

  FlyControl(AppCalls calls, SecretSource secrets) {
    this.calls = calls;
    this.maker = new FlyStepMaker(calls, secrets);
  }

  @Override
  public Reading<TargetState> observe(Target target, Deadline deadline) {
    try {
      var state = new FlyStates(calls.by(deadline), deadline).look(target).state();
      var value = state.exists() ? state.fields().toString() : "not there";
      return Reading.of(state, Evidence.of(value, "Fly, app " + calls.app(), calls.time().now()));
    } catch (OpsException e) {
      return Reading.unread(StatusLook.obstacle(target.label(), e));
    } catch (IllegalArgumentException | IllegalStateException e) {
      // A target of another runbook's, or a client that was closed.
      return Reading.unread(
          new NotChecked(target.label(), Why.NOT_UNDERSTOOD, told(e), "plan afresh"));
    }
  }

  @Override
  public StepOutcome make(Step step, Deadline deadline) {
    try {
      var bounded = calls.by(deadline);
      if (step.kind().equals(LeaseSteps.BREAK)) {
        return new LeaseBreak(bounded).make(step);
      }
      var seen = new FlyStates(bounded, deadline).look(step.target());
      if (!seen.state().matches(step.assumes())) {
        return StepOutcome.moved(seen.state().difference(step.assumes()));
      }
      return new LeaseWait(bounded, deadline).once(() -> maker.make(step, seen, bounded));
    } catch (FlyPreconditionException | FlyConflictException e) {
      return e.outcomeUnknown() ? StepOutcome.uncertain(e.problem()) : refused(step, e);
    } catch (OpsException e) {
      return e.outcomeUnknown() ? StepOutcome.uncertain(e.problem()) : StepOutcome.failed(said(e));
    } catch (IllegalArgumentException | IllegalStateException e) {
      // A step of another runbook's, or a client that was closed before anything was sent.
      return StepOutcome.failed("nothing was sent: " + told(e));
    }
  }

  @Override
  public Optional<StepOutcome> settle(
      Step step, TargetState before, TargetState now, Deadline deadline) {
    if (!LostStep.watched(step)) {
      return Control.super.settle(step, before, now, deadline);
    }
    try {
      return new LostStep(calls, step, before, deadline).became();
    } catch (OpsException e) {
      return Optional.of(StepOutcome.uncertain(e.problem()));
    } catch (IllegalArgumentException | IllegalStateException e) {
      // A step that cannot be read, or a client that was closed: nothing was found out.
      return Optional.of(StepOutcome.uncertain(told(e)));
    }
  }

  private String told(RuntimeException e) {
    return calls.api().redactor().redact(String.valueOf(e.getMessage()));
  }

  /** Somebody was faster, or the machine does not allow it: looking tells which. */
  private StepOutcome refused(Step step, OpsException e) {
    boolean moved =
        observe(step.target(), calls.time().deadline(AppCalls.READ))
            .toOptional()
            .filter(state -> !state.matches(step.assumes()))
            .isPresent();
    return moved ? StepOutcome.moved(e.problem()) : StepOutcome.failed(said(e) + offer(step, e));
  }

  /** Breaking a lease is never part of a try: it is a change of its own, offered here. */
  private static String offer(Step step, OpsException e) {
    return e instanceof FlyLeaseHeldException
        ? "; if it was left behind: ops.platform().breakLease(\""
            + MachineSteps.machine(step.target())
            + "\")"
        : "";
  }

  @Override
  public void earlier(Step step, StepOutcome outcome) {
    maker.earlier(step, outcome);
  }

  private static String said(OpsException e) {
    return "not made: " + e.problem() + e.nextStep().map(next -> "; " + next).orElse("");
  }

  @Override
  public void close() {
    // Holds nothing: the connections are the client's.
  }
}
