package com.hotdash.ops.procedure;

import com.hotdash.ops.database.ApplicationPool;
import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether there are connections to be had: of the server, a limit, the pooler, the pool. */
public sealed interface DatabaseSlots extends DatabaseConnectionFinding {
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
      implements DatabaseSlots {
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
      implements DatabaseSlots {
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
      implements DatabaseSlots {
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
  record OwnPool(ApplicationPool pool, List<Evidence> evidence) implements DatabaseSlots {
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
      implements DatabaseSlots {
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
}
