package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.DatabaseConnectionIssues;
import com.hotdash.ops.testkit.postgres.Hotdash;
import java.util.List;

/** A database incident to be made, found and cured. Drills know the fault; the runbook does not. */
interface DatabaseDrill extends Drill {
  @Override
  default Incident incident() {
    return Incident.DATABASE_CONNECTION_ISSUES;
  }

  /** Returns limits so short that nobody has to wait five minutes for an idle transaction. */
  DatabaseThresholds thresholds();

  /** Returns what the first diagnosis must find. */
  Class<? extends Finding> expected();

  /** Returns what the runbook should be asked to do about it. */
  Resolution resolution(DatabaseConnectionIssues incident);

  /** Returns the reason that goes into the journal. */
  String because();

  /** Breaks something. */
  Fault inject(Hotdash hotdash);

  /** A fault that stands until it is closed or cured. */
  interface Fault extends AutoCloseable {
    /** Returns what is not as it must be after the cure, seen from the application's side. */
    List<String> harm();

    @Override
    void close();
  }
}
