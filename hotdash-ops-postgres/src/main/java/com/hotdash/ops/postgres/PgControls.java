package com.hotdash.ops.postgres;

import com.hotdash.ops.database.SchemaSteps;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;

/** All hands in a database: each kind of step has its own. They open nothing before they work. */
final class PgControls implements Control {
  private final Control sessions;
  private final Control roles;
  private final Control indexes;
  private final Control pool;

  PgControls(PgSight sight, Control indexes, Control pool) {
    this.sessions = new PgControl(sight);
    this.roles = new RoleControl(sight);
    this.indexes = indexes;
    this.pool = pool;
  }

  @Override
  public Reading<TargetState> observe(Target target, Deadline deadline) {
    return switch (target.kind()) {
      case SchemaSteps.TABLE, SchemaSteps.INDEX -> indexes.observe(target, deadline);
      case SchemaSteps.ROLE -> roles.observe(target, deadline);
      case SchemaSteps.POOL -> pool.observe(target, deadline);
      default -> sessions.observe(target, deadline);
    };
  }

  @Override
  public StepOutcome make(Step step, Deadline deadline) {
    return switch (step.kind()) {
      case SchemaSteps.CREATE_INDEX, SchemaSteps.DROP_INDEX -> indexes.make(step, deadline);
      case SchemaSteps.LIMIT_ROLE -> roles.make(step, deadline);
      case SchemaSteps.RESIZE_POOL -> pool.make(step, deadline);
      default -> sessions.make(step, deadline);
    };
  }

  @Override
  public void close() {
    pool.close();
    indexes.close();
    sessions.close();
  }
}
