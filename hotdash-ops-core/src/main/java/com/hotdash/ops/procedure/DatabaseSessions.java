package com.hotdash.ops.procedure;

import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What sessions do to one another. */
public sealed interface DatabaseSessions extends DatabaseConnectionFinding {
  /**
   * Sessions that keep a transaction open and do nothing.
   *
   * @param sessions those that are so for too long, but for those that nobody should end, and those
   *     that hold others up for too long, oldest first
   * @param hidden how many sessions could not be judged
   * @param oldest how long the oldest is idle
   * @param blocking how many sessions wait for them
   * @param limit from when on it is too long
   * @param evidence where it was seen
   */
  record IdleInTransaction(
      List<Session> sessions,
      int hidden,
      Duration oldest,
      int blocking,
      Duration limit,
      List<Evidence> evidence)
      implements DatabaseSessions {
    /** Copies the lists. */
    public IdleInTransaction {
      sessions = List.copyOf(sessions);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.sessions.idle-in-transaction";
    }

    @Override
    public Severity weight() {
      return blocking > 0 ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (!sessions.isEmpty()) {
        return Verdict.PROBLEM;
      }
      return hidden > 0 ? Verdict.UNKNOWN : Verdict.OK;
    }

    @Override
    public String summary() {
      var blind = hidden > 0 ? "; " + Count.sessions(hidden) + " could not be judged" : "";
      if (sessions.isEmpty()) {
        return "no session is idle in transaction for " + limit.toSeconds() + " s" + blind;
      }
      return Count.sessions(sessions.size())
          + " idle in transaction, the oldest for "
          + oldest.toSeconds()
          + " s"
          + (blocking == 0 ? "" : ", " + Count.waiting(blocking) + " for that")
          + suspect().map(each -> "; " + each).orElse("")
          + blind;
    }

    /**
     * Returns whose code forgets to commit, if several sessions have the same name.
     *
     * @return such as {@code 3 of them are web's}
     */
    public Optional<String> suspect() {
      return sessions.stream()
          .filter(each -> !each.application().isBlank())
          .collect(Collectors.groupingBy(Session::application, Collectors.counting()))
          .entrySet()
          .stream()
          .filter(each -> each.getValue() > 1)
          .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
          .map(each -> each.getValue() + " of them are " + Names.cut(each.getKey()) + "'s");
    }
  }

  /**
   * Transactions that are open for long while their statements run. Backups and others that nobody
   * should end are left out: they are meant to take long.
   *
   * @param sessions those that are too long, oldest first
   * @param hidden how many sessions could not be judged
   * @param oldest how long the oldest is open
   * @param evidence where it was seen
   */
  record LongTransactions(
      List<Session> sessions, int hidden, Duration oldest, List<Evidence> evidence)
      implements DatabaseSessions {
    /** Copies the lists. */
    public LongTransactions {
      sessions = List.copyOf(sessions);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.sessions.long-transactions";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (!sessions.isEmpty()) {
        return Verdict.PROBLEM;
      }
      return hidden > 0 ? Verdict.UNKNOWN : Verdict.OK;
    }

    @Override
    public String summary() {
      return sessions.isEmpty()
          ? "no transaction is open for long"
              + (hidden > 0 ? "; " + Count.sessions(hidden) + " could not be judged" : "")
          : (sessions.size() == 1 ? "1 transaction is" : sessions.size() + " transactions are")
              + " open for long, the oldest for "
              + oldest.toMinutes()
              + " min (pid "
              + sessions.get(0).id().pid()
              + ")";
    }
  }

  /**
   * Sessions that wait for locks, and for whom.
   *
   * @param forest who waits for whom
   * @param longest how long the longest has waited, schema changes left out, which may wait; {@code
   *     null} if our role may not see it
   * @param limit from when on it is too long
   * @param evidence where it was seen
   */
  record LockQueue(
      LockForest forest, @Nullable Duration longest, Duration limit, List<Evidence> evidence)
      implements DatabaseSessions {
    /** Copies the list. */
    public LockQueue {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.locks";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      if (forest.waiting() == 0) {
        return Verdict.OK;
      }
      // A wait whose length cannot be seen must not pass for a short one.
      return longest == null || longest.compareTo(limit) >= 0 ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      if (forest.waiting() == 0) {
        return "nobody waits for a lock";
      }
      var heads = forest.softBlockers().isEmpty() ? forest.roots() : forest.softBlockers();
      return Count.waiting(forest.waiting())
          + " for locks"
          + (longest == null ? "" : ", the longest for " + longest.toSeconds() + " s")
          + (heads.isEmpty()
              ? ""
              : ", " + heads.get(0).allWaiters().size() + " of them behind " + who(heads.get(0)));
    }

    /** A label often tells the kind already. */
    private static String who(LockForest.Blocker head) {
      var kind = head.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      return head.label().contains(kind) ? head.label() : head.label() + " (" + kind + ")";
    }
  }

  /**
   * Index builds and schema changes that run right now.
   *
   * @param changes what runs
   * @param evidence where it was seen
   */
  record SchemaChange(List<ServerMode.RunningChange> changes, List<Evidence> evidence)
      implements DatabaseSessions {
    /** Copies the lists. */
    public SchemaChange {
      changes = List.copyOf(changes);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.schema-change";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return waiting() ? Verdict.PROBLEM : Verdict.OK;
    }

    private boolean waiting() {
      return changes.stream().anyMatch(ServerMode.RunningChange::waiting);
    }

    @Override
    public String summary() {
      return changes.isEmpty()
          ? "no index build or schema change runs"
          : (waiting() ? "a schema change waits: " : "runs right now: ")
              + changes.stream()
                  .map(each -> each.what() + " (pid " + each.pid() + ")")
                  .collect(Collectors.joining("; "));
    }
  }
}
