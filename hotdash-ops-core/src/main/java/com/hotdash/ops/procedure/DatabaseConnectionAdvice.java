package com.hotdash.ops.procedure;

import com.hotdash.ops.database.EndSessions;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.procedure.DatabaseConnectionFinding.IdleInTransaction;
import com.hotdash.ops.procedure.DatabaseConnectionFinding.IdleSessions;
import com.hotdash.ops.procedure.DatabaseConnectionFinding.LockQueue;
import com.hotdash.ops.procedure.DatabaseConnectionFinding.OwnLimit;
import com.hotdash.ops.procedure.DatabaseConnectionFinding.OwnPool;
import com.hotdash.ops.procedure.DatabaseConnectionFinding.Pooler;
import com.hotdash.ops.procedure.DatabaseConnectionFinding.Reachability;
import com.hotdash.ops.procedure.DatabaseConnectionFinding.SchemaChange;
import com.hotdash.ops.procedure.DatabaseConnectionFinding.ServerSlots;
import com.hotdash.ops.procedure.DatabaseConnectionFinding.Writable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What would help and what would hurt, given the findings. Gentle cures come first. */
final class DatabaseConnectionAdvice {
  private static final String CALL = "ops.databaseConnectionIssues()";

  private final List<? extends Finding> findings;
  private final DatabaseThresholds thresholds;

  DatabaseConnectionAdvice(List<? extends Finding> findings, DatabaseThresholds thresholds) {
    this.findings = findings;
    this.thresholds = thresholds;
  }

  List<Recommendation> recommendations() {
    var list = new ArrayList<Recommendation>();
    problems(LockQueue.class).forEach(queue -> cancelQueueHeads(queue, list));
    problems(IdleInTransaction.class).findFirst().ifPresent(idle -> endIdle(idle, list));
    problems(LockQueue.class).forEach(queue -> blockers(queue, list));
    problems(Reachability.class).forEach(reach -> reach(reach, list));
    problems(Writable.class).forEach(mode -> writable(mode, list));
    problems(OwnLimit.class).forEach(limit -> ownLimit(limit, list));
    problems(IdleSessions.class).forEach(idle -> idleFlood(idle, list));
    problems(OwnPool.class).forEach(pool -> ownPool(pool, list));
    problems(SchemaChange.class)
        .findFirst()
        .ifPresent(
            change ->
                list.add(
                    Recommendation.advice(
                        "database.schema-change-later",
                        "let the schema change be retried later, with lock_timeout set",
                        change.summary(),
                        "")));
    return list;
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<Contraindication>();
    if (present(ServerSlots.class) || present(Pooler.class)) {
      list.add(
          new Contraindication(
              "database.pool-size-up",
              "raise the application's pool size",
              "the shortage is behind the pool: more connections make it worse"));
    }
    if (all(IdleSessions.class).anyMatch(idle -> idle.verdict() == Verdict.OK)) {
      list.add(
          new Contraindication(
              "database.end-idle",
              "end idle sessions",
              "they are a warm pool's: it replaces them within seconds, and clients see errors"));
    }
    if (failures()
        .anyMatch(kind -> kind == FailureKind.PASSWORD_REFUSED || kind == FailureKind.BANNED)) {
      list.add(
          new Contraindication(
              "database.retry-login",
              "try the login again",
              "further refused passwords can ban this address for half an hour"));
    }
    if (problems(Reachability.class).findAny().isPresent()
        || present(Writable.class)
        || present(LockQueue.class)
        || present(ServerSlots.class)) {
      list.add(
          new Contraindication(
              "platform.restart",
              "restart the application",
              "the cause is in or before the database; restarting adds a storm of new connections"));
    }
    if (all(SchemaChange.class).anyMatch(change -> !change.changes().isEmpty())) {
      list.add(
          new Contraindication(
              "platform.roll-back",
              "roll back, or end the schema change blindly",
              "it is half made: first find out whether it will finish by itself"));
    }
    return list;
  }

  private static void cancelQueueHeads(LockQueue queue, List<Recommendation> list) {
    queue.forest().softBlockers().stream()
        .findFirst()
        .ifPresent(
            head ->
                list.add(
                    Recommendation.resolution(
                        EndSessions.ID,
                        "cancel the statement of " + head.label() + ", which itself only waits",
                        "it frees the "
                            + head.allWaiters().size()
                            + " sessions behind it at once, and nothing is lost: it can be retried"
                            + " with lock_timeout",
                        CALL + ".cancelQueueHeads().plan()")));
  }

