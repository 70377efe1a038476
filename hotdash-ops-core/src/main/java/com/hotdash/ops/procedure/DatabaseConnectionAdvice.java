package com.hotdash.ops.procedure;

import com.hotdash.ops.database.EndSessions;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.FailureKind.Layer;
import com.hotdash.ops.database.LimitIdleTransactions;
import com.hotdash.ops.database.ServerMode.RunningChange;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.Signature;
import com.hotdash.ops.procedure.DatabaseReach.Logged;
import com.hotdash.ops.procedure.DatabaseReach.Reachability;
import com.hotdash.ops.procedure.DatabaseReach.TwoDatabases;
import com.hotdash.ops.procedure.DatabaseReach.Writable;
import com.hotdash.ops.procedure.DatabaseSessions.IdleInTransaction;
import com.hotdash.ops.procedure.DatabaseSessions.LockQueue;
import com.hotdash.ops.procedure.DatabaseSessions.LongTransactions;
import com.hotdash.ops.procedure.DatabaseSessions.SchemaChange;
import com.hotdash.ops.procedure.DatabaseSlots.IdleSessions;
import com.hotdash.ops.procedure.DatabaseSlots.OwnLimit;
import com.hotdash.ops.procedure.DatabaseSlots.OwnPool;
import com.hotdash.ops.procedure.DatabaseSlots.Pooler;
import com.hotdash.ops.procedure.DatabaseSlots.ServerSlots;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What would help and what would hurt, given the findings. What hurts users now comes before what
 * will, and of two cures the gentler one comes first.
 */
final class DatabaseConnectionAdvice {

  private static final Set<FailureKind> COMING_OR_GOING =
      EnumSet.of(FailureKind.STARTING_UP, FailureKind.SHUTTING_DOWN, FailureKind.IN_RECOVERY);

  // What a changed secret may have brought about.
  private static final Set<FailureKind> CREDENTIALS =
      EnumSet.of(
          FailureKind.PASSWORD_REFUSED,
          FailureKind.PASSWORD_MISSING,
          FailureKind.ROLE_REFUSED,
          FailureKind.PROJECT_NOT_FOUND,
          FailureKind.BANNED);

  private static final String WHAT_HOLDS =
      "find what holds the borrowed connections: slow statements, locks, or code that does not give"
          + " them back";
  private static final String OPEN_SESSIONS =
      "select pid, state, wait_event_type, now() - state_change as age, query"
          + " from pg_stat_activity where state <> 'idle' order by state_change limit 20;";
  private static final String WHO_HOLDS =
      "see who holds the slots, over a connection that is open already, and stop or shrink what"
          + " matters least";
  private static final String SLOT_HOLDERS =
      "select usename, application_name, state, count(*) from pg_stat_activity"
          + " where backend_type = 'client backend' group by 1, 2, 3 order by 4 desc;";

  private final List<? extends Finding> findings;
  private final DatabaseThresholds thresholds;
  private final Map<Integer, Session> notEndable;

  DatabaseConnectionAdvice(
      List<? extends Finding> findings, DatabaseThresholds thresholds, List<Session> sessions) {
    this.findings = findings;
    this.thresholds = thresholds;
    this.notEndable =
        sessions.stream()
            .filter(each -> !each.endable())
            .collect(Collectors.toMap(each -> each.id().pid(), Function.identity(), (a, b) -> a));
  }

