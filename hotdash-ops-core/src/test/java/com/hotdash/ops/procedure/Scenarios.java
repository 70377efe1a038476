package com.hotdash.ops.procedure;

import static com.hotdash.ops.evidence.Verdict.OK;
import static com.hotdash.ops.evidence.Verdict.PROBLEM;
import static com.hotdash.ops.evidence.Verdict.UNKNOWN;

import com.hotdash.ops.database.ApplicationPool;
import com.hotdash.ops.database.Capacity.Quota;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.LockForest.Kind;
import com.hotdash.ops.database.ServerMode.RunningChange;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.evidence.NotChecked.Why;
import java.time.Duration;
import java.util.stream.Stream;

/** The illnesses that the runbook's fourth chapter knows, and some that look like them. */
final class Scenarios {
  private static final String SECRETS = "ops.secretRotationIssues().diagnose()";
  private static final String CALL = "ops.databaseConnectionIssues()";
  private static final String END = CALL + ".endSessions().plan()";
  private static final String END_BLOCKERS = CALL + ".endBlockers().plan()";
  private static final String CANCEL_HEADS = CALL + ".cancelQueueHeads().plan()";
  private static final String END_SESSIONS = "database.end-sessions";
  private static final String WHO_HOLDS =
      "select usename, application_name, state, count(*) from pg_stat_activity where backend_type ="
          + " 'client backend' group by 1, 2, 3 order by 4 desc;";
  private static final String OLDEST_FIRST =
      "select pid, state, wait_event_type, now() - state_change as age, query from pg_stat_activity"
          + " where state <> 'idle' order by state_change limit 20;";
  private static final String[] BEHIND_LOCKS = {
    "database.pool-size-up", "database.end-idle", "platform.restart"
  };
  private static final String[] NO_SLOTS = {"database.pool-size-up", "platform.restart"};

  private Scenarios() {}

  static Stream<Scenario> all() {
    return Stream.of(
            healthy(),
            refusals(),
            slots(),
            applicationPools(),
            idleInTransaction(),
            locks(),
            schemaChanges(),
            server())
        .flatMap(part -> part);
  }

  private static Stream<Scenario> healthy() {
    return Stream.of(
        Scenario.of("healthy and fully readable", sick -> {}, OK),
        Scenario.of(
            "healthy, with the application's pool handed in",
            sick -> sick.pool = new ApplicationPool("main", 10, 5, 1, 0),
            OK),
        Scenario.of(
            "healthy and busy: waits of milliseconds behind an open transaction",
            sick ->
                sick.idleInTransaction(11, Duration.ofMillis(4))
                    .active(12, Duration.ofMillis(3))
                    .behind(Kind.IDLE_IN_TRANSACTION, 11, 12),
            OK),
        Scenario.of(
            "healthy: a session long idle has just begun to wait",
            sick -> sick.active(11, Duration.ofMillis(4)).behind(Kind.ACTIVE, 11, 1),
            OK),
        Scenario.of(
            "healthy: a backup keeps its transactions open",
            sick ->
                sick.add(
                        11,
                        Session.IDLE_IN_TRANSACTION,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        "pg_dump",
                        "it makes a backup")
                    .add(
                        12,
                        Session.ACTIVE,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        "pg_dump",
                        "it makes a backup"),
            OK),
        Scenario.of(
            "healthy: idle in transaction, below the limit",
            sick -> sick.idleInTransaction(11, Duration.ofSeconds(299)),
            OK),
        Scenario.of(
            "healthy: many warm idle sessions, slots are free",
            sick -> {
              for (int pid = 10; pid < 80; pid++) {
                sick.idle(pid, Duration.ofMinutes(20));
              }
            },
            OK),
        Scenario.of("three slots, one free", sick -> thin(sick, 2), OK));
  }

