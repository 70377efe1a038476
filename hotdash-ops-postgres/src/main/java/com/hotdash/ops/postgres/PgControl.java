package com.hotdash.ops.postgres;

import com.hotdash.ops.database.SessionSteps;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;

/** Ends sessions and statements, one guarded statement each, all over one connection. */
final class PgControl implements Control {
  private static final Duration EFFECT_LIMIT = Duration.ofSeconds(2);
  private static final Duration FIRST_WAIT = Duration.ofMillis(10);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(160);

  private final PgSight sight;

  PgControl(PgSight sight) {
    this.sight = sight;
  }

  @Override
  public Reading<TargetState> observe(Target target, Deadline deadline) {
    try {
      return switch (target.kind()) {
        case SessionSteps.SESSION, SessionSteps.STATEMENT -> session(target, deadline);
        case SessionSteps.DATABASE -> Observing.database(sight.link(deadline), deadline);
        default -> unread(target, Why.NOT_UNDERSTOOD, "kind " + target.kind() + " is not known");
      };
    } catch (PgTrouble e) {
      return Reading.unread(e.notChecked(target.label()));
    } catch (IllegalArgumentException | DateTimeException e) {
      return unread(target, Why.NOT_UNDERSTOOD, String.valueOf(e.getMessage()));
    }
  }

  private Reading<TargetState> session(Target target, Deadline deadline) throws PgTrouble {
    var link = sight.link(deadline);
    var seen = Observing.session(link, target, deadline);
    if (seen.hidden()) {
      return Reading.unread(
          new NotChecked(
              target.label(),
              Why.NOT_PERMITTED,
              "our role may not see it",
              Grants.monitor(link.role())));
    }
    var value =
        seen.state().exists()
            ? target.label() + " is " + seen.state().fields().get(SessionSteps.STATE)
            : target.label() + " is gone";
    var byHand =
        "select pid, state, state_change, xact_start from pg_stat_activity where pid = "
            + SessionSteps.session(target).pid()
            + ";";
    return Reading.of(seen.state(), link.evidence(value, "pg_stat_activity", seen.now(), byHand));
  }

  private static <T> Reading<T> unread(Target target, Why why, String detail) {
    return Reading.unread(new NotChecked(target.label(), why, detail, "plan afresh"));
  }

  @Override
  public StepOutcome make(Step step, Deadline deadline) {
    EndStatement end;
    try {
      end = EndStatement.of(step);
    } catch (IllegalArgumentException | DateTimeException e) {
      return StepOutcome.failed(String.valueOf(e.getMessage()));
    }
    try {
      var link = sight.link(deadline);
      var signalled =
          link.read(
              deadline, connection -> Optional.ofNullable(end.send(connection, link.pooled())));
      if (signalled.isEmpty()) {
        return guardedOff(link, step, deadline);
      }
      return signalled.get()
          ? awaitEffect(link, end, deadline)
          : StepOutcome.moved("it ended by itself");
    } catch (PgTrouble e) {
      return Answers.refused(e, end.sent());
    }
  }

  private static StepOutcome guardedOff(PgLink link, Step step, Deadline deadline) {
    try {
      var seen = Observing.session(link, step.target(), deadline);
      if (seen.hidden()) {
        return StepOutcome.failed(
            "our role may not see the session, so nothing was sent; "
                + Grants.monitor(link.role()));
      }
      boolean unchanged = seen.state().matches(step.assumes());
      if (unchanged && seen.spared() != null) {
        return StepOutcome.failed("spared, nothing was sent: " + seen.spared());
      }
      return StepOutcome.moved(
          unchanged ? "it had moved for a moment" : seen.state().difference(step.assumes()));
    } catch (PgTrouble e) {
      return StepOutcome.moved("it is no longer as it was; how it is now: " + e.failure());
    }
  }

  private StepOutcome awaitEffect(PgLink link, EndStatement end, Deadline deadline) {
    var what = end.terminates() ? "session" : "statement";
    var limit = deadline.within(EFFECT_LIMIT);
    var wait = FIRST_WAIT;
    try {
      while (link.read(deadline, end::there)) {
        if (limit.remaining().compareTo(wait) <= 0) {
          return StepOutcome.failed(
              "the signal was sent, and the " + what + " is still there; it may end yet");
        }
        if (!sight.time().await(wait)) {
          return StepOutcome.uncertain("signal sent; interrupted before the effect was seen");
        }
        wait =
            wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
      }
      return StepOutcome.done("the " + what + " is gone");
    } catch (PgTrouble e) {
      return StepOutcome.uncertain("signal sent, and its effect was not seen: " + e.failure());
    }
  }

  @Override
  public void close() {
    sight.close();
  }
}
