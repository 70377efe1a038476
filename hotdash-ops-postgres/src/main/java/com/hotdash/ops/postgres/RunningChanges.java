package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ServerMode.RunningChange;
import com.hotdash.ops.secret.Redactor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
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

  /** One session's part in a change. */
  record Part(int pid, String what, boolean waiting) {}

  final Ask<Part> prisma = Ask.of(PRISMA, RunningChanges::prisma);
  final Ask<Part> statements =
      Ask.of(STATEMENTS, row -> part(row, QueryText.mask(Rows.text(row, "query"))));
  final Ask<Part> builds = Ask.of(INDEX_BUILDS, RunningChanges::progress);
  final Ask<Part> rewrites = Ask.of(REWRITES, RunningChanges::progress);

  /** Those that were found once all was asked, in the order of their process ids. */
  List<RunningChange> all(Redactor redactor) {
    var changes = new TreeMap<Integer, Part>();
    prisma.all().forEach(each -> changes.put(each.pid(), each));
    statements.all().stream()
        .filter(each -> CHANGE.matcher(each.what()).lookingAt())
        .forEach(each -> changes.put(each.pid(), each));
    // What progress says of a session is better than its statement, so it comes last.
    builds.all().forEach(each -> changes.put(each.pid(), each));
    rewrites.all().forEach(each -> changes.put(each.pid(), each));
    return changes.values().stream()
        .limit(MOST)
        .map(each -> new RunningChange(each.pid(), text(each, redactor), each.waiting()))
        .toList();
  }

  private static String text(Part part, Redactor redactor) {
    var what = part.what();
    return redactor.redact(what.length() > LONGEST ? what.substring(0, LONGEST - 1) + "…" : what);
  }

  private static Part prisma(ResultSet row) throws SQLException {
    var verb = row.getBoolean("waiting") ? "waits for" : "holds";
    return part(row, "Prisma migrate " + verb + " its advisory lock");
  }

  private static Part progress(ResultSet row) throws SQLException {
    var relation = Rows.text(row, "relation");
    var phase = Rows.text(row, "phase");
    long total = row.getLong("total");
    return part(
        row,
        Rows.text(row, "what")
            + (relation.isEmpty() ? "" : " on " + relation)
            + (phase.isEmpty() ? "" : ": " + phase)
            + (total <= 0 ? "" : " (" + row.getLong("done") + " of " + total + " blocks)"));
  }

  private static Part part(ResultSet row, String what) throws SQLException {
    return new Part(row.getInt("pid"), what, row.getBoolean("waiting"));
  }
}
