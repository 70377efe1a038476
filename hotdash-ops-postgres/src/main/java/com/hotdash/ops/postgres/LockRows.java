package com.hotdash.ops.postgres;

import com.hotdash.ops.database.LockForest.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What the server says about waiting, in one transaction. Needs no right for who waits for whom.
 */
final class LockRows {
  // 194 waiters on one row make 18,722 (facts/postgres.md §10); beyond this, what was read would be
  // a part of the graph, and a part has false roots.
  static final int MOST_EDGES = 200_000;

  static final String EDGES =
      """
      with waiting as materialized (
        select distinct pid from pg_catalog.pg_locks where not granted and pid is not null)
      select distinct w.pid as blocked, b.pid as blocker
      from waiting w, unnest(pg_catalog.pg_blocking_pids(w.pid)) as b(pid)
      limit %d
      """
          .formatted(LockRows.MOST_EDGES + 1);

  // A lock of a prepared transaction has no pid. Which one holds it is told by the lock that each
  // transaction holds on its own number, under the same virtual transaction. The modes are those
  // that conflict by PostgreSQL's documentation (explicit-locking.html); another lock on the same
  // thing holds nobody up.
  private static final String PREPARED =
      """
      with conflict (wanted, held) as (values
        ('AccessShareLock', '{AccessExclusiveLock}'::text[]),
        ('RowShareLock', '{ExclusiveLock,AccessExclusiveLock}'),
        ('RowExclusiveLock',
         '{ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}'),
        ('ShareUpdateExclusiveLock',
         '{ShareUpdateExclusiveLock,ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}'),
        ('ShareLock',
         '{RowExclusiveLock,ShareUpdateExclusiveLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}'),
        ('ShareRowExclusiveLock',
         '{RowExclusiveLock,ShareUpdateExclusiveLock,ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}'),
        ('ExclusiveLock',
         '{RowShareLock,RowExclusiveLock,ShareUpdateExclusiveLock,ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}'),
        ('AccessExclusiveLock',
         '{AccessShareLock,RowShareLock,RowExclusiveLock,ShareUpdateExclusiveLock,ShareLock,ShareRowExclusiveLock,ExclusiveLock,AccessExclusiveLock}'))
      select distinct w.pid, p.gid, p.owner::text as owner
      from pg_catalog.pg_locks w
      join conflict c on c.wanted = w.mode
      join pg_catalog.pg_locks h on h.pid is null and h.granted and h.locktype = w.locktype
        and (h.database, h.relation, h.page, h.tuple, h.virtualxid, h.transactionid, h.classid,
             h.objid, h.objsubid)
          is not distinct from (w.database, w.relation, w.page, w.tuple, w.virtualxid,
             w.transactionid, w.classid, w.objid, w.objsubid)
        and h.mode = any (c.held)
      join pg_catalog.pg_locks own on own.pid is null and own.granted
        and own.locktype = 'transactionid' and own.virtualtransaction = h.virtualtransaction
      join pg_catalog.pg_prepared_xacts p on p.transaction = own.transactionid
      where not w.granted and w.pid is not null
      order by w.pid, p.gid
      """;

  private static final String STRONG =
      """
      select distinct pid from pg_catalog.pg_locks
      where not granted and locktype = 'relation' and pid is not null
        and mode in ('AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock',
                     'ShareUpdateExclusiveLock')
      """;

  private static final String WHO =
      """
      select a.pid, a.usename::text as usename, a.application_name, a.backend_type, a.state,
             (exists (select 1 from pg_catalog.pg_stat_progress_create_index p where p.pid = a.pid)
              or exists (select 1 from pg_catalog.pg_stat_progress_cluster p where p.pid = a.pid)
              or a.query ~* '^\\s*(vacuum|reindex|cluster)\\M' and a.state = 'active') as maintains
      from pg_catalog.pg_stat_activity a
      where a.pid = any (?)
      """;

  private static final String NOW = "select pg_catalog.clock_timestamp() as now";

  /** One that blocks, as the server describes it. */
  record Who(Kind kind, String label) {}

