package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.procedure.DatabaseSessions;
import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.DatabaseConnectionIssues;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import com.hotdash.ops.testkit.postgres.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A payment that never committed, and a dozen requests that wait for its row. */
final class IdleTransactionDrill implements DatabaseDrill {
  private static final int WAITERS = 12;

  @Override
  public String title() {
    return "Idle transaction blocks requests";
  }

  @Override
  public String story() {
    return "A request updated an order, then hung without committing. "
        + WAITERS
        + " others wait for the same row. The runbook's own cure, ending connections that are"
        + " idle for five minutes, would leave this one alone and kill the warm pool.";
  }

  @Override
  public DatabaseThresholds thresholds() {
    return DatabaseThresholds.DEFAULT.withLockWait(Duration.ofSeconds(1));
  }

  @Override
  public Class<? extends Finding> expected() {
    return DatabaseSessions.IdleInTransaction.class;
  }

  @Override
  public Resolution resolution(DatabaseConnectionIssues incident) {
    return incident.endSessions();
  }

  @Override
  public String because() {
    return "orders hang behind an idle transaction";
  }

  @Override
  public Fault inject(Hotdash hotdash) {
    var fault = IdleInTransaction.start(hotdash.app(), WAITERS);
    return new Fault() {
      @Override
      public List<String> harm() {
        fault.awaitWaiters(Duration.ofSeconds(5));
        var harm = new ArrayList<String>();
        for (var waiter : fault.waiters()) {
          if (waiter.outcome() != Waiter.Outcome.FINISHED) {
            harm.add("a waiting request did not finish: " + waiter);
          }
        }
        return harm;
      }

      @Override
      public void close() {
        fault.close();
      }
    };
  }
}
