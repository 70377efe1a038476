package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.procedure.DatabaseSessions;
import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.runbook.DatabaseConnectionIssues;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.LockPileUp;
import com.hotdash.ops.testkit.postgres.Waiter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A migration that waits for its lock, and all readers behind it. */
final class QueuedAlterDrill implements DatabaseDrill {
  private static final int READERS = 10;

  @Override
  public String title() {
    return "Waiting ALTER TABLE stops readers";
  }

  @Override
  public String story() {
    return "A report reads products in a long transaction. A migration's ALTER TABLE waits for"
        + " it, and "
        + READERS
        + " requests that only want to read wait behind the ALTER. Cancelling that one statement"
        + " frees them all; nobody loses a session.";
  }

  @Override
  public DatabaseThresholds thresholds() {
    return DatabaseThresholds.DEFAULT.withLockWait(Duration.ofSeconds(1));
  }

  @Override
  public Class<? extends Finding> expected() {
    return DatabaseSessions.LockQueue.class;
  }

  @Override
  public Resolution resolution(DatabaseConnectionIssues incident) {
    return incident.cancelQueueHeads();
  }

  @Override
  public String because() {
    return "a migration holds up all readers of products";
  }

  @Override
  public Fault inject(Hotdash hotdash) {
    var fault = LockPileUp.start(hotdash.app(), READERS);
    return new Fault() {
      @Override
      public List<String> harm() {
        fault.awaitWaiters(Duration.ofSeconds(5));
        var harm = new ArrayList<String>();
        for (var waiter : fault.waiters()) {
          boolean cancelled = "57014".equals(waiter.sqlState());
          if (waiter.pid() == fault.alterPid()
              ? !cancelled
              : waiter.outcome() != Waiter.Outcome.FINISHED) {
            harm.add("not as expected: " + waiter);
          }
        }
        var pids = fault.pids().stream().map(String::valueOf).collect(Collectors.joining(","));
        long alive =
            hotdash
                .database()
                .number("select count(*) from pg_stat_activity where pid in (" + pids + ")");
        if (alive != fault.pids().size()) {
          harm.add(fault.pids().size() - alive + " sessions were lost, none should be");
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