  final LockGraph graph = new LockGraph();
  final Map<Integer, Who> who = new HashMap<>();
  final Map<Integer, String> gids = new HashMap<>();
  final Set<Integer> strong = new HashSet<>();
  final Instant serverTime;

  private LockRows(Connection connection) throws SQLException {
    var now = new AtomicReference<Instant>();
    var behindPrepared = new ArrayList<Integer>();
    OneTrip.read(
        connection,
        List.of(
            new OneTrip.Query(NOW, rows -> now.set(now(rows))),
            new OneTrip.Query(EDGES, rows -> edges(rows, behindPrepared))));
    serverTime = now.get();
    if (!behindPrepared.isEmpty()) {
      prepared(connection, behindPrepared);
    }
    if (!graph.blockers().isEmpty()) {
      strong(connection);
      describe(connection);
    }
  }

  static LockRows read(Connection connection) throws SQLException {
    return new LockRows(connection);
  }

  private static Instant now(ResultSet rows) throws SQLException {
    rows.next();
    return Rows.timeOf(rows, "now");
  }

  private void edges(ResultSet rows, List<Integer> behindPrepared) throws SQLException {
    int edges = 0;
    while (rows.next()) {
      if (rows.getInt("blocker") == 0) {
        behindPrepared.add(rows.getInt("blocked"));
      } else {
        graph.add(rows.getInt("blocked"), rows.getInt("blocker"));
      }
      if (++edges > MOST_EDGES) {
        throw new SQLException("more than " + MOST_EDGES + " pairs wait for one another");
      }
    }
  }

  private void prepared(Connection connection, List<Integer> waiters) throws SQLException {
    var nodes = new HashMap<String, Integer>();
    var left = new HashSet<>(waiters);
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(PREPARED)) {
      while (rows.next()) {
        int waiter = rows.getInt("pid");
        if (waiters.contains(waiter)) {
          var gid = Rows.text(rows, "gid");
          var owner = Rows.text(rows, "owner");
          int node = nodes.computeIfAbsent(gid, fresh -> -1 - nodes.size());
          graph.add(waiter, node);
          gids.put(node, gid);
          var label = "prepared transaction " + gid + " of " + owner;
          who.put(node, new Who(Kind.PREPARED_TRANSACTION, label));
          left.remove(waiter);
        }
      }
    }
    int unknown = -1 - nodes.size();
    for (int waiter : left) {
      graph.add(waiter, unknown);
      var label = "a prepared transaction (see pg_prepared_xacts)";
      who.put(unknown, new Who(Kind.PREPARED_TRANSACTION, label));
    }
  }

  private void strong(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(STRONG)) {
      while (rows.next()) {
        strong.add(rows.getInt("pid"));
      }
    }
  }

  private void describe(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(WHO)) {
      var pids = graph.blockers().toArray();
      statement.setArray(1, connection.createArrayOf("int4", pids));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          who.put(rows.getInt("pid"), new Who(kind(rows), label(rows)));
        }
      }
    }
  }

  private static Kind kind(ResultSet row) throws SQLException {
    var type = row.getString("backend_type");
    var state = Rows.text(row, "state");
    if (type == null) {
      return Kind.HIDDEN;
    }
    if (type.equals("autovacuum worker")) {
      return Kind.AUTOVACUUM;
    }
    if (!type.equals("client backend")) {
      return Kind.BACKGROUND;
    }
    if (row.getBoolean("maintains")) {
      return Kind.MAINTENANCE;
    }
    // An idle session can block others too, by an advisory lock: ending it is the same cure.
    return state.startsWith("idle") ? Kind.IDLE_IN_TRANSACTION : Kind.ACTIVE;
  }

  static String label(ResultSet row) throws SQLException {
    var application = Rows.text(row, "application_name");
    var user = Rows.text(row, "usename");
    var state = Rows.text(row, "state");
    return "pid "
        + row.getInt("pid")
        + (user.isEmpty() ? "" : " " + user)
        + (application.isBlank() ? "" : " (" + application + ")")
        + (state.isEmpty() ? "" : ", " + state);
  }
}
