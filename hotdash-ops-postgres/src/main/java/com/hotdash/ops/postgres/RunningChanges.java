package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ServerMode.RunningChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds the index builds and schema changes that run or wait right now. */
final class RunningChanges {
  private static final int LONGEST = 120;
  private static final int MOST = 100;

  // relid::regclass would be right in our own database only.
  private static final String PROGRESS =
      """
      select p.pid, %1$s as what, p.phase, c.relname::text as relation,
             p.%2$s as done, p.%3$s as total,
             exists (select 1 from pg_catalog.pg_locks l where l.pid = p.pid and not l.granted)
               as waiting
      from pg_catalog.%4$s p
      left join pg_catalog.pg_class c
        on c.oid = p.relid and p.datname = pg_catalog.current_database()
      order by p.pid
      limit 100
      """;

  private static final String INDEX_BUILDS =
      PROGRESS.formatted(
          "coalesce(p.command, 'an index build')",
          "blocks_done",
          "blocks_total",
          "pg_stat_progress_create_index");

  private static final String REWRITES =
      PROGRESS.formatted(
          "coalesce(p.command, 'a table rewrite')",
          "heap_blks_scanned",
          "heap_blks_total",
          "pg_stat_progress_cluster");

  private static final String STATEMENTS =
      """
      select a.pid, left(a.query, 1000) as query,
             exists (select 1 from pg_catalog.pg_locks l where l.pid = a.pid and not l.granted)
               as waiting
      from pg_catalog.pg_stat_activity a
      where a.state = 'active' and a.backend_type = 'client backend'
        and a.pid <> pg_catalog.pg_backend_pid()
        and a.query ~* '\\m(create|alter|drop|truncate|vacuum|reindex|cluster)\\M'
      order by a.pid
      limit 1000
      """;

  // The key that Prisma's schema engine locks for the time of a migration.
  private static final String PRISMA =
      """
      select l.pid, not l.granted as waiting
      from pg_catalog.pg_locks l
      join pg_catalog.pg_database d
        on d.oid = l.database and d.datname = pg_catalog.current_database()
      where l.locktype = 'advisory' and l.classid = 0 and l.objid = 72707369 and l.pid is not null
      order by l.pid
      limit 100
      """;

  private static final Pattern CHANGE =
      Pattern.compile(
          "(?is)(?:create|alter|drop|truncate|reindex|cluster)\\b.*|vacuum\\s*(?:\\([^)]*)?full\\b.*");

  private RunningChanges() {}

  /** Its queries, which fill the changes by the process that makes them. */
  static List<OneTrip.Query> queries(Map<Integer, RunningChange> changes) {
    // What progress says of a session is better than its statement, so it comes last.
    return List.of(
        new OneTrip.Query(PRISMA, rows -> prisma(rows, changes)),
        new OneTrip.Query(STATEMENTS, rows -> statements(rows, changes)),
        new OneTrip.Query(INDEX_BUILDS, rows -> progress(rows, changes)),
        new OneTrip.Query(REWRITES, rows -> progress(rows, changes)));
  }

  /** The first of them, in the order of their process ids. */
  static List<RunningChange> some(Map<Integer, RunningChange> changes) {
    return new TreeMap<>(changes).values().stream().limit(MOST).toList();
  }

  private static void prisma(ResultSet rows, Map<Integer, RunningChange> changes)
      throws SQLException {
    while (rows.next()) {
      boolean waiting = rows.getBoolean("waiting");
      var what = "Prisma migrate " + (waiting ? "waits for" : "holds") + " its advisory lock";
      put(changes, rows, what);
    }
  }

  private static void statements(ResultSet rows, Map<Integer, RunningChange> changes)
      throws SQLException {
    while (rows.next()) {
      var query = QueryText.mask(Rows.text(rows, "query"));
      if (CHANGE.matcher(query).lookingAt()) {
        put(changes, rows, query);
      }
    }
  }

  private static void progress(ResultSet rows, Map<Integer, RunningChange> changes)
      throws SQLException {
    while (rows.next()) {
      var relation = Rows.text(rows, "relation");
      var phase = Rows.text(rows, "phase");
      long total = rows.getLong("total");
      put(
          changes,
          rows,
          Rows.text(rows, "what")
              + (relation.isEmpty() ? "" : " on " + relation)
              + (phase.isEmpty() ? "" : ": " + phase)
              + (total <= 0 ? "" : " (" + rows.getLong("done") + " of " + total + " blocks)"));
    }
  }

  private static void put(Map<Integer, RunningChange> changes, ResultSet row, String what)
      throws SQLException {
    int pid = row.getInt("pid");
    var text = what.length() > LONGEST ? what.substring(0, LONGEST - 1) + "…" : what;
    changes.put(pid, new RunningChange(pid, text, row.getBoolean("waiting")));
  }
}