  List<Recommendation> recommendations() {
    var list = new ArrayList<Recommendation>();
    all(TwoDatabases.class).forEach(found -> list.add(twoDatabases(found)));
    var locks = locks();
    locks.ifPresent(queue -> list.addAll(queue.queueHeads()));
    var idle = problems(IdleInTransaction.class).findFirst();
    idle.filter(found -> found.blocking() > 0).ifPresent(found -> endIdle(found, list));
    locks.ifPresent(queue -> list.addAll(queue.roots()));
    problems(Reachability.class).forEach(reach -> reach(reach, list));
    problems(Writable.class).forEach(mode -> list.add(writable(mode)));
    problems(OwnLimit.class).forEach(limit -> list.add(ownLimit(limit)));
    idle.filter(found -> found.blocking() == 0).ifPresent(found -> endIdle(found, list));
    problems(IdleSessions.class).forEach(flood -> idleFlood(flood, list));
    problems(ServerSlots.class).forEach(slots -> list.add(whoHoldsSlots(slots)));
    problems(OwnPool.class).forEach(pool -> list.add(ownPool(pool)));
    idle.ifPresent(found -> idleLimit(found, list));
    problems(SchemaChange.class).findFirst().ifPresent(change -> schemaChange(change, list));
    problems(LongTransactions.class).forEach(each -> list.add(longTransactions(each)));
    if (list.isEmpty()) {
      logged().ifPresent(sign -> list.add(logged(sign)));
    }
    return list;
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<Contraindication>();
    if (findings.stream().noneMatch(finding -> finding.verdict() == Verdict.PROBLEM)) {
      return list;
    }
    locks().ifPresent(queue -> list.addAll(queue.contraindications()));
    if (present(ServerSlots.class)
        || present(Pooler.class)
        || present(OwnLimit.class)
        || logged().filter(sign -> sign == Signature.DATABASE_FULL).isPresent()
        || problems(OwnPool.class).anyMatch(found -> found.pool().starved())) {
      list.add(
          new Contraindication(
              "database.pool-size-up",
              "raise the application's pool size",
              "the shortage is behind the pool: more connections make it worse"));
    } else if (present(LockQueue.class) || present(IdleInTransaction.class)) {
      list.add(
          new Contraindication(
              "database.pool-size-up",
              "raise the application's pool size",
              "more connections would only wait behind the same locks"));
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
      list.add(DependencyAdvice.noMoreLogins());
    }
    if (failures().anyMatch(COMING_OR_GOING::contains)) {
      list.add(
          new Contraindication(
              "database.restart",
              "restart the database",
              "it is coming up or going down: a restart makes it begin its recovery anew"));
    }
    if (problems(Reachability.class).anyMatch(reach -> reach.probe().application())
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

  private Optional<LockAdvice> locks() {
    var dealtWith =
        problems(IdleInTransaction.class)
            .flatMap(idle -> idle.sessions().stream())
            .filter(each -> each.sparedBecause() == null)
            .map(each -> each.id().pid())
            .collect(Collectors.toSet());
    var changes =
        all(SchemaChange.class)
            .flatMap(found -> found.changes().stream())
            .filter(change -> !change.waiting())
            .collect(Collectors.toMap(RunningChange::pid, RunningChange::what, (a, b) -> a));
    return problems(LockQueue.class)
        .findFirst()
        .map(queue -> new LockAdvice(queue, notEndable, changes, dealtWith));
  }

  private static void endIdle(IdleInTransaction idle, List<Recommendation> list) {
    long ends = idle.sessions().stream().filter(Session::endable).count();
    if (ends > 0) {
      list.add(
          Recommendation.resolution(
              EndSessions.ID,
              "end " + Count.sessions(ends) + " idle in transaction",
              (idle.blocking() > 0
                      ? Count.waiting(idle.blocking()) + " for that; "
                      : "they hold slots, locks and old rows; ")
                  + "cancelling does nothing to an idle one",
              remedy("endSessions")));
    }
    outOfReach(idle, list);
  }

  private static void outOfReach(IdleInTransaction idle, List<Recommendation> list) {
    idle.sessions().stream()
        .filter(each -> each.sparedBecause() == null && each.outOfReach() != null)
        .findFirst()
        .ifPresent(
            each ->
                list.add(
                    Recommendation.advice(
                        "database.out-of-reach",
                        "let our role end sessions, or ask whoever may to end pid "
                            + each.id().pid()
                            + ", idle in transaction",
                        each.outOfReach()
                            + (idle.blocking() > 0
                                ? "; " + Count.waiting(idle.blocking()) + " for that"
                                : ""),
                        "ops.checkAccess()")));
  }

  private static Recommendation twoDatabases(TwoDatabases found) {
    return Recommendation.advice(
        "database.two-databases",
        "correct the setting: make " + found.names() + " lead to the same database",
        "what is seen and would be ended over one is not what the application uses over the other",
        "select current_database(), pg_postmaster_start_time();");
  }

  private void idleLimit(IdleInTransaction idle, List<Recommendation> list) {
    idle.sessions().stream()
        .filter(each -> each.sparedBecause() == null && !each.user().isBlank())
        .findFirst()
        .ifPresent(
            session ->
                list.add(
                    Recommendation.resolution(
                        LimitIdleTransactions.ID,
                        "set a limit on the role, so that the server ends the next one by itself",
                        "the code that forgot to commit is still running",
                        Remedy.database(
                            "limitIdleTransactions",
                            session.user(),
                            Duration.ofSeconds(
                                Math.max(1, thresholds.idleInTransaction().toSeconds()))))));
  }

  /** The limit of a role or database has an advice of its own that says more. */
  private static void reach(Reachability reach, List<Recommendation> list) {
    reach
        .failure()
        .filter(failure -> failure.kind().layer() != Layer.LIMIT)
        .ifPresent(
            failure ->
                list.add(
                    Recommendation.advice(
                        "database.reach." + failure.kind().label().replace(' ', '-'),
                        reach.probe().name() + ": " + failure.nextStep(),
                        failure.kind().label(),
                        CREDENTIALS.contains(failure.kind())
                            ? "ops.secretRotationIssues().diagnose()"
                            : "")));
  }

  private static Recommendation writable(Writable mode) {
    return mode.mode().inRecovery()
        ? Recommendation.advice(
            "database.writable",
            "find out whether a fail-over is under way; if not, point DATABASE_URL at the primary",
            mode.summary(),
            "select pg_is_in_recovery(), pg_last_xact_replay_timestamp();")
        : Recommendation.advice(
            "database.writable",
            "look at the disk's fill level with the provider, make room, then unset read-only",
            mode.summary(),
            "select source, setting, sourcefile from pg_settings"
                + " where name = 'default_transaction_read_only';");
  }

  private static Recommendation ownLimit(OwnLimit limit) {
    var quota = limit.quota();
    var column = limit.what().equals("role") ? "usename" : "datname";
    return Recommendation.advice(
        "database.own-limit",
        "use fewer connections with that " + limit.what() + ", or have its connection limit raised",
        limit.summary(),
        "select application_name, client_addr, state, count(*) from pg_stat_activity"
            + (quota == null ? "" : " where " + column + " = " + Sql.text(quota.name()))
            + " group by 1, 2, 3 order by 4 desc;");
  }

  private void idleFlood(IdleSessions idle, List<Recommendation> list) {
    list.add(
        Recommendation.advice(
            "database.smaller-pools",
            "give "
                + idle.label()
                + " fewer connections: pool size times machines must stay under "
                + idle.usable(),
            idle.summary(),
            ""));
    if (problems(ServerSlots.class).anyMatch(ServerSlots::none)) {
      list.add(
          Recommendation.resolution(
              EndSessions.ID,
              "in an emergency, end its oldest idle sessions to regain slots",
              "no slot is free, and they hold theirs for nothing; expect errors in their client",
              remedy("endIdle", idle.application())));
    }
  }

  private static Recommendation whoHoldsSlots(ServerSlots slots) {
    return Recommendation.advice(
        "database.who-holds-slots", WHO_HOLDS, slots.summary(), SLOT_HOLDERS);
  }

  private Optional<Signature> logged() {
    return all(Logged.class).findFirst().flatMap(Logged::most);
  }

  /** We get through, and the application does not. */
  private Recommendation logged(Signature sign) {
    var because = all(Logged.class).map(Logged::summary).findFirst().orElse("");
    return switch (sign) {
      case DATABASE_AUTH ->
          Recommendation.advice(
              "database.application-login",
              "see whether the application's secret was changed: our own login is taken",
              because,
              "ops.secretRotationIssues().diagnose()");
      case POOL_EMPTY, DATABASE_TIMEOUT ->
          Recommendation.advice("database.application-pool", WHAT_HOLDS, because, OPEN_SESSIONS);
      case DATABASE_FULL ->
          Recommendation.advice("database.who-holds-slots", WHO_HOLDS, because, SLOT_HOLDERS);
      default ->
          Recommendation.advice(
              "database.from-the-application",
              "look from a machine of the application: it does not get where we get",
              because,
              "ops.healthCheckFailures().diagnose()");
    };
  }

  private static Recommendation ownPool(OwnPool pool) {
    return Recommendation.advice(
        "database.application-pool",
        pool.pool().starved()
            ? "free slots on the server or pooler; the pool itself is large enough"
            : WHAT_HOLDS,
        pool.summary(),
        OPEN_SESSIONS);
  }

  private void schemaChange(SchemaChange found, List<Recommendation> list) {
    var holdingUp =
        problems(LockQueue.class)
            .flatMap(queue -> queue.forest().softBlockers().stream())
            .map(blocker -> blocker.pid())
            .collect(Collectors.toSet());
    var waiting = found.changes().stream().filter(RunningChange::waiting).toList();
    if (waiting.stream().anyMatch(change -> holdingUp.contains(change.pid()))) {
      list.add(
          Recommendation.advice(
              "database.schema-change-later",
              "let the schema change be retried later, with lock_timeout set",
              found.summary(),
              ""));
      return;
    }
    list.add(
        Recommendation.advice(
            "database.schema-change-waits",
            "see for whom the schema change waits, and let it wait: nobody waits for it yet",
            found.summary(),
            "select pid, state, xact_start, query from pg_stat_activity where pid = any"
                + " (pg_blocking_pids("
                + waiting.get(0).pid()
                + "));"));
  }

  private Recommendation longTransactions(LongTransactions found) {
    return Recommendation.advice(
        "database.long-transactions",
        "ask whether anybody needs what pid " + found.sessions().get(0).id().pid() + " does",
        found.summary(),
        "select pid, usename, application_name, xact_start, state, query from pg_stat_activity"
            + " where xact_start < now() - interval '"
            + thresholds.longTransaction().toSeconds()
            + " s' order by xact_start;");
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

  static Remedy remedy(String verb, Object... arguments) {
    return Remedy.of(Incident.DATABASE_CONNECTION_ISSUES, verb, arguments);
  }
}
