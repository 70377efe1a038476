package com.hotdash.ops.postgres;

import static com.hotdash.ops.postgres.FailureRule.state;
import static com.hotdash.ops.postgres.FailureRule.words;

import com.hotdash.ops.database.FailureKind;
import java.util.List;

/** What goes wrong once a session stands. */
final class StatementRules {
  private static final String NAMED_STATEMENTS =
      "a transaction pooler mixes up named statements: prepareThreshold=0 for JDBC, pgbouncer=true"
          + " for Prisma";

  static final List<FailureRule> ALL =
      List.of(
          words(
              "must be loaded via.+shared_preload_libraries",
              FailureKind.OTHER,
              "add the library to shared_preload_libraries and restart the server"),
          words(
              "due to lock timeout|could not obtain lock",
              FailureKind.LOCK_TIMEOUT,
              "somebody holds the lock: read who blocks whom"),
          words(
              "due to statement timeout",
              FailureKind.STATEMENT_TIMEOUT,
              "see whether the statement was slow or waited for a lock before raising"
                  + " statement_timeout"),
          words(
              "due to user request",
              FailureKind.STATEMENT_TIMEOUT,
              "somebody cancelled it, or the client's own query timeout did (setQueryTimeout): look"
                  + " at the client's limits first"),
          words(
              "conflict with recovery",
              FailureKind.TERMINATED,
              "a standby ended it to apply changes: try again, or ask the primary"),
          words(
              "administrator command",
              FailureKind.TERMINATED,
              "somebody ended the session, or the server or pooler restarted: find out who; repeat"
                  + " only what may run twice"),
          words(
              "idle-in-transaction timeout",
              FailureKind.TERMINATED,
              "the application left a transaction open: find the missing commit or the slow work"
                  + " inside the transaction"),
          words(
              "idle-session timeout",
              FailureKind.TERMINATED,
              "set the pool's maximum lifetime below the server's idle_session_timeout"),
          words(
              "due to transaction timeout",
              FailureKind.TERMINATED,
              "make the transaction shorter, or raise transaction_timeout for this role"),
          words(
              "crash of another server process",
              FailureKind.TERMINATED,
              "the server restarts all sessions after a crash: read its log, open a new one"),
          words(
              "database is not accepting commands",
              FailureKind.READ_ONLY,
              "transaction ids have run out: VACUUM the oldest databases as superuser now, and end"
                  + " old transactions, prepared transactions and dead slots first"),
          words(
              "bind message supplies 0 parameters",
              FailureKind.OTHER,
              "EXPLAIN (GENERIC_PLAN) needs preferQueryMode=simple, or PREPARE and EXPLAIN EXECUTE"),
          words(
              "prepared statement \"[^\"]*\" (?:already exists|does not exist)",
              FailureKind.OTHER,
              NAMED_STATEMENTS),
          words(
              "out of shared memory",
              FailureKind.OUT_OF_MEMORY,
              "the lock table is full: end what holds thousands of locks; raising"
                  + " max_locks_per_transaction needs a restart"),
          words(
              "no space left on device",
              FailureKind.DISK_FULL,
              "find what grew (slots that hold back the log, temporary files) and enlarge the disk"));

  /** When the words say nothing. */
  static final List<FailureRule> BY_STATE =
      List.of(
          state(
              "53200",
              FailureKind.OUT_OF_MEMORY,
              "new logins fail with it too: end the largest sessions over a connection that is open"),
          state(
              "53100",
              FailureKind.DISK_FULL,
              "find what grew (slots that hold back the log, temporary files) and enlarge the disk"),
          state(
              "57P01 57P02 57P05 25P03 25P04",
              FailureKind.TERMINATED,
              "the server ended the session: read its words, then open a new one"),
          state(
              "57014",
              FailureKind.STATEMENT_TIMEOUT,
              "the statement was cancelled: read its words to see by whom"),
          state("55P03", FailureKind.LOCK_TIMEOUT, "somebody holds the lock: read who blocks whom"),
          state(
              "25006",
              FailureKind.READ_ONLY,
              "this is a replica, or default_transaction_read_only is on: write to the primary;"
                  + " Supabase sets it when the disk is nearly full"),
          state(
              "42501",
              FailureKind.NOT_PERMITTED,
              "grant the missing right: monitoring needs pg_monitor, ending sessions needs"
                  + " pg_signal_backend as well"),
          state(
              "40P01",
              FailureKind.OTHER,
              "a deadlock: the detail names both sessions; take locks in one order, and repeat the"
                  + " transaction"),
          state("40001", FailureKind.OTHER, "repeat the whole transaction"),
          state(
              "25001",
              FailureKind.OTHER,
              "CREATE INDEX CONCURRENTLY must be one statement by itself, in autocommit"),
          state("42P05 26000", FailureKind.OTHER, NAMED_STATEMENTS),
          state("42704", FailureKind.OTHER, "compare the object's name with the catalogue"),
          state("55000", FailureKind.OTHER, "the object is in no state for that: read the words"),
          state(
              "54000",
              FailureKind.OTHER,
              "a limit of the server is reached: read which in its words"),
          state(
              "25P02",
              FailureKind.OTHER,
              "an earlier statement of the transaction failed: look for the first error, roll back"));

  private StatementRules() {}
}