  private static Stream<Scenario> refusals() {
    var slots =
        Stream.of(
                FailureKind.ALL_SLOTS_TAKEN,
                FailureKind.ORDINARY_SLOTS_TAKEN,
                FailureKind.UNRESERVED_SLOTS_TAKEN,
                FailureKind.ONLY_SUPERUSER_SLOTS_LEFT)
            .map(
                kind ->
                    Scenario.of(
                            "full at login, nothing else can be read: " + kind.label(),
                            sick -> sick.nobodyGetsIn(Stage.LOGIN, kind, false),
                            PROBLEM)
                        .finding(
                            "db.reachability PROBLEM CRITICAL",
                            "db.connections.server PROBLEM CRITICAL")
                        .advising("database.reach." + kind.label().replace(' ', '-'), WHO_HOLDS)
                        .warning(NO_SLOTS));
    var limits =
        Stream.of(FailureKind.ROLE_LIMIT, FailureKind.DATABASE_LIMIT)
            .map(
                kind ->
                    Scenario.of(
                            "a limit of its own at login: " + kind.label(),
                            sick -> sick.nobodyGetsIn(Stage.LOGIN, kind, false),
                            PROBLEM)
                        .finding(
                            "db.reachability PROBLEM CRITICAL",
                            "db.connections.own-limit PROBLEM CRITICAL")
                        .advising(
                            "database.own-limit",
                            "select application_name, client_addr, state, count(*) from"
                                + " pg_stat_activity group by 1, 2, 3 order by 4 desc;")
                        .warning(NO_SLOTS));
    var poolers =
        Stream.of(
                FailureKind.POOLER_CLIENT_LIMIT,
                FailureKind.POOLER_SESSION_LIMIT,
                FailureKind.POOLER_CHECKOUT_TIMEOUT,
                FailureKind.POOLER_SERVER_DOWN)
            .map(
                kind ->
                    Scenario.of(
                            "pooler: " + kind.label(),
                            sick -> sick.nobodyGetsIn(Stage.LOGIN, kind, true),
                            PROBLEM)
                        .finding(
                            "db.reachability PROBLEM CRITICAL",
                            "db.connections.pooler PROBLEM CRITICAL")
                        .advising("database.reach." + kind.label().replace(' ', '-'), "")
                        .warning(NO_SLOTS));
    return Stream.of(slots, limits, poolers, logins()).flatMap(part -> part);
  }

  private static Stream<Scenario> logins() {
    return Stream.of(
        refused(FailureKind.PASSWORD_REFUSED).warning("database.retry-login", "platform.restart"),
        refused(FailureKind.BANNED).warning("database.retry-login", "platform.restart"),
        refused(FailureKind.PROJECT_NOT_FOUND).warning("platform.restart"),
        Scenario.of(
                "no name, and nothing else was reached either",
                sick -> sick.nobodyGetsIn(Stage.RESOLVE, FailureKind.NAME_NOT_RESOLVED, false),
                UNKNOWN)
            .finding("db.reachability UNKNOWN INFO"),
        Scenario.of(
                "no name, and another address is reached by its name",
                sick -> {
                  sick.nobodyGetsIn(Stage.RESOLVE, FailureKind.NAME_NOT_RESOLVED, false);
                  sick.probes.add(SickDatabase.reaching("DIRECT_URL", false));
                },
                PROBLEM)
            .finding("db.reachability PROBLEM CRITICAL")
            .advising("database.reach.name-not-resolved", "")
            .warning("platform.restart"),
        Scenario.of(
                "our own machine has no network",
                sick -> sick.nobodyGetsIn(Stage.TCP, FailureKind.NO_ROUTE, false),
                UNKNOWN)
            .finding("db.reachability UNKNOWN INFO"),
        Scenario.of(
                "the address was typed wrongly where we stand",
                sick -> sick.nobodyGetsIn(Stage.PARSE, FailureKind.URL_MALFORMED, false),
                UNKNOWN)
            .finding("db.reachability UNKNOWN INFO"),
        unreached(Stage.TCP, FailureKind.REFUSED).warning("platform.restart"),
        unreached(Stage.LOGIN, FailureKind.STARTING_UP)
            .warning("database.restart", "platform.restart"),
        Scenario.of(
                "not tried, because it could have made it worse",
                sick -> sick.nobodyGetsIn(Stage.LOGIN, FailureKind.NOT_TRIED, false),
                UNKNOWN)
            .finding("db.reachability UNKNOWN INFO"),
        Scenario.of(
                "our own deadline came first",
                sick -> sick.nobodyGetsIn(Stage.TCP, FailureKind.DEADLINE, false),
                UNKNOWN)
            .finding("db.reachability UNKNOWN INFO"),
        Scenario.of(
                "the migrations' address has no route from here",
                sick -> sick.failing("DIRECT_URL", Stage.TCP, FailureKind.NO_ROUTE, false),
                UNKNOWN)
            .finding("db.reachability UNKNOWN INFO"),
        Scenario.of(
                "the migrations' password is refused, the application's is not",
                sick ->
                    sick.failing("DIRECT_URL", Stage.LOGIN, FailureKind.PASSWORD_REFUSED, false),
                PROBLEM)
            .finding("db.reachability PROBLEM WARNING")
            .advising("database.reach.password-refused", SECRETS)
            .warning("database.end-idle", "database.retry-login"),
        Scenario.of(
                "the two addresses lead to different databases",
                sick -> {
                  sick.probes.add(
                      SickDatabase.reaching(
                          "DIRECT_URL", false, "staging since 2026-02-01T00:00:00Z"));
                  sick.idleInTransaction(11, Duration.ofMinutes(6));
                },
                PROBLEM)
            .finding(
                "db.two-databases PROBLEM CRITICAL",
                "db.sessions.idle-in-transaction PROBLEM WARNING")
            .advising(
                "database.two-databases", "select current_database(), pg_postmaster_start_time();")
            .warning("database.pool-size-up", "database.end-idle"),
        Scenario.of(
            "the two addresses lead to the same database",
            sick -> sick.probes.add(SickDatabase.reaching("DIRECT_URL", false)),
            OK),
        Scenario.of(
            "only the migrations' address is configured, and healthy",
            sick -> {
              sick.probes.clear();
              sick.probes.add(SickDatabase.reaching("DIRECT_URL", false));
            },
            UNKNOWN),
        Scenario.of(
            "nothing is configured",
            sick -> {
              for (var key :
                  Stream.of(
                          DatabaseLook.CONNECTIVITY,
                          DatabaseLook.CAPACITY,
                          DatabaseLook.SESSIONS,
                          DatabaseLook.LOCKS,
                          DatabaseLook.MODE)
                      .toList()) {
                sick.unreadable(key, Why.NOT_CONFIGURED);
              }
            },
            UNKNOWN));
  }

