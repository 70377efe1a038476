package com.hotdash.ops.postgres;

import com.hotdash.ops.postgres.Migrations.Migration;
import com.hotdash.ops.postgres.Replication.Slot;
import com.hotdash.ops.postgres.Replication.Standby;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the server has counted, whom it sends its log, and what Prisma left open. */
final class ServerReadings {
  private static final String COUNTERS =
      """
      select d.xact_commit, d.xact_rollback, d.blks_hit, d.blks_read, d.temp_files, d.temp_bytes,
             d.deadlocks, d.conflicts, d.checksum_failures, d.stats_reset,
             pg_catalog.clock_timestamp() as now
      from pg_catalog.pg_stat_database d
      where d.datname = pg_catalog.current_database()
      """;

  // to_jsonb reads columns that older versions lack.
  private static final String SLOTS =
      """
      select s.slot_name::text as name, s.slot_type, s.active,
             pg_catalog.pg_wal_lsn_diff(case when pg_catalog.pg_is_in_recovery()
               then pg_catalog.pg_last_wal_receive_lsn()
               else pg_catalog.pg_current_wal_lsn() end, s.restart_lsn)::bigint as retained,
             pg_catalog.to_jsonb(s) ->> 'wal_status' as wal_status,
             (pg_catalog.to_jsonb(s) ->> 'inactive_since')::timestamptz as inactive_since
      from pg_catalog.pg_replication_slots s
      order by 4 desc nulls last, 1
      limit 100
      """;

  private static final String STANDBYS =
      """
      select r.application_name, r.state, extract(epoch from r.replay_lag)::float8 as lag
      from pg_catalog.pg_stat_replication r
      order by 3 desc nulls last, 1
      limit 100
      """;

  private static final String DELAY =
      """
      select case when pg_catalog.pg_is_in_recovery() then extract(epoch from
               pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp())::float8
             end as delay
      """;

  private static final String MIGRATION_TABLES =
      """
      select c.oid::regclass::text as name
      from pg_catalog.pg_class c
      where c.relname = '_prisma_migrations' and c.relkind = 'r'
      order by c.oid
      limit 5
      """;

  private static final String MIGRATIONS =
      """
      select /* hotdash-ops */ * from (
        (select m.migration_name::text as name, m.started_at, m.finished_at,
                m.applied_steps_count as steps, left(m.logs::text, 1000) as logs
         from <table> m where m.finished_at is null and m.rolled_back_at is null
         order by m.started_at limit 20)
        union all
        (select m.migration_name::text, m.started_at, m.finished_at, m.applied_steps_count, null
         from <table> m where m.finished_at is not null and m.rolled_back_at is null
         order by m.finished_at desc limit 1)) migrations
      """;

  private ServerReadings() {}

  static DatabaseCounters counters(PgLink link, Deadline deadline) throws PgTrouble {
    var counters =
        Ask.one(
            COUNTERS,
            row ->
                new DatabaseCounters(
                    row.getLong("xact_commit"),
                    row.getLong("xact_rollback"),
                    row.getLong("blks_hit"),
                    row.getLong("blks_read"),
                    row.getLong("temp_files"),
                    row.getLong("temp_bytes"),
                    row.getLong("deadlocks"),
                    row.getLong("conflicts"),
                    Rows.number(row, "checksum_failures"),
                    Rows.time(row, "stats_reset"),
                    Rows.timeOf(row, "now")));
    link.read(deadline, counters);
    return counters.only();
  }

  static Replication replication(PgLink link, Deadline deadline) throws PgTrouble {
    var slots =
        Ask.of(
            SLOTS,
            row ->
                new Slot(
                    Rows.text(row, "name"),
                    Rows.text(row, "slot_type"),
                    row.getBoolean("active"),
                    Rows.number(row, "retained"),
                    row.getString("wal_status"),
                    Rows.time(row, "inactive_since")));
    var standbys =
        Ask.of(
            STANDBYS,
            row ->
                new Standby(
                    Rows.text(row, "application_name"),
                    row.getString("state"),
                    seconds(row, "lag")));
    var delay = Ask.one(DELAY, row -> Optional.ofNullable(seconds(row, "delay")));
    link.read(deadline, slots, standbys, delay);
    return new Replication(slots.all(), standbys.all(), delay.only().orElse(null));
  }

  private static @Nullable Duration seconds(ResultSet row, String column) throws SQLException {
    double seconds = row.getDouble(column);
    return row.wasNull() ? null : Duration.ofMillis(Math.round(seconds * 1000));
  }

  /** Takes a weak lock on Prisma's table: behind a strong one it gives up at the lock timeout. */
  static Migrations migrations(PgLink link, Deadline deadline) throws PgTrouble {
    var tables = Ask.of(MIGRATION_TABLES, row -> Rows.text(row, "name"));
    link.read(deadline, tables);
    var asks = tables.all().stream().map(table -> migrations(table, link.redactor())).toList();
    if (!asks.isEmpty()) {
      link.read(deadline, asks.toArray(Ask<?>[]::new));
    }
    var all = asks.stream().flatMap(ask -> ask.all().stream()).toList();
    var open = all.stream().filter(each -> each.finishedAt() == null).toList();
    var newest =
        all.stream().filter(each -> each.finishedAt() != null).reduce(ServerReadings::newer);
    return new Migrations(open, newest.orElse(null));
  }

  private static Ask<Migration> migrations(String table, Redactor redactor) {
    return Ask.of(
        MIGRATIONS.replace("<table>", table),
        row ->
            new Migration(
                redactor.redact(Rows.text(row, "name")),
                Rows.timeOf(row, "started_at"),
                Rows.time(row, "finished_at"),
                row.getInt("steps"),
                redactor.redact(firstLine(Rows.text(row, "logs")))));
  }

  private static Migration newer(Migration a, Migration b) {
    return a.startedAt().isAfter(b.startedAt()) ? a : b;
  }

  /** Prisma writes a story of many lines; values in the server's own one are masked. */
  private static String firstLine(String logs) {
    return logs.lines()
        .map(String::strip)
        .filter(line -> line.contains("ERROR:"))
        .findFirst()
        .or(() -> logs.lines().filter(line -> !line.isBlank()).findFirst())
        .map(QueryText::template)
        .orElse("");
  }
}
