package com.hotdash.ops.postgres;

import com.hotdash.ops.database.LockForest.Kind;
import com.hotdash.ops.time.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * What the server says about waiting. Needs no right for who waits for whom. While nobody waits it
 * takes one round trip, else two.
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

  // One that has locked anything before in its transaction may have done work there, which a cancel
  // would undo, and others may wait for that rather than for its place in the queue.
  private static final String STRONG =
      """
      select distinct l.pid from pg_catalog.pg_locks l
      where not l.granted and l.locktype = 'relation' and l.pid is not null
        and l.mode in ('AccessExclusiveLock', 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock',
                       'ShareUpdateExclusiveLock')
        and not exists (select 1 from pg_catalog.pg_locks own
                        where own.pid = l.pid and own.granted and own.locktype = 'relation'
                          and own.mode <> 'AccessShareLock')
      """;

  private static final String WHO =
      """
      select a.pid, a.usename::text as usename, a.application_name, a.backend_type, a.state,
             (exists (select 1 from pg_catalog.pg_stat_progress_create_index p where p.pid = a.pid)
              or exists (select 1 from pg_catalog.pg_stat_progress_cluster p where p.pid = a.pid)
              or a.query ~* '^\\s*(vacuum|reindex|cluster)\\M' and a.state = 'active') as maintains
      from pg_catalog.pg_stat_activity a
      where a.pid = any ('{<pids>}'::int[])
      """;

  private static final String NOW = "select pg_catalog.clock_timestamp() as now";

  /** By which the server calls every prepared transaction. */
  static final int PREPARED_PID = 0;

  /** One that waits directly for another. */
  record Edge(int blocked, int blocker) {}

  private record Held(int waiter, String gid, String owner) {}

  /** One that blocks, as the server describes it. */
  record Who(Kind kind, String label) {}

  final LockGraph graph;
  final Map<Integer, Who> who = new HashMap<>();
  final Map<Integer, String> gids = new HashMap<>();
  final Set<Integer> strong = new HashSet<>();
  final Instant serverTime;

  private LockRows(PgLink link, Deadline deadline, List<Ask<?>> along, List<Ask<?>> more)
      throws PgTrouble {
    var now = now();
    var edges = edges();
    var first = new ArrayList<Ask<?>>(List.of(now, edges));
    first.addAll(along);
    link.read(deadline, first.toArray(Ask<?>[]::new));
    this.serverTime = now.only();
    this.graph = LockGraph.of(edges.all());
    if (!edges.all().isEmpty()) {
      describe(link, deadline, edges.all(), more);
    }
  }

  /**
   * Reads the graph, and what there is to say of it if anybody waits.
   *
   * @param more is asked if anybody waits, together with the rest
   */
  static LockRows read(PgLink link, Deadline deadline, Ask<?>... more) throws PgTrouble {
    return new LockRows(link, deadline, List.of(), List.of(more));
  }

  /** The same, with other things asked at the same moment, whether or not anybody waits. */
  static LockRows along(PgLink link, Deadline deadline, Ask<?>... along) throws PgTrouble {
    return new LockRows(link, deadline, List.of(along), List.of());
  }

  static Ask<Instant> now() {
    return Ask.one(NOW, row -> Rows.timeOf(row, "now"));
  }

  /** Who waits directly for whom; more than bears being read is an error. */
  private static Ask<Edge> edges() {
    var read = new AtomicInteger();
    return Ask.of(
        EDGES,
        row -> {
          if (read.incrementAndGet() > MOST_EDGES) {
            throw new SQLException("more than " + MOST_EDGES + " pairs wait for one another");
          }
          return new Edge(row.getInt("blocked"), row.getInt("blocker"));
        });
  }

  private void describe(PgLink link, Deadline deadline, List<Edge> edges, List<Ask<?>> more)
      throws PgTrouble {
    var behindPrepared =
        edges.stream()
            .filter(edge -> edge.blocker() == PREPARED_PID)
            .map(Edge::blocked)
            .collect(Collectors.toCollection(TreeSet::new));
    var prepared = Ask.of(PREPARED, LockRows::held);
    var standing = Ask.of(STRONG, row -> row.getInt("pid"));
    var described =
        Ask.of(
            WHO.replace("<pids>", pids()),
            row -> Map.entry(row.getInt("pid"), new Who(kind(row), label(row))));
    var asks = new ArrayList<>(more);
    asks.add(standing);
    asks.add(described);
    if (!behindPrepared.isEmpty()) {
      asks.add(prepared);
    }
    link.read(deadline, asks.toArray(Ask<?>[]::new));
    prepared(behindPrepared, prepared.all());
    strong.addAll(standing.all());
    described.all().forEach(each -> who.put(each.getKey(), each.getValue()));
  }

  /** How many wait for a session, or for a prepared transaction if there is no session. */
  int heldUpBy(int pid, String gid) {
    int node =
        gids.entrySet().stream()
            .filter(each -> each.getValue().equals(gid))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(pid);
    return node == 0 ? 0 : graph.all(node).size();
  }

  private String pids() {
    return graph.blockers().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static Held held(ResultSet row) throws SQLException {
    return new Held(row.getInt("pid"), Rows.text(row, "gid"), Rows.text(row, "owner"));
  }

  private void prepared(Set<Integer> waiters, List<Held> held) {
    var nodes = new HashMap<String, Integer>();
    var left = new TreeSet<>(waiters);
    for (var each : held) {
      if (waiters.contains(each.waiter())) {
        int node = nodes.computeIfAbsent(each.gid(), fresh -> -1 - nodes.size());
        graph.add(each.waiter(), node);
        gids.put(node, each.gid());
        var label = "prepared transaction " + each.gid() + " of " + each.owner();
        who.put(node, new Who(Kind.PREPARED_TRANSACTION, label));
        left.remove(each.waiter());
      }
    }
    int unknown = -1 - nodes.size();
    for (int waiter : left) {
      graph.add(waiter, unknown);
      var label = "a prepared transaction (see pg_prepared_xacts)";
      who.put(unknown, new Who(Kind.PREPARED_TRANSACTION, label));
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