  private static Scenario refused(FailureKind kind) {
    return unreached(Stage.LOGIN, kind)
        .advising("database.reach." + kind.label().replace(' ', '-'), SECRETS);
  }

  private static Scenario unreached(Stage stage, FailureKind kind) {
    return Scenario.of(
            "unreached: " + kind.label(), sick -> sick.nobodyGetsIn(stage, kind, false), PROBLEM)
        .finding("db.reachability PROBLEM CRITICAL")
        .advising("database.reach." + kind.label().replace(' ', '-'), "");
  }

  private static Stream<Scenario> slots() {
    return Stream.of(
        Scenario.of("nearly full, of what our role may not see", sick -> sick.unseen = 80, PROBLEM)
            .finding("db.connections.server PROBLEM WARNING")
            .advising("database.who-holds-slots", WHO_HOLDS)
            .warning("database.pool-size-up", "database.end-idle", "platform.restart"),
        Scenario.of(
                "full, seen over a connection that was open already, and refused to others",
                sick -> {
                  sick.unseen = 95;
                  sick.failing("DATABASE_URL", Stage.LOGIN, FailureKind.ALL_SLOTS_TAKEN, false);
                },
                PROBLEM)
            .finding("db.reachability PROBLEM CRITICAL", "db.connections.server PROBLEM CRITICAL")
            .advising("database.reach.all-slots-taken", WHO_HOLDS)
            .warning("database.pool-size-up", "database.end-idle", "platform.restart"),
        Scenario.of("three slots, none free", sick -> thin(sick, 3), PROBLEM)
            .finding("db.connections.server PROBLEM CRITICAL")
            .advising("database.who-holds-slots", WHO_HOLDS)
            .warning("database.pool-size-up", "platform.restart"),
        Scenario.of(
                "no usable slot at all",
                sick -> {
                  thin(sick, 1);
                  sick.maxConnections = 3;
                },
                PROBLEM)
            .finding("db.connections.server PROBLEM CRITICAL")
            .advising("database.who-holds-slots", WHO_HOLDS)
            .warning("database.pool-size-up", "platform.restart"),
        Scenario.of(
                "one application floods the server with idle sessions, few slots are left",
                sick -> flood(sick, 85),
                PROBLEM)
            .finding("db.connections.server PROBLEM WARNING", "db.sessions.idle PROBLEM WARNING")
            .advising("database.smaller-pools", WHO_HOLDS)
            .warning(NO_SLOTS),
        Scenario.of(
                "one application floods the server with idle sessions, no slot is left",
                sick -> flood(sick, 95),
                PROBLEM)
            .finding("db.connections.server PROBLEM CRITICAL", "db.sessions.idle PROBLEM WARNING")
            .advising("database.smaller-pools", CALL + ".endIdle(\"report\\\"s\").plan()")
            .warning(NO_SLOTS),
        Scenario.of(
                "the role's own limit is reached, slots are free",
                sick -> sick.role = new Quota("hot'dash", 20, 20),
                PROBLEM)
            .finding("db.connections.own-limit PROBLEM CRITICAL")
            .advising(
                "database.own-limit",
                "select application_name, client_addr, state, count(*) from pg_stat_activity where"
                    + " usename = 'hot''dash' group by 1, 2, 3 order by 4 desc;")
            .warning("database.pool-size-up", "database.end-idle"),
        Scenario.of(
            "below the role's own limit", sick -> sick.role = new Quota("hotdash", 20, 19), OK),
        Scenario.of("sessions that our role may not see", sick -> sick.hidden = 4, UNKNOWN)
            .finding(
                "db.sessions.idle-in-transaction UNKNOWN INFO",
                "db.sessions.long-transactions UNKNOWN INFO"));
  }

