package com.hotdash.ops.catalogue;

import static com.hotdash.ops.catalogue.Ways.advised;
import static com.hotdash.ops.catalogue.Ways.audited;
import static com.hotdash.ops.catalogue.Ways.judged;
import static com.hotdash.ops.catalogue.Ways.planned;
import static com.hotdash.ops.catalogue.Ways.read;
import static com.hotdash.ops.diagnosis.Incident.DATABASE_CONNECTION_ISSUES;

import com.hotdash.ops.procedure.ConfigurationFinding.Pools;
import com.hotdash.ops.procedure.DatabaseReach.Logged;
import com.hotdash.ops.procedure.DatabaseReach.Reachability;
import com.hotdash.ops.procedure.DatabaseReach.TwoDatabases;
import com.hotdash.ops.procedure.DatabaseSessions.IdleInTransaction;
import com.hotdash.ops.procedure.DatabaseSessions.LockQueue;
import com.hotdash.ops.procedure.DatabaseSessions.LongTransactions;
import com.hotdash.ops.procedure.DatabaseSlots.IdleSessions;
import com.hotdash.ops.procedure.DatabaseSlots.OwnLimit;
import com.hotdash.ops.procedure.DatabaseSlots.OwnPool;
import com.hotdash.ops.procedure.DatabaseSlots.Pooler;
import com.hotdash.ops.procedure.DatabaseSlots.ServerSlots;
import java.util.List;

/** Database connection issues. */
final class Chapter4Lines {
  private static final String DATABASE = "databaseConnectionIssues()";

  private static final Argument SIZE =
      Argument.optional("size", "how many connections this process's pool may have", "8");

  private Chapter4Lines() {}

  static List<Entry> entries() {
    return List.of(
        Entry.of(
            "R4.S1",
            "name, network, TLS, password, pooler and a paused project fail differently",
            DATABASE + " tells at which stage a connection fails",
            judged(DATABASE_CONNECTION_ISSUES, Reachability.class, Logged.class)),
        Entry.of(
            "R4.S2",
            "server, pooler and the application's own pool are three troubles with opposite cures",
            DATABASE + " judges each of them",
            judged(
                DATABASE_CONNECTION_ISSUES,
                ServerSlots.class,
                Pooler.class,
                OwnPool.class,
                Logged.class)),
        Entry.of(
            "R4.S3",
            "locks, slow statements, the network and the pool all time out",
            DATABASE + " tells who waits for whom, and for how long",
            judged(
                DATABASE_CONNECTION_ISSUES,
                LockQueue.class,
                IdleInTransaction.class,
                Logged.class)),
        Entry.of(
            "R4.D1",
            "one address only, no timeout, and from here instead of from the application",
            "both addresses stage by stage, timed, under a deadline",
            judged(DATABASE_CONNECTION_ISSUES, Reachability.class, TwoDatabases.class)),
        Entry.of(
            "R4.D2",
            "counts background workers, and does not say who does what",
            "client backends against what is usable; who is idle, and for how long",
            judged(
                DATABASE_CONNECTION_ISSUES,
                ServerSlots.class,
                IdleInTransaction.class,
                IdleSessions.class)),
        Entry.of(
            "R4.D3",
            "reserved slots are part of it; a pooler's own limit is reached sooner",
            "usable slots of the server, of our role and database, and the pooler's refusals",
            judged(DATABASE_CONNECTION_ISSUES, ServerSlots.class, OwnLimit.class, Pooler.class)),
        Entry.of(
            "R4.R1",
            "DANGER: ends warm pools, listeners and the pooler's own connections, all at once;"
                + " one that it may not end breaks it off half-way; idle in transaction, the"
                + " usual cause, it leaves alone",
            "ops.databaseConnectionIssues().endSessions(): idle in transaction or blocking, 20 at"
                + " most, each looked at again",
            planned(question -> question.ops().databaseConnectionIssues().endSessions())),
        Entry.of(
            "R4.R2a",
            "DANGER: where the server or the pooler is full, bigger pools make it worse",
            "the pools against the limits; ops.database().resizePool(size) for a pool handed in",
            Chapter4Lines::pool,
            SIZE),
        Entry.of(
            "R4.R2b",
            "",
            "who keeps sessions or transactions open, by application",
            judged(
                DATABASE_CONNECTION_ISSUES,
                IdleInTransaction.class,
                LongTransactions.class,
                IdleSessions.class)),
        Entry.of(
            "R4.R3a",
            "vendors' pages lag and are coarse",
            "the status pages, as weak evidence",
            read(Readings.STATUS_PAGES)),
        Entry.of(
            "R4.R3b",
            "it cannot be read back, and printing it gives the password away",
            "where the address leads, without its password, and whether both lead to the same",
            judged(DATABASE_CONNECTION_ISSUES, Reachability.class, TwoDatabases.class)),
        Entry.of(
            "R4.R3c",
            "from where?",
            "name, network, TLS, login and a statement, stage by stage, from this process",
            read(Readings.CONNECTIVITY)),
        Entry.of(
            "R4.P1",
            "",
            "ops.audit() adds up the pools of all machines; R4.R2a compares them while it burns",
            audited(Pools.class)),
        Entry.told(
            "R4.P2",
            "",
            "ops.monitor() counts them every five minutes; ops.watch(duration) after a change"),
        Entry.told(
            "R4.P3",
            "names no threshold",
            "AlertRules.prometheus(): a warning from 70 % on, critical from 85 %, as the diagnosis"));
  }

  /** A size that somebody names is planned; its plan objects where the server is full. */
  private static Answer pool(Question question) {
    return question.argument(SIZE.name()).isPresent()
        ? question.plan(question.ops().database().resizePool(question.given().count(SIZE.name())))
        : advised(
                "leave it while the server or the pooler is full; machines times pool size must"
                    + " stay below the usable slots",
                DATABASE_CONNECTION_ISSUES,
                ServerSlots.class,
                Pooler.class,
                OwnPool.class)
            .answer(question);
  }
}
