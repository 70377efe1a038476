package com.hotdash.ops.database;

import com.hotdash.ops.resolution.Control;

/** A database that the runbook can see and change. Implementations are thread-safe. */
public interface Database extends DatabaseReader {
  /**
   * Opens the hands for one execution. It understands the steps that {@link SessionSteps} names.
   *
   * @return a control that has sent nothing yet; the caller closes it
   */
  Control control();
}