  private void endIdle(IdleInTransaction idle, List<Recommendation> list) {
    list.add(
        Recommendation.resolution(
            EndSessions.ID,
            "end the " + idle.sessions().size() + " sessions that idle in transactions",
            (idle.blocking() > 0
                    ? idle.blocking() + " sessions wait for them; "
                    : "they hold slots, locks and old rows; ")
                + "cancelling does nothing to an idle one",
            CALL + ".endSessions().plan()"));
    list.add(
        Recommendation.advice(
            "database.idle-in-transaction-timeout",
            "set a limit on the role, so that the server ends the next one by itself",
            "the code that forgot to commit is still running",
            "alter role "
                + idle.sessions().get(0).user()
                + " set idle_in_transaction_session_timeout = '"
                + Math.max(1, thresholds.idleInTransaction().toSeconds())
                + "s';"));
  }

  private static void blockers(LockQueue queue, List<Recommendation> list) {
    for (var root : queue.forest().roots()) {
      var because = root.allWaiters().size() + " sessions wait for it";
      if (root.kind() == LockForest.Kind.ACTIVE) {
        list.add(
            Recommendation.resolution(
                EndSessions.ID,
                "cancel the running statement of " + root.label(),
                because,
                CALL + ".endBlockers().plan()"));
      } else if (root.kind() == LockForest.Kind.PREPARED_TRANSACTION) {
        list.add(
            Recommendation.advice(
                "database.prepared-transaction",
                "decide the prepared transaction " + root.label() + " with its owner",
                because + ", and it has no session that could be ended",
                "rollback prepared '" + root.label().replace("'", "''") + "';"));
      } else if (root.kind() == LockForest.Kind.HIDDEN) {
        list.add(
            Recommendation.advice(
                "database.see-blocker",
                "let our role see what " + root.label() + " is",
                because,
                "ops.checkAccess()"));
      }
    }
  }

  private static void reach(Reachability reach, List<Recommendation> list) {
    reach
        .failure()
        .ifPresent(
            failure ->
                list.add(
                    Recommendation.advice(
                        "database.reach." + failure.kind().label().replace(' ', '-'),
                        reach.probe().name() + ": " + failure.nextStep(),
                        failure.kind().label(),
                        "")));
  }

  private static void writable(Writable mode, List<Recommendation> list) {
    list.add(
        Recommendation.advice(
            "database.writable",
            mode.mode().inRecovery()
                ? "point DATABASE_URL at the primary"
                : "look at the disk's fill level with the provider; then unset read-only",
            mode.summary(),
            mode.mode().inRecovery() ? "" : "show default_transaction_read_only;"));
  }

  private static void ownLimit(OwnLimit limit, List<Recommendation> list) {
    list.add(
        Recommendation.advice(
            "database.own-limit",
            "raise the limit of that " + limit.what() + ", or use fewer connections with it",
            limit.summary(),
            limit.quota() == null
                ? ""
                : "alter " + limit.what() + " " + limit.quota().name() + " connection limit …;"));
  }

  private static void idleFlood(IdleSessions idle, List<Recommendation> list) {
    list.add(
        Recommendation.advice(
            "database.smaller-pools",
            "give "
                + idle.application()
                + " fewer connections: pool size times machines must stay under "
                + idle.usable(),
            idle.summary(),
            ""));
    list.add(
        Recommendation.resolution(
            EndSessions.ID,
            "in an emergency, end its oldest idle sessions to regain slots",
            "they hold slots and do nothing; expect errors in their client",
            CALL + ".endIdle(\"" + idle.application() + "\").plan()"));
  }

  private static void ownPool(OwnPool pool, List<Recommendation> list) {
    list.add(
        Recommendation.advice(
            "database.application-pool",
            pool.pool().starved()
                ? "free slots on the server; the pool itself is large enough"
                : "find what holds the borrowed connections: slow statements, locks, or code that"
                    + " does not give them back",
            pool.summary(),
            ""));
  }

  private Stream<FailureKind> failures() {
    return all(Reachability.class)
        .map(Reachability::failure)
        .flatMap(Optional::stream)
        .map(failure -> failure.kind());
  }

  private boolean present(Class<? extends Finding> type) {
    return problems(type).findAny().isPresent();
  }

  private <F extends Finding> Stream<F> problems(Class<F> type) {
    return all(type).filter(finding -> finding.verdict() == Verdict.PROBLEM);
  }

  private <F extends Finding> Stream<F> all(Class<F> type) {
    return findings.stream().filter(type::isInstance).map(type::cast);
  }
}
