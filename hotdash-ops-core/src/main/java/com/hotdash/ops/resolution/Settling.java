package com.hotdash.ops.resolution;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.time.Deadline;
import java.util.Optional;

/** Finds out by looking what became of a step that nobody knows about. */
record Settling(Engine engine, Control control) {
  /** Returns what became of it, uncertain if that can't be seen, empty if it is not to be seen. */
  Optional<StepOutcome> became(Step step, TargetState before, Deadline deadline) {
    var state = control.observe(step.target(), deadline);
    if (!(state instanceof Reading.Read<TargetState> read)) {
      return Optional.of(
          StepOutcome.uncertain(
              "it could not be looked at: "
                  + state.obstacle().map(obstacle -> obstacle.detail()).orElse("")));
    }
    try {
      return control.settle(step, before, read.value(), deadline);
    } catch (RuntimeException e) {
      // A control must not throw. If one does, nothing was found out, and this must be told.
      return Optional.of(
          StepOutcome.uncertain(
              engine.redactor().redact("the control broke its word and threw " + e)));
    }
  }

  static StepOutcome told(String first, StepOutcome outcome) {
    return new StepOutcome(outcome.status(), first + outcome.detail(), outcome.left());
  }

  /** Returns whether this is news that holds up the rest of a change. */
  static boolean stops(StepOutcome outcome, Pace pace) {
    return outcome.status() == Status.FAILED && pace.stopOnFailure();
  }
}
