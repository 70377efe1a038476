package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.Map;

/** Ends sessions of a {@link SickDatabase}, under the guard that a real control keeps. */
final class SickHands implements Control {
  private final SickDatabase database;

  SickHands(SickDatabase database) {
    this.database = database;
  }

  @Override
  public Reading<TargetState> observe(Target target, Deadline deadline) {
    return Reading.of(state(target), Evidence.of(target.label(), "test", database.clock.now()));
  }

  private TargetState state(Target target) {
    if (target.kind().equals(SessionSteps.DATABASE)) {
      return TargetState.of(Map.of(SessionSteps.STARTED_AT, database.startedAt.toString()));
    }
    var id = SessionSteps.session(target);
    var session = database.sessions.get(id.pid());
    if (session == null || !session.id().equals(id)) {
      return TargetState.GONE;
    }
    boolean movedOn =
        target.kind().equals(SessionSteps.STATEMENT)
            && !target.id().equals(id + "#" + session.stateSince());
    return movedOn ? TargetState.GONE : TargetState.of(SessionSteps.fields(session));
  }

  @Override
  public StepOutcome make(Step step, Deadline deadline) {
    if (!state(step.target()).matches(step.assumes())) {
      return StepOutcome.moved(state(step.target()).difference(step.assumes()));
    }
    int pid = SessionSteps.session(step.target()).pid();
    if (step.kind().equals(SessionSteps.TERMINATE)) {
      database.sessions.remove(pid);
      database.acts.add("terminate " + pid);
    } else {
      database.idle(pid, Duration.ZERO);
      database.acts.add("cancel " + pid);
    }
    return StepOutcome.done("signal sent");
  }

  @Override
  public void close() {}
}
