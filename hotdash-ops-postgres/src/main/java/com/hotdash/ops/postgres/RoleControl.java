package com.hotdash.ops.postgres;

import com.hotdash.ops.database.SchemaSteps;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sets what a role's new sessions begin with: check and change are one transaction. */
final class RoleControl implements Control {
  private final PgSight sight;

  RoleControl(PgSight sight) {
    this.sight = sight;
  }

  @Override
  public Reading<TargetState> observe(Target target, Deadline deadline) {
    try {
      long oid = SchemaSteps.oid(target);
      var link = sight.link(deadline);
      var state = link.read(deadline, connection -> RoleReading.state(connection, oid));
      var value =
          state.exists()
              ? target.label() + " has " + SchemaSteps.LIMIT + " " + limit(state)
              : target.label() + " is gone";
      return Reading.of(
          state,
          link.evidence(
              value,
              "pg_db_role_setting",
              null,
              "select * from pg_db_role_setting where setrole = " + oid + ";"));
    } catch (PgTrouble e) {
      return Reading.unread(e.notChecked(target.label()));
    } catch (IllegalArgumentException e) {
      return Reading.unread(
          new NotChecked(
              target.label(), Why.NOT_UNDERSTOOD, String.valueOf(e.getMessage()), "plan afresh"));
    }
  }

  private static String limit(TargetState state) {
    return state.fields().getOrDefault(SchemaSteps.LIMIT, SchemaSteps.NONE);
  }

  @Override
  public StepOutcome make(Step step, Deadline deadline) {
    var sent = new AtomicBoolean();
    try {
      long oid = SchemaSteps.oid(step.target());
      var sql = SchemaSql.limit(step);
      var link = sight.link(deadline);
      var found =
          link.write(
              deadline,
              connection -> {
                var state = RoleReading.state(connection, oid);
                if (state.matches(step.assumes())) {
                  sent.set(true);
                  try (var statement = connection.createStatement()) {
                    statement.setEscapeProcessing(false);
                    statement.execute(sql);
                  }
                }
                return state;
              });
      if (!sent.get()) {
        return StepOutcome.moved(found.difference(step.assumes()));
      }
      return told(step, link, oid, deadline);
    } catch (PgTrouble e) {
      return Answers.refused(e, sent.get());
    } catch (IllegalArgumentException e) {
      return StepOutcome.failed(String.valueOf(e.getMessage()));
    }
  }

  /** The change is made: whatever happens while it is looked at is no refusal of it. */
  private static StepOutcome told(Step step, PgLink link, long oid, Deadline deadline) {
    try {
      var left = link.read(deadline, connection -> RoleReading.state(connection, oid));
      return step.reachedBy(left)
          ? new StepOutcome(
              StepOutcome.Status.DONE, "new sessions begin with " + limit(left), left.fields())
          : StepOutcome.moved("somebody set it again: " + left.difference(step.after()));
    } catch (PgTrouble e) {
      return StepOutcome.uncertain("made, and its effect was not seen: " + e.failure());
    }
  }

  @Override
  public void close() {
    sight.close();
  }
}
