package com.hotdash.ops.postgres;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Takes a snapshot over one connection, each reading in a transaction of its own: one that fails
 * costs the others nothing, and those that say most of an incident come first.
 */
final class SnapshotTaking {
  private static final int STATEMENTS = 10;
  private static final Duration LONG = Duration.ofMinutes(1);

  private final PgSight sight;
  private final int maxSessions;
  private final Deadline deadline;
  private final @Nullable Snapshot previous;

  SnapshotTaking(PgSight sight, int maxSessions, Deadline deadline, @Nullable Snapshot previous) {
    this.sight = sight;
    this.maxSessions = maxSessions;
    this.deadline = deadline;
    this.previous = previous;
  }

  /** How a reading is made. */
  @FunctionalInterface
  private interface Making<T> {
    Reading<T> with(PgLink link) throws PgTrouble;
  }

  /** What reads one value. */
  @FunctionalInterface
  private interface Simple<T> {
    T read(PgLink link, Deadline deadline) throws PgTrouble;
  }

  Snapshot take() {
    var at = sight.time().now();
    var capacity = reading("database capacity", link -> CapacityReading.of(link, deadline));
    var sessions =
        reading("database sessions", link -> SessionsReading.of(link, maxSessions, deadline));
    Reading<PgLocks> locks =
        reading("database locks", link -> seen(link, PgLocks.read(link, deadline), "pg_locks"));
    var mode = reading("database server mode", link -> ModeReading.of(link, deadline));
    Reading<LongTransactions> longTransactions =
        reading(
            "long transactions",
            link ->
                seen(link, LongTransactionsReading.of(link, LONG, deadline), "pg_stat_activity"));
    Reading<DatabaseCounters> counters =
        simple("counters of the database", "pg_stat_database", ServerReadings::counters);
    Reading<Replication> replication =
        simple("replication", "pg_replication_slots", ServerReadings::replication);
    Reading<Wraparound> wraparound =
        simple("age of transaction ids", "pg_database", MaintenanceReadings::wraparound);
    Reading<Migrations> migrations =
        simple("Prisma's migrations", "_prisma_migrations", ServerReadings::migrations);
    Reading<TableHealth> tables =
        simple("dead rows and vacuum", "pg_stat_user_tables", MaintenanceReadings::tables);
    Reading<IndexHealth> indexes = simple("indexes", "pg_index", MaintenanceReadings::indexes);
    Reading<StatementSet> statements =
        reading(
            "statistics of statements",
            link -> seen(link, StatementsReading.of(link, deadline), "pg_stat_statements"));
    return new Snapshot(
        new SnapshotReadings(
            capacity,
            sessions,
            locks,
            mode,
            longTransactions,
            counters,
            replication,
            wraparound,
            migrations,
            tables,
            indexes,
            statements,
            slowQueries(statements)),
        previous,
        at,
        source());
  }

  private Reading<SlowQueries> slowQueries(Reading<StatementSet> statements) {
    var after = statements.toOptional();
    if (after.isEmpty()) {
      return statements.obstacle().map(Reading::<SlowQueries>unread).orElseThrow();
    }
    var before = previous == null ? after : previous.statements().toOptional().or(() -> after);
    return reading(
        "slow statements",
        link ->
            seen(
                link,
                new SlowQueriesReading(link, deadline, StatementOrder.TOTAL)
                    .of(before.orElseThrow(), after.orElseThrow(), STATEMENTS),
                "pg_stat_statements"));
  }

  private <T> Reading<T> simple(String what, String view, Simple<T> reader) {
    return reading(what, link -> seen(link, reader.read(link, deadline), view));
  }

  /** The value itself is what there is to say; the query shows the raw rows. */
  private static <T> Reading<T> seen(PgLink link, T value, String view) {
    return Reading.of(
        value, link.evidence("read", view, null, "select * from " + view + " limit 20;"));
  }

  private <T> Reading<T> reading(String what, Making<T> making) {
    try {
      return making.with(sight.link(deadline));
    } catch (PgTrouble e) {
      return Reading.unread(e.notChecked(what));
    }
  }

  private String source() {
    try {
      return sight.link(deadline).source("one connection");
    } catch (PgTrouble e) {
      return "no connection: " + e.failure();
    }
  }
}
