package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.time.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads pg_stat_statements, wherever it lives and whatever columns it has: an extension keeps its
 * old columns after an upgrade of the server (facts/postgres.md §1).
 */
final class StatementsReading {
  // Its own default is 5,000 entries; a server with more room than this would cost too much to
  // read.
  private static final int MOST = 50_000;

  private static final String WHERE =
      """
      select pg_catalog.quote_ident(n.nspname) as schema,
             pg_catalog.has_schema_privilege(n.oid, 'USAGE') as open,
             coalesce(pg_catalog.current_setting('pg_stat_statements.max', true), '0') as most,
             pg_catalog.current_setting('track_io_timing') = 'on' as io_timed,
             (select r.oid from pg_catalog.pg_roles r where r.rolname = current_user) as own_role,
             pg_catalog.array_to_string(array(
               select a.attname::text from pg_catalog.pg_attribute a
               join pg_catalog.pg_class c on c.oid = a.attrelid
               where c.relnamespace = n.oid and c.relname = 'pg_stat_statements'
                 and a.attnum > 0 and not a.attisdropped), ' ') as columns,
             exists (select 1 from pg_catalog.pg_class c
                     where c.relnamespace = n.oid and c.relname = 'pg_stat_statements_info')
               as has_info
      from pg_catalog.pg_extension e
      join pg_catalog.pg_namespace n on n.oid = e.extnamespace
      where e.extname = 'pg_stat_statements'
      """;

  private StatementsReading() {}

  /** Where the extension lives and what it has. */
  private record Place(
      String schema,
      boolean open,
      Set<String> columns,
      boolean hasInfo,
      int most,
      boolean ioTimed,
      long ownRole) {}

  /** Reads the counters. */
  static StatementSet of(PgLink link, Deadline deadline) throws PgTrouble {
    var place = Ask.of(WHERE, StatementsReading::place);
    link.read(deadline, place);
    if (place.all().isEmpty()) {
      throw missing();
    }
    var there = place.all().get(0);
    if (!there.open()) {
      throw closed(there, link.role());
    }
    return read(link, there, deadline);
  }

  private static PgTrouble missing() {
    return new PgTrouble(
        Why.NOT_CONFIGURED,
        new ConnectFailure(
            FailureKind.OTHER,
            null,
            "pg_stat_statements is not installed in this database",
            "add it to shared_preload_libraries (on Supabase it is there), restart, then: CREATE"
                + " EXTENSION pg_stat_statements;"));
  }

  private static PgTrouble closed(Place place, String role) {
    return new PgTrouble(
        Why.NOT_PERMITTED,
        new ConnectFailure(
            FailureKind.NOT_PERMITTED,
            null,
            "pg_stat_statements lives in schema " + place.schema() + ", which is closed to us",
            "GRANT USAGE ON SCHEMA " + place.schema() + " TO " + IndexAdvice.quote(role) + ";"));
  }

  private static Place place(ResultSet row) throws SQLException {
    return new Place(
        Rows.text(row, "schema"),
        row.getBoolean("open"),
        Set.of(Rows.text(row, "columns").split(" ", -1)),
        row.getBoolean("has_info"),
        row.getInt("most"),
        row.getBoolean("io_timed"),
        row.getLong("own_role"));
  }

  private record Info(@Nullable Instant reset, @Nullable Long evictions) {}

  /** One entry; without a key if it is hidden from our role. */
  private record Entry(@Nullable StatementKey key, StatementCounters counters) {}

  private static StatementSet read(PgLink link, Place place, Deadline deadline) throws PgTrouble {
    var view = place.schema() + ".pg_stat_statements";
    var info =
        Ask.one(
            place.hasInfo()
                ? "select " + PgLink.MARK + " dealloc, stats_reset from " + view + "_info limit 1"
                : "select null::bigint as dealloc, null::timestamptz as stats_reset",
            row -> new Info(Rows.time(row, "stats_reset"), Rows.number(row, "dealloc")));
    var entries = Ask.of(sql(place.columns(), view), StatementsReading::entry);
    var now = LockRows.now();
    link.read(deadline, info, entries, now);
    if (entries.all().size() > MOST) {
      // Which ones would be left out is chance: the next reading may have others.
      throw new PgTrouble(
          Why.NOT_UNDERSTOOD,
          new ConnectFailure(
              FailureKind.OTHER,
              null,
              "pg_stat_statements counts more than " + MOST + " statements, too many to compare",
              "lower pg_stat_statements.max (5,000 by default)"));
    }
    var counters = new HashMap<StatementKey, StatementCounters>();
    int hidden = 0;
    for (var entry : entries.all()) {
      if (entry.key() == null) {
        hidden++;
      } else {
        counters.put(entry.key(), entry.counters());
      }
    }
    return new StatementSet(
        now.only(),
        view,
        info.only().reset(),
        info.only().evictions(),
        place.most(),
        place.ioTimed(),
        hidden,
        place.ownRole(),
        counters);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    long queryId = row.getLong("queryid");
    return new Entry(
        row.wasNull()
            ? null
            : new StatementKey(
                row.getLong("userid"), row.getLong("dbid"), queryId, row.getBoolean("top")),
        counters(row));
  }

  private static StatementCounters counters(ResultSet row) throws SQLException {
    long calls = row.getLong("calls");
    double mean = row.getDouble("mean");
    double deviation = row.getDouble("deviation");
    return new StatementCounters(
        calls,
        row.getDouble("total"),
        calls * (deviation * deviation + mean * mean),
        row.getLong("rows"),
        row.getLong("hit"),
        row.getLong("read"),
        row.getDouble("io"),
        row.getLong("temp"),
        Rows.time(row, "since"));
  }

  /** The columns that there are, under names of our own. Texts are left out: they cost most. */
  static String sql(Set<String> columns, String view) throws PgTrouble {
    return "select "
        + PgLink.MARK
        + " userid, dbid, queryid, calls, rows, "
        + (columns.contains("toplevel") ? "toplevel" : "true")
        + " as top, "
        + first(columns, "total_exec_time", "total_time")
        + " as total, "
        + first(columns, "mean_exec_time", "mean_time")
        + " as mean, "
        + first(columns, "stddev_exec_time", "stddev_time")
        + " as deviation, shared_blks_hit as hit, shared_blks_read as read, "
        + first(columns, "shared_blk_read_time", "blk_read_time")
        + " + "
        + first(columns, "shared_blk_write_time", "blk_write_time")
        + " as io, temp_blks_read + temp_blks_written as temp, "
        + (columns.contains("stats_since") ? "stats_since" : "null::timestamptz")
        + " as since from "
        + view
        + "(false) limit "
        + (MOST + 1);
  }

  private static String first(Set<String> columns, String... names) throws PgTrouble {
    for (var name : names) {
      if (columns.contains(name)) {
        return name;
      }
    }
    throw new PgTrouble(
        Why.NOT_UNDERSTOOD,
        new ConnectFailure(
            FailureKind.OTHER,
            null,
            "pg_stat_statements has no column " + names[0],
            "this version of hotdash-ops is too old for that extension, or the other way round"));
  }
}
