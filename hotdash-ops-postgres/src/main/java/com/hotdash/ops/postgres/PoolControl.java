package com.hotdash.ops.postgres;

import com.hotdash.ops.database.SchemaSteps;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resizes the pool that the caller handed in. Sends nothing to the database. */
final class PoolControl implements Control {
  private final @Nullable HikariDataSource pool;
  private final Time time;

  PoolControl(@Nullable HikariDataSource pool, Time time) {
    this.pool = pool;
    this.time = time;
  }

  @Override
  public Reading<TargetState> observe(Target target, Deadline deadline) {
    try {
      var meant = meant(target);
      var state = meant == null ? TargetState.GONE : state(meant);
      var value =
          meant == null
              ? target.label() + " is not there: it was closed, or was another process's"
              : target.label() + " may have " + meant.getMaximumPoolSize() + " connections";
      return Reading.of(state, Evidence.of(value, "HikariCP " + target.label(), time.now()));
    } catch (IllegalArgumentException e) {
      return Reading.unread(
          new NotChecked(
              target.label(), Why.NOT_UNDERSTOOD, String.valueOf(e.getMessage()), "plan afresh"));
    }
  }

  /** The name alone is not enough: each process has a pool of that name. */
  private @Nullable HikariDataSource meant(Target target) {
    var name = SchemaSteps.pool(target);
    return pool != null && !pool.isClosed() && name.filter(pool.getPoolName()::equals).isPresent()
        ? pool
        : null;
  }

  private static TargetState state(HikariDataSource pool) {
    return TargetState.of(Map.of(SchemaSteps.SIZE, Integer.toString(pool.getMaximumPoolSize())));
  }

  @Override
  public StepOutcome make(Step step, Deadline deadline) {
    try {
      var meant = meant(step.target());
      if (meant == null) {
        return StepOutcome.moved("it is gone");
      }
      var now = state(meant);
      if (!now.matches(step.assumes())) {
        return StepOutcome.moved(now.difference(step.assumes()));
      }
      // No number is refused too: NumberFormatException is an IllegalArgumentException.
      int size = Integer.parseInt(step.after().getOrDefault(SchemaSteps.SIZE, ""));
      meant.getHikariConfigMXBean().setMaximumPoolSize(size);
      return new StepOutcome(
          StepOutcome.Status.DONE, "it may have " + size + " connections", state(meant).fields());
    } catch (IllegalArgumentException e) {
      return StepOutcome.failed(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    // The pool is the caller's.
  }
}