  private static Stream<Scenario> applicationPools() {
    return Stream.of(
        Scenario.of(
                "the application's pool is exhausted, the server is not",
                sick -> sick.pool = new ApplicationPool("main", 10, 10, 10, 7),
                PROBLEM)
            .finding("db.connections.application-pool PROBLEM CRITICAL")
            .advising("database.application-pool", OLDEST_FIRST)
            .warning("database.end-idle"),
        Scenario.of(
                "the application's pool is refused connections",
                sick -> sick.pool = new ApplicationPool("main", 10, 4, 4, 7),
                PROBLEM)
            .finding("db.connections.application-pool PROBLEM CRITICAL")
            .advising("database.application-pool", OLDEST_FIRST)
            .warning("database.pool-size-up", "database.end-idle"),
        Scenario.of(
            "the application's pool was handed in and cannot be read",
            sick -> {
              sick.pool = new ApplicationPool("main", 10, 4, 4, 0);
              sick.unreadable(DatabaseLook.APPLICATION_POOL, Why.UNREACHABLE);
            },
            UNKNOWN),
        Scenario.of(
                "the pool is exhausted behind an idle transaction",
                sick -> {
                  sick.pool = new ApplicationPool("main", 10, 10, 10, 7);
                  idleBlocker(sick);
                },
                PROBLEM)
            .finding(
                "db.sessions.idle-in-transaction PROBLEM CRITICAL",
                "db.locks PROBLEM CRITICAL",
                "db.connections.application-pool PROBLEM CRITICAL")
            .advising(END_SESSIONS, END)
            .warning(BEHIND_LOCKS));
  }

  private static Stream<Scenario> idleInTransaction() {
    return Stream.of(
        Scenario.of(
                "idle in transaction for long, nobody waits",
                sick -> sick.idleInTransaction(11, Duration.ofMinutes(6)),
                PROBLEM)
            .finding("db.sessions.idle-in-transaction PROBLEM WARNING")
            .advising(END_SESSIONS, END)
            .warning("database.pool-size-up", "database.end-idle"),
        Scenario.of(
                "idle in transaction for long, and our role sees it but may not end it",
                sick ->
                    sick.idleInTransaction(11, Duration.ofMinutes(6))
                        .outOfReach(11, "our role may not signal it"),
                PROBLEM)
            .finding("db.sessions.idle-in-transaction PROBLEM WARNING")
            .advising("database.out-of-reach", "ops.checkAccess()")
            .warning("database.pool-size-up", "database.end-idle"),
        Scenario.of(
                "a running statement out of our reach holds others up",
                sick ->
                    sick.active(11, Duration.ofSeconds(30))
                        .outOfReach(11, "its role is a superuser")
                        .active(12, Duration.ofSeconds(9))
                        .behind(Kind.ACTIVE, 11, 12),
                PROBLEM)
            .finding("db.locks PROBLEM CRITICAL")
            .advising("database.out-of-reach", "ops.checkAccess()")
            .warning(BEHIND_LOCKS),
        Scenario.of("idle in transaction, others wait", Scenarios::idleBlocker, PROBLEM)
            .finding(
                "db.sessions.idle-in-transaction PROBLEM CRITICAL", "db.locks PROBLEM CRITICAL")
            .advising(END_SESSIONS, END)
            .warning(BEHIND_LOCKS),
        Scenario.of(
                "a backup, idle in transaction, holds others up",
                sick ->
                    sick.add(
                            11,
                            Session.IDLE_IN_TRANSACTION,
                            Duration.ofMinutes(9),
                            Duration.ofMinutes(9),
                            "pg_dump",
                            "it makes a backup")
                        .active(12, Duration.ofSeconds(9))
                        .behind(Kind.IDLE_IN_TRANSACTION, 11, 12),
                PROBLEM)
            .finding(
                "db.sessions.idle-in-transaction PROBLEM CRITICAL", "db.locks PROBLEM CRITICAL")
            .advising("database.ask-owner", "")
            .warning(
                "database.end-protected",
                "database.pool-size-up",
                "database.end-idle",
                "platform.restart"),
        Scenario.of(
                "a transaction runs for long, nobody waits",
                sick -> sick.active(11, Duration.ofMinutes(16)),
                PROBLEM)
            .finding("db.sessions.long-transactions PROBLEM WARNING")
            .advising(
                "database.long-transactions",
                "select pid, usename, application_name, xact_start, state, query from"
                    + " pg_stat_activity where xact_start < now() - interval '900 s' order by"
                    + " xact_start;")
            .warning("database.end-idle"));
  }

