package com.hotdash.ops.procedure;

import com.hotdash.ops.database.ApplicationPool;
import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.EndpointProbe;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.statuspage.PageStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether and why the application cannot get database connections, or cannot use them. */
public sealed interface DatabaseConnectionFinding extends Finding {
  /**
   * How far a connection to one address gets.
   *
   * @param probe the stages
   * @param evidence where it was seen
   */
  record Reachability(EndpointProbe probe, List<Evidence> evidence)
      implements DatabaseConnectionFinding {
    /** Copies the list. */
    public Reachability {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.reachability";
    }

    @Override
    public Severity weight() {
      return probe.application() ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return failure()
          .map(failed -> tellsNothing(failed.kind()) ? Verdict.UNKNOWN : Verdict.PROBLEM)
          .orElse(Verdict.OK);
    }

    /**
     * That we cannot reach an address which only migrations use says more about the network where
     * we stand: direct addresses of hosted databases often have IPv6 only.
     */
    private boolean tellsNothing(FailureKind kind) {
      return kind.layer() == FailureKind.Layer.OURS
          || (!probe.application()
              && (kind == FailureKind.NO_ROUTE || kind == FailureKind.NAME_NOT_RESOLVED));
    }

    /**
     * Returns why it got no further.
     *
     * @return the failure, or empty if it got through
     */
    public Optional<ConnectFailure> failure() {
      return probe.failed().map(stage -> Objects.requireNonNull(stage.failure()));
    }

    @Override
    public String summary() {
      return probe
          .failed()
          .map(
              stage ->
                  probe.name()
                      + " fails at "
                      + stage.stage().name().toLowerCase(Locale.ROOT)
                      + " after "
                      + stage.took().toMillis()
                      + " ms: "
                      + stage.failure())
          .orElseGet(
              () ->
                  probe.name()
                      + " answers a query in "
                      + probe.took().toMillis()
                      + " ms ("
                      + probe.stages().stream()
                          .filter(stage -> stage.stage() != Stage.PARSE)
                          .map(
                              stage ->
                                  stage.stage().name().toLowerCase(Locale.ROOT)
                                      + " "
                                      + stage.took().toMillis())
                          .collect(Collectors.joining(", "))
                      + ")");
    }
  }

  /**
   * Two addresses that should lead to the same database and do not: what is read and ended over one
   * is not what the application uses over the other. Made only if they do differ.
   *
   * @param probes the addresses that were reached
   * @param evidence where it was seen
   */
  record TwoDatabases(List<EndpointProbe> probes, List<Evidence> evidence)
      implements DatabaseConnectionFinding {
    /** Copies the lists. */
    public TwoDatabases {
      probes = List.copyOf(probes);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.two-databases";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    String names() {
      return probes.stream().map(EndpointProbe::name).collect(Collectors.joining(" and "));
    }

    @Override
    public String summary() {
      return names()
          + " lead to different databases: "
          + probes.stream()
              .map(each -> each.name() + " to " + each.endpoint() + " (" + each.server() + ")")
              .collect(Collectors.joining(", "));
    }
  }

  /**
   * Whether the server has slots left.
   *
   * @param capacity the numbers, or {@code null} if a refusal is all that is known
   * @param refusal how the server or a limit refused a connection, or {@code null} if none did
   * @param fullAt the share from which it counts as full
   * @param evidence where it was seen
   */
  record ServerSlots(
      @Nullable Capacity capacity,
      @Nullable ConnectFailure refusal,
      double fullAt,
      List<Evidence> evidence)
      implements DatabaseConnectionFinding {
    /** Copies the list. */
    public ServerSlots {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.connections.server";
    }

    @Override
    public Severity weight() {
      return none() ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (refusal != null) {
        return Verdict.PROBLEM;
      }
      if (capacity == null) {
        return Verdict.UNKNOWN;
      }
      return capacity.clientBackends() >= fullAt * capacity.usable() ? Verdict.PROBLEM : Verdict.OK;
    }

    /**
     * Returns whether there is no slot to be had, not merely few.
     *
     * @return true if one was refused or all are taken
     */
    public boolean none() {
      return refusal != null || (capacity != null && capacity.free() == 0);
    }

    @Override
    public String summary() {
      var refused = refusal == null ? "" : "a connection was refused (" + refusal + "), ";
      return capacity == null
          ? refused + "the number of connections is not known"
          : refused
              + capacity.clientBackends()
              + " connections on "
              + capacity.usable()
              + " usable slots, "
              + capacity.free()
              + " free (max_connections "
              + capacity.maxConnections()
              + " less "
              + (capacity.maxConnections() - capacity.usable())
              + " reserved)";
    }
  }

