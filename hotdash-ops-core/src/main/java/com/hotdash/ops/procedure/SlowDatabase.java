package com.hotdash.ops.procedure;

import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.database.OpenMigrations;
import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.SlowStatements;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.procedure.DatabaseSessions.LockQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the database does that makes answers slow. */
public sealed interface SlowDatabase extends SlowCause {
  @Override
  default Place place() {
    return Place.DATABASE;
  }

  /**
   * Sessions that wait for locks, and for whom. Long waits are a problem however quick answers are:
   * a request that hangs is in no histogram until it ends.
   *
   * @param forest who waits for whom
   * @param longest how long the longest has waited, schema changes left out; {@code null} if our
   *     role may not see it
   * @param limit from when on it is too long
   * @param slow whether answers are slow
   * @param evidence where it was seen
   */
  record Locks(
      LockForest forest,
      @Nullable Duration longest,
      Duration limit,
      boolean slow,
      List<Evidence> evidence)
      implements SlowDatabase {
    /** Copies the list. */
    public Locks {
      evidence = List.copyOf(evidence);
    }

    /** The same as the database's own incident judges it: there is one rule of what is too long. */
    LockQueue queue() {
      return new LockQueue(forest, longest, limit, evidence);
    }

    @Override
    public String id() {
      return "slow.locks";
    }

    @Override
    public boolean points() {
      return queue().verdict() == Verdict.PROBLEM;
    }

    @Override
    public Verdict verdict() {
      return queue().verdict();
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public String summary() {
      return queue().summary();
    }
  }

  /**
   * Statements that have been running for long and wait for nobody. Backups and others that are
   * meant to take long are left out.
   *
   * @param sessions the oldest first
   * @param hidden of how many sessions our role may not see what they do
   * @param limit from when on it is long
   * @param serverTime now, by the server's clock
   * @param slow whether answers are slow
   * @param evidence where it was seen
   */
  record Running(
      List<Session> sessions,
      int hidden,
      Duration limit,
      Instant serverTime,
      boolean slow,
      List<Evidence> evidence)
      implements SlowDatabase {
    /** Copies the lists. */
    public Running {
      sessions = List.copyOf(sessions);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.running";
    }

    @Override
    public boolean points() {
      return !sessions.isEmpty();
    }

    @Override
    public String summary() {
      var blind = hidden == 0 ? "" : "; " + Count.sessions(hidden) + " could not be seen";
      return (sessions.isEmpty()
              ? "no statement has been running for " + Figures.time(limit)
              : Figures.many(sessions.size(), "statement has", "statements have")
                  + " been running for "
                  + Figures.time(limit)
                  + " or more: "
                  + Figures.some(sessions, this::told))
          + blind;
    }

    private String told(Session each) {
      return "pid "
          + each.id().pid()
          + " for "
          + Figures.time(each.inState(serverTime))
          + " "
          + Figures.cut(each.query(), 40);
    }
  }

  /**
   * The statements that cost most, and the indexes that they lack.
   *
   * @param found all that was read
   * @param costly those that cost much, most first
   * @param slow whether answers are slow
   * @param evidence where it was seen
   */
  record Statements(
      SlowStatements found,
      List<SlowStatements.Statement> costly,
      boolean slow,
      List<Evidence> evidence)
      implements SlowDatabase {
    /** Copies the lists. */
    public Statements {
      costly = List.copyOf(costly);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.statements";
    }

    @Override
    public boolean points() {
      return !costly.isEmpty();
    }

    /** Over which time the figures are: those since the counters began show nothing of now. */
    private String span() {
      return found.window().isZero()
          ? "since the server's counters began"
          : "in " + Figures.time(found.window());
    }

    @Override
    public String summary() {
      if (costly.isEmpty()) {
        return "no statement costs much "
            + span()
            + (found.statements().isEmpty()
                ? ": none ended"
                : ": most " + told(found.statements().get(0)));
      }
      return Figures.many(costly.size(), "statement costs", "statements cost")
          + " much "
          + span()
          + ": "
          + Figures.some(costly.subList(0, Math.min(2, costly.size())), Statements::told);
    }

    static String told(SlowStatements.Statement each) {
      return String.format(
          Locale.ROOT,
          "%s%,d calls of %,d ms: %s",
          each.atLeast() ? "at least " : "",
          each.calls(),
          each.mean().toMillis(),
          each.query().isEmpty()
              ? "hidden, queryid " + each.queryId()
              : Figures.cut(each.query(), 50));
    }
  }

  /**
   * Schema changes and index builds that run right now, and migrations that did not end: they take
   * the disk and the locks of users, and no older code fits a schema half changed.
   *
   * @param running what runs, in the server's words
   * @param migrations those that began and did not end
   * @param slow whether answers are slow
   * @param evidence where it was seen
   */
  record SchemaChanges(
      List<ServerMode.RunningChange> running,
      List<OpenMigrations.Migration> migrations,
      boolean slow,
      List<Evidence> evidence)
      implements SlowDatabase {
    /** Copies the lists. */
    public SchemaChanges {
      running = List.copyOf(running);
      migrations = List.copyOf(migrations);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.schema-change";
    }

    @Override
    public boolean points() {
      return !running.isEmpty() || migrations.stream().anyMatch(each -> each.error().isEmpty());
    }

    @Override
    public String summary() {
      if (running.isEmpty() && migrations.isEmpty()) {
        return "no schema change runs";
      }
      var all = new ArrayList<String>();
      running.forEach(each -> all.add(Figures.cut(each.what(), 60) + " runs"));
      migrations.forEach(
          each ->
              all.add(
                  "migration "
                      + each.name()
                      + (each.error().isEmpty() ? " has not ended" : " failed and is open")));
      return Figures.some(all, each -> each);
    }
  }
}