  private static Stream<Scenario> locks() {
    return Stream.of(
        lockedBy("a running statement", Kind.ACTIVE, END_SESSIONS, END_BLOCKERS),
        lockedBy(
            "a prepared transaction",
            Kind.PREPARED_TRANSACTION,
            "database.prepared-transaction",
            "select gid, owner, database, prepared from pg_prepared_xacts order by prepared;"),
        lockedBy(
                "a vacuum of the server's own",
                Kind.AUTOVACUUM,
                "database.wait-for-autovacuum",
                "select pid, phase, heap_blks_scanned, heap_blks_total from"
                    + " pg_stat_progress_vacuum;")
            .warning(with("database.end-autovacuum", BEHIND_LOCKS)),
        lockedBy(
                "an index build",
                Kind.MAINTENANCE,
                "database.wait-for-maintenance",
                "select pid, command, phase, blocks_done, blocks_total from"
                    + " pg_stat_progress_create_index;")
            .warning(with("database.end-maintenance", BEHIND_LOCKS)),
        lockedBy("a replication worker", Kind.BACKGROUND, "database.ask-owner", "")
            .warning(with("database.end-background", BEHIND_LOCKS)),
        lockedBy(
            "one that our role may not see",
            Kind.HIDDEN,
            "database.see-blocker",
            "ops.checkAccess()"),
        Scenario.of(
                "an idle session with an advisory lock holds others up",
                sick ->
                    sick.active(12, Duration.ofSeconds(9)).behind(Kind.IDLE_IN_TRANSACTION, 1, 12),
                PROBLEM)
            .finding("db.locks PROBLEM CRITICAL")
            .advising(END_SESSIONS, END_BLOCKERS)
            .warning(BEHIND_LOCKS),
        Scenario.of("a statement that waits itself holds others up", Scenarios::queue, PROBLEM)
            .finding("db.locks PROBLEM CRITICAL", "db.schema-change PROBLEM WARNING")
            .advising(END_SESSIONS, CANCEL_HEADS)
            .warning(then("platform.roll-back", BEHIND_LOCKS)),
        Scenario.of(
                "a backup runs behind which a schema change and then users wait",
                sick -> {
                  queue(sick);
                  sick.add(
                      11,
                      Session.ACTIVE,
                      Duration.ofMinutes(30),
                      Duration.ofMinutes(30),
                      "pg_dump",
                      "it makes a backup");
                },
                PROBLEM)
            .finding("db.locks PROBLEM CRITICAL", "db.schema-change PROBLEM WARNING")
            .advising(END_SESSIONS, CANCEL_HEADS)
            .warning(with("database.end-protected", then("platform.roll-back", BEHIND_LOCKS))),
        Scenario.of(
                "waiters whose blockers cannot be found",
                sick ->
                    sick.active(11, Duration.ofSeconds(1)).behind(Kind.HIDDEN, 900, 901).hidden = 2,
                PROBLEM)
            .finding(
                "db.locks PROBLEM CRITICAL",
                "db.sessions.idle-in-transaction UNKNOWN INFO",
                "db.sessions.long-transactions UNKNOWN INFO")
            .advising("database.see-blocker", "ops.checkAccess()")
            .warning(BEHIND_LOCKS));
  }