  /**
   * Whether our role or database has reached a limit of its own, while the server may have slots.
   *
   * @param what the role or database
   * @param quota its limit and use, or {@code null} if a refusal is all that is known
   * @param refusal how it refused a connection, or {@code null} if it did not
   * @param evidence where it was seen
   */
  record OwnLimit(
      String what,
      Capacity.@Nullable Quota quota,
      @Nullable ConnectFailure refusal,
      List<Evidence> evidence)
      implements DatabaseConnectionFinding {
    /** Copies the list. */
    public OwnLimit {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.connections.own-limit";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      boolean reached = quota != null && quota.limit() != null && quota.used() >= quota.limit();
      return refusal != null || reached ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      if (quota != null && quota.limit() != null) {
        return what
            + " "
            + quota.name()
            + " has "
            + quota.used()
            + " of the "
            + quota.limit()
            + " connections that its own limit allows";
      }
      return refusal == null
          ? what + " has no connection limit of its own"
          : what + " has reached its own connection limit: " + refusal.text();
    }
  }

  /**
   * Whether the pooler between application and server has connections to give.
   *
   * @param refusal how it refused, or {@code null} if it let us through
   * @param evidence where it was seen
   */
  record Pooler(@Nullable ConnectFailure refusal, List<Evidence> evidence)
      implements DatabaseConnectionFinding {
    /** Copies the list. */
    public Pooler {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.connections.pooler";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return refusal == null ? Verdict.OK : Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      return refusal == null ? "the pooler let us through" : "the pooler refused: " + refusal;
    }
  }

  /**
   * Whether the application's own pool has connections to give.
   *
   * @param pool its figures
   * @param evidence where it was seen
   */
  record OwnPool(ApplicationPool pool, List<Evidence> evidence)
      implements DatabaseConnectionFinding {
    /** Copies the list. */
    public OwnPool {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.connections.application-pool";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return pool.exhausted() || pool.starved() ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      var figures = pool.active() + " of " + pool.max() + " borrowed, " + pool.waiting() + " wait";
      if (pool.starved()) {
        return "pool " + pool.name() + " is refused more connections by the server: " + figures;
      }
      return pool.exhausted()
          ? "pool " + pool.name() + " has handed out all it may have: " + figures
          : "pool " + pool.name() + ": " + figures;
    }
  }

  /**
   * Whether the server accepts writes.
   *
   * @param mode what it allows
   * @param evidence where it was seen
   */
  record Writable(ServerMode mode, List<Evidence> evidence) implements DatabaseConnectionFinding {
    /** Copies the list. */
    public Writable {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.server.writable";
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return mode.readOnly() || mode.inRecovery() ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public String summary() {
      if (mode.inRecovery()) {
        return "the server is a standby or in recovery and accepts no writes";
      }
      return mode.readOnly()
          ? "the server is set to read-only: full disk or a setting"
          : "version " + mode.version() + " accepts writes";
    }
  }

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
      implements DatabaseConnectionFinding {
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
          + blind;
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
      implements DatabaseConnectionFinding {
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
      implements DatabaseConnectionFinding {
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
      implements DatabaseConnectionFinding {
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

  /**
   * Idle sessions of one application that fill the server.
   *
   * @param application the name that it gives itself; empty for all that give none
   * @param idle how many idle sessions it has
   * @param usable how many slots there are for everybody
   * @param oldest for how long the oldest is idle
   * @param flooding whether they are why the server is full
   * @param evidence where it was seen
   */
  record IdleSessions(
      String application,
      int idle,
      int usable,
      Duration oldest,
      boolean flooding,
      List<Evidence> evidence)
      implements DatabaseConnectionFinding {
    /** Copies the list. */
    public IdleSessions {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "db.sessions.idle";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return flooding ? Verdict.PROBLEM : Verdict.OK;
    }

    String label() {
      return application.isBlank() ? "what gives itself no name" : application;
    }

    @Override
    public String summary() {
      return label()
          + " holds "
          + idle
          + " idle sessions of "
          + usable
          + " usable slots, the oldest idle for "
          + oldest.toSeconds()
          + " s"
          + (flooding ? "" : ": that is how a warm pool looks");
    }
  }

  /**
   * A vendor's status page that tells of trouble. Weak: pages lag the trouble, so this decides
   * nothing, and the diagnosis comes to the same without it.
   *
   * @param page what the page says
   * @param evidence where it was read
   */
  record VendorTrouble(PageStatus page, List<Evidence> evidence)
      implements DatabaseConnectionFinding {
    /** Copies the list. */
    public VendorTrouble {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "vendor.status-page";
    }

    @Override
    public Severity weight() {
      return Severity.INFO;
    }

    @Override
    public Verdict verdict() {
      return Verdict.UNKNOWN;
    }

    @Override
    public String summary() {
      return page + " (weak: vendor pages lag)";
    }
  }

  /**
   * Something that only the client of a certain database knows.
   *
   * @param id its stable id
   * @param weight how much it matters where it is a problem
   * @param verdict what it comes to
   * @param summary what a person should read
   * @param evidence where it was seen
   */
  record Other(String id, Severity weight, Verdict verdict, String summary, List<Evidence> evidence)
      implements DatabaseConnectionFinding {
    /** Copies the list. */
    public Other {
      evidence = List.copyOf(evidence);
    }
  }
}
