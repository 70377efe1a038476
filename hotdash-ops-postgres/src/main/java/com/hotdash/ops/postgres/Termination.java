package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.SessionId;
import com.hotdash.ops.database.SessionSteps;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.function.Predicate;

/** Ends chosen sessions one after another, each behind the same guard as a step of a plan. */
final class Termination {
  static final int MOST = 20;

  private final Control control;
  private final Deadline deadline;

  Termination(Control control, Deadline deadline) {
    this.control = control;
    this.deadline = deadline;
  }

  TerminationResult endAll(Sessions sessions, Predicate<Session> chosen, Duration olderThan) {
    var old =
        sessions.visible().stream()
            .filter(chosen)
            .filter(session -> session.inStateFor(olderThan, sessions.serverTime()))
            .sorted(Comparator.comparing(Session::stateSince))
            .toList();
    var eligible = old.stream().filter(Session::endable).toList();
    var results = new ArrayList<TerminationResult.Ended>();
    for (var session : eligible.stream().limit(MOST).toList()) {
      var outcome = control.make(SessionSteps.terminate(session), deadline);
      results.add(TerminationResult.Ended.of(session, outcome));
    }
    for (var session : old) {
      var reason = session.sparedBecause();
      if (reason != null) {
        results.add(new TerminationResult.Ended(session, TerminationResult.Fate.SPARED, reason));
      } else if (session.outOfReach() != null) {
        results.add(
            new TerminationResult.Ended(
                session, TerminationResult.Fate.SPARED, session.outOfReach()));
      }
    }
    return new TerminationResult(results, Math.max(0, eligible.size() - MOST));
  }

  /** Ends one session, or its statement, as it is found now. */
  StepOutcome end(String kind, SessionId id) {
    var label = "pid " + id.pid();
    var session = new Target(SessionSteps.SESSION, id.toString(), label);
    var seen = control.observe(session, deadline);
    if (!(seen instanceof Reading.Read<TargetState> read)) {
      var why = seen.obstacle().map(Object::toString).orElse("it could not be seen");
      return StepOutcome.failed("nothing was sent: " + why);
    }
    var state = read.value();
    if (!state.exists()) {
      return StepOutcome.moved("it is gone");
    }
    var target = session;
    if (kind.equals(SessionSteps.CANCEL)) {
      if (!Session.ACTIVE.equals(state.fields().get(SessionSteps.STATE))) {
        return StepOutcome.moved(
            "it runs no statement: it is " + state.fields().get(SessionSteps.STATE));
      }
      target =
          new Target(
              SessionSteps.STATEMENT,
              id + "#" + state.fields().get(SessionSteps.STATE_CHANGE),
              "statement of " + label);
    }
    return control.make(
        new Step(kind, target, state.fields(), state.fields(), Step.GONE, null), deadline);
  }
}