  private static Stream<Scenario> schemaChanges() {
    return Stream.of(
        Scenario.of(
            "an index build runs and waits for nobody",
            sick -> {
              sick.active(11, Duration.ofMinutes(2));
              sick.changes.add(new RunningChange(11, "CREATE INDEX on orders", false));
            },
            OK),
        Scenario.of(
                "an index build waits for an old transaction, and nobody for it",
                sick -> {
                  sick.active(11, Duration.ofMinutes(2)).active(12, Duration.ofMinutes(3));
                  sick.changes.add(new RunningChange(11, "CREATE INDEX CONCURRENTLY", true));
                  sick.behind(Kind.ACTIVE, 12, 11);
                },
                PROBLEM)
            .finding("db.schema-change PROBLEM WARNING")
            .advising(
                "database.schema-change-waits",
                "select pid, state, xact_start, query from pg_stat_activity where pid = any"
                    + " (pg_blocking_pids(11));")
            .warning("database.end-idle", "platform.roll-back"),
        Scenario.of(
                "a schema change runs, and users wait for it",
                sick -> {
                  sick.active(11, Duration.ofSeconds(40)).active(12, Duration.ofSeconds(30));
                  sick.changes.add(new RunningChange(11, "ALTER TABLE orders", false));
                  sick.behind(Kind.ACTIVE, 11, 12);
                },
                PROBLEM)
            .finding("db.locks PROBLEM CRITICAL")
            .advising("database.ask-owner", "")
            .warning(then("platform.roll-back", BEHIND_LOCKS)));
  }

  private static Stream<Scenario> server() {
    return Stream.of(
        Scenario.of("the server is read-only", sick -> sick.readOnly = true, PROBLEM)
            .finding("db.server.writable PROBLEM CRITICAL")
            .advising(
                "database.writable",
                "select source, setting, sourcefile from pg_settings where name ="
                    + " 'default_transaction_read_only';")
            .warning("database.end-idle", "platform.restart"),
        Scenario.of("the server is a standby", sick -> sick.inRecovery = true, PROBLEM)
            .finding("db.server.writable PROBLEM CRITICAL")
            .advising(
                "database.writable", "select pg_is_in_recovery(), pg_last_xact_replay_timestamp();")
            .warning("database.end-idle", "platform.restart"));
  }

  private static Scenario lockedBy(String name, Kind kind, String id, String line) {
    return Scenario.of(
            "users wait behind " + name,
            sick -> {
              sick.active(11, Duration.ofSeconds(30)).active(12, Duration.ofSeconds(5));
              sick.behind(kind, 11, 12);
            },
            PROBLEM)
        .finding("db.locks PROBLEM CRITICAL")
        .advising(id, line)
        .warning(BEHIND_LOCKS);
  }

  private static void idleBlocker(SickDatabase sick) {
    sick.idleInTransaction(11, Duration.ofSeconds(20))
        .active(12, Duration.ofSeconds(9))
        .active(13, Duration.ofSeconds(8))
        .behind(Kind.IDLE_IN_TRANSACTION, 11, 12, 13);
  }

  private static void queue(SickDatabase sick) {
    sick.active(11, Duration.ofMinutes(2))
        .active(12, Duration.ofSeconds(20))
        .active(13, Duration.ofSeconds(9))
        .behind(Kind.ACTIVE, 11, 12, 13)
        .behindQueueHead(12, 13);
    sick.changes.add(new RunningChange(12, "ALTER TABLE orders", true));
  }

  private static void flood(SickDatabase sick, int sessions) {
    for (int pid = 100; pid < 100 + sessions; pid++) {
      sick.add(pid, Session.IDLE, Duration.ofMinutes(30), null, "report\"s", null);
    }
  }

  private static void thin(SickDatabase sick, int busy) {
    sick.maxConnections = 6;
    sick.sessions.clear();
    for (int pid = 1; pid <= busy; pid++) {
      sick.active(pid, Duration.ofSeconds(1));
    }
  }

  private static String[] with(String first, String... rest) {
    return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
  }

  private static String[] then(String last, String... before) {
    return Stream.concat(Stream.of(before), Stream.of(last)).toArray(String[]::new);
  }
}
