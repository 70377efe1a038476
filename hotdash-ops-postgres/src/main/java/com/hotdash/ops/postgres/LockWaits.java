package com.hotdash.ops.postgres;

import com.hotdash.ops.secret.Redactor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What each waiting session waits for, and since when. Takes no lock on what they wait for. */
final class LockWaits {
  // waitstart is there from version 14 on: to_jsonb reads a column that may be missing.
  private static final String SQL =
      """
      select l.pid, l.locktype, l.mode, l.objid, l.classid,
             case when l.relation is not null and (l.database = 0 or l.database = d.oid)
                  then l.relation::regclass::text end as relation,
             (pg_catalog.to_jsonb(l) ->> 'waitstart')::timestamptz as since,
             a.usename::text as usename, a.application_name, a.state,
             left(a.query, 4000) as query
      from pg_catalog.pg_locks l
      join pg_catalog.pg_database d on d.datname = pg_catalog.current_database()
      left join pg_catalog.pg_stat_activity a on a.pid = l.pid
      where not l.granted and l.pid is not null
      """;

  record Seen(int pid, String label, String wants, @Nullable Instant since, String query) {}

  final Ask<Seen> ask = Ask.of(SQL, LockWaits::seen);
  private final Redactor redactor;

  LockWaits(Redactor redactor) {
    this.redactor = redactor;
  }

  /** Puts together what was asked and a graph that was read just before, oldest wait first. */
  List<PgLocks.Waiter> of(LockRows rows) {
    var blockers = blockers(rows);
    var waiters = new HashMap<Integer, PgLocks.Waiter>();
    for (var seen : ask.all()) {
      var blockedBy = blockers.get(seen.pid());
      if (blockedBy != null) {
        waiters.put(seen.pid(), waiter(seen, rows.serverTime, blockedBy));
      }
    }
    // One that got its lock between the two statements waited all the same.
    blockers.forEach(
        (pid, by) ->
            waiters.computeIfAbsent(
                pid, gone -> new PgLocks.Waiter(gone, "pid " + gone, "", null, "", by)));
    return waiters.values().stream().sorted(PgLocks.Waiter.LONGEST_FIRST).toList();
  }

  private Map<Integer, List<PgLocks.Blocking>> blockers(LockRows rows) {
    var nodes = new HashMap<Integer, TreeSet<Integer>>();
    rows.graph.waiting().forEach(pid -> nodes.put(pid, new TreeSet<>()));
    for (int blocker : rows.graph.blockers()) {
      for (int waiter : rows.graph.direct(blocker)) {
        nodes.computeIfAbsent(waiter, none -> new TreeSet<>()).add(blocker);
      }
    }
    var blockers = new HashMap<Integer, List<PgLocks.Blocking>>();
    nodes.forEach(
        (pid, by) -> blockers.put(pid, by.stream().map(node -> blocking(rows, node)).toList()));
    return blockers;
  }

  private PgLocks.Blocking blocking(LockRows rows, int node) {
    return node < 0
        ? new PgLocks.Blocking(0, redactor.redact(rows.gids.getOrDefault(node, "unknown")))
        : new PgLocks.Blocking(node, null);
  }

  private PgLocks.Waiter waiter(Seen seen, Instant now, List<PgLocks.Blocking> blockedBy) {
    return new PgLocks.Waiter(
        seen.pid(),
        redactor.redact(seen.label()),
        redactor.redact(seen.wants()),
        seen.since() == null ? null : waited(seen.since(), now),
        redactor.redact(QueryText.template(seen.query())),
        blockedBy);
  }

  private static Duration waited(Instant since, Instant now) {
    var waited = Duration.between(since, now);
    return waited.isNegative() ? Duration.ZERO : waited;
  }

  private static Seen seen(ResultSet row) throws SQLException {
    return new Seen(
        row.getInt("pid"),
        LockRows.label(row),
        wants(row),
        Rows.time(row, "since"),
        Rows.text(row, "query"));
  }

  private static String wants(ResultSet row) throws SQLException {
    var type = Rows.text(row, "locktype");
    var relation = Rows.text(row, "relation");
    var what =
        type.equals("advisory")
            ? "advisory " + Rows.text(row, "classid") + "," + Rows.text(row, "objid")
            : type + (relation.isEmpty() ? "" : " " + relation);
    return what + " " + Rows.text(row, "mode");
  }
}
