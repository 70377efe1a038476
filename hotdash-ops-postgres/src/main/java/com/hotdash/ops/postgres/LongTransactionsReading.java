package com.hotdash.ops.postgres;

import com.hotdash.ops.postgres.LongTransactions.Holder;
import com.hotdash.ops.postgres.LongTransactions.Transaction;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what has been open for long, and what keeps old row versions. */
final class LongTransactionsReading {
  private static final int MOST = 200;

  // backend_xmin is visible to everybody, xact_start is not.
  private static final String SQL =
      """
      select * from (
        select 'SESSION' as holder, a.pid::text as id, a.pid,
               pg_catalog.concat_ws(' ', a.usename::text, nullif(a.application_name, ''),
                 case when a.backend_type <> 'client backend' then a.backend_type end) as who,
               a.state, a.xact_start as since, pg_catalog.age(a.backend_xmin) as xmin_age,
               left(a.query, 4000) as query
        from pg_catalog.pg_stat_activity a
        where a.pid <> pg_catalog.pg_backend_pid()
          and (a.xact_start <= ? or a.backend_type is null and a.backend_xmin is not null)
        union all
        select 'SLOT', s.slot_name::text, null, coalesce(s.plugin::text, 'physical'),
               case when s.active then 'active' else 'inactive' end, null,
               greatest(pg_catalog.age(s.xmin), pg_catalog.age(s.catalog_xmin)), ''
        from pg_catalog.pg_replication_slots s
        where s.xmin is not null or s.catalog_xmin is not null
        union all
        select 'PREPARED', p.gid, null, p.owner::text, 'prepared', p.prepared,
               pg_catalog.age(p.transaction), ''
        from pg_catalog.pg_prepared_xacts p
        where p.prepared <= ?
        union all
        select 'STANDBY', r.pid::text, null, r.application_name, r.state, null,
               pg_catalog.age(r.backend_xmin), ''
        from pg_catalog.pg_stat_replication r
        where r.backend_xmin is not null) holders
      order by since nulls last, xmin_age desc nulls last, id
      limit 200
      """;

  private static final String HIDDEN =
      """
      select count(*) as hidden, pg_catalog.clock_timestamp() as now
      from pg_catalog.pg_stat_activity a
      where a.backend_type is null and a.usesysid is not null and a.datid is not null
      """;

  private LongTransactionsReading() {}

  static LongTransactions of(PgLink link, Duration olderThan, Deadline deadline) throws PgTrouble {
    return link.read(deadline, connection -> read(connection, link, olderThan));
  }

  private static LongTransactions read(Connection connection, PgLink link, Duration olderThan)
      throws SQLException {
    int hidden;
    Instant now;
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(HIDDEN)) {
      row.next();
      hidden = row.getInt("hidden");
      now = Rows.timeOf(row, "now");
    }
    var graph = LockRows.read(connection).graph;
    var found = new ArrayList<Transaction>();
    try (var statement = connection.prepareStatement(SQL)) {
      var since = Rows.bound(now.minus(olderThan));
      statement.setObject(1, since);
      statement.setObject(2, since);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(transaction(rows, now, graph, link.redactor()));
        }
      }
    }
    return new LongTransactions(
        List.copyOf(found.subList(0, Math.min(MOST, found.size()))),
        hidden,
        now,
        link.source("pg_stat_activity, pg_prepared_xacts, pg_replication_slots"));
  }

  private static Transaction transaction(
      ResultSet row, Instant now, LockGraph graph, Redactor redactor) throws SQLException {
    var since = Rows.time(row, "since");
    int pid = row.getInt("pid");
    return new Transaction(
        Holder.valueOf(Rows.text(row, "holder")),
        redactor.redact(Rows.text(row, "id")),
        redactor.redact(Rows.text(row, "who")),
        Rows.text(row, "state"),
        since == null ? null : Duration.between(since, now),
        Rows.number(row, "xmin_age"),
        pid == 0 ? 0 : graph.all(pid).size(),
        redactor.redact(QueryText.template(Rows.text(row, "query"))));
  }
}
