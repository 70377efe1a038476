package com.hotdash.ops.postgres;

import com.hotdash.ops.database.HoldUp;
import com.hotdash.ops.secret.Redactor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the transactions that the build or drop of an index would wait for in vain: those that have
 * been open for longer than it waits. A build waits for whoever wrote to the table and then for
 * every older snapshot of the database; a drop for whoever has any lock on the table
 * (facts/postgres.md §15).
 */
record HoldUps(List<HoldUp> seen, int hidden) {
  // Readers keep nobody from building: only locks that conflict with SHARE count there. Which locks
  // are a prepared transaction's is told by the one that it holds on its own number: it keeps the
  // virtual number of the session that prepared it, until the server is started anew.
  private static final String SQL =
      """
      select * from (
        select 'pid ' || pg_catalog.concat_ws(' ', a.pid, a.usename::text,
                 '(' || nullif(a.application_name, '') || ')') as who,
               a.state, a.xact_start as since, a.backend_type is null as hidden
        from pg_catalog.pg_stat_activity a
        where a.pid <> pg_catalog.pg_backend_pid()
          and a.datname = pg_catalog.current_database()
          and (a.backend_type = 'client backend' and a.xact_start < ?
            or a.backend_type is null and a.usesysid is not null)
          and (? and a.backend_xmin is not null
            or exists (select 1 from pg_catalog.pg_locks l
                       where l.pid = a.pid and l.granted and l.relation = ? and <mode>))
        union all
        select 'prepared transaction ' || p.gid, 'prepared', p.prepared, false
        from pg_catalog.pg_prepared_xacts p
        where p.prepared < ? and p.database = pg_catalog.current_database()
          and exists (select 1 from pg_catalog.pg_locks l
                      join pg_catalog.pg_locks own on own.pid is null
                        and own.locktype = 'transactionid'
                        and own.transactionid = p.transaction
                        and own.virtualtransaction = l.virtualtransaction
                      where l.pid is null and l.granted and l.relation = ? and <mode>)) found
      order by hidden, since
      limit 200
      """
          .replace("<mode>", "(not ? or l.mode not in ('AccessShareLock', 'RowShareLock'))");

  private static final String NOW = "select pg_catalog.clock_timestamp() as now";

  static HoldUps read(
      Connection connection, long table, boolean building, Duration longerThan, Redactor redactor)
      throws SQLException {
    Instant now;
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(PgLink.marked(NOW))) {
      row.next();
      now = Rows.timeOf(row, "now");
    }
    var seen = new ArrayList<HoldUp>();
    int hidden = 0;
    try (var statement = connection.prepareStatement(PgLink.marked(SQL))) {
      var since = Rows.bound(now.minus(longerThan));
      statement.setObject(1, since);
      statement.setBoolean(2, building);
      statement.setLong(3, table);
      statement.setBoolean(4, building);
      statement.setObject(5, since);
      statement.setLong(6, table);
      statement.setBoolean(7, building);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getBoolean("hidden")) {
            hidden++;
          } else {
            var open = Optional.ofNullable(Rows.time(row, "since")).orElse(now);
            seen.add(
                new HoldUp(
                    redactor.redact(Rows.text(row, "who")),
                    Rows.text(row, "state"),
                    Duration.between(open, now)));
          }
        }
      }
    }
    return new HoldUps(List.copyOf(seen), hidden);
  }
}
