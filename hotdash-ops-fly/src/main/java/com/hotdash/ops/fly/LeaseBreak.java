package com.hotdash.ops.fly;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.platform.LeaseSteps;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.TargetState;

/** Ends a foreign lease, as {@code fly machine leases clear} does, if it still is the one meant. */
record LeaseBreak(AppCalls calls) {
  StepOutcome make(Step step) {
    var id = step.target().id();
    var held = HeldLease.look(calls, id, calls.limit(AppCalls.READ)).orElse(null);
    if (held == null) {
      return StepOutcome.moved("nobody holds it any more");
    }
    var now = TargetState.of(LeaseSteps.fields(held.lease()));
    if (!now.matches(step.assumes())) {
      return StepOutcome.moved(now.difference(step.assumes()));
    }
    var nonce = held.nonce();
    if (nonce == null) {
      return StepOutcome.failed(
          "not made: Fly does not show its nonce; wait, or ask " + held.lease().holder());
    }
    try {
      held.end(calls, nonce, calls.limit(AppCalls.READ));
    } catch (FlyConflictException e) {
      return StepOutcome.moved("somebody else took it meanwhile: " + e.problem());
    }
    return seen(held);
  }

  private StepOutcome seen(HeldLease broken) {
    var told = "the lease of " + broken.lease().holder() + " was broken";
    try {
      var now = HeldLease.look(calls, broken.lease().machine(), calls.limit(AppCalls.READ));
      if (now.isEmpty()) {
        return StepOutcome.done(told + "; nobody holds one now");
      }
      var lease = now.get().lease();
      return lease.mark().equals(broken.lease().mark())
          ? StepOutcome.failed("Fly said that it was broken, and it is still there: " + lease)
          : StepOutcome.done(told + "; since then " + lease);
    } catch (OpsException e) {
      return StepOutcome.done(told + "; who holds one now could not be seen: " + e.problem());
    }
  }
}
