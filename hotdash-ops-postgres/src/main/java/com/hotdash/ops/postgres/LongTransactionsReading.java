package com.hotdash.ops.postgres;

import com.hotdash.ops.postgres.LongTransactions.Holder;
import com.hotdash.ops.postgres.LongTransactions.Transaction;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what has been open for long, and what keeps old row versions. */
final class LongTransactionsReading {
  /** Longer than any server has run; more would be out of the range of its times. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  // backend_xmin is visible to everybody, xact_start is not.
  private static final String SQL =
      """
      select * from (
        (select 'SESSION' as holder, a.pid::text as id, a.pid,
               pg_catalog.concat_ws(' ', a.usename::text, nullif(a.application_name, ''),
                 case when a.backend_type <> 'client backend' then a.backend_type end) as who,
               a.state, a.xact_start as since, pg_catalog.age(a.backend_xmin) as xmin_age,
               left(a.query, 4000) as query
        from pg_catalog.pg_stat_activity a
        where a.pid <> pg_catalog.pg_backend_pid()
          and (a.xact_start <= <since> or a.backend_type is null and a.backend_xmin is not null)
        order by a.xact_start nulls last limit 200)
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
        where p.prepared <= <since>
        union all
        select 'STANDBY', r.pid::text, null, r.application_name, r.state, null,
               pg_catalog.age(r.backend_xmin), ''
        from pg_catalog.pg_stat_replication r
        where r.backend_xmin is not null) holders
      order by since nulls last, xmin_age desc nulls last, id
      limit 400
      """;

  private static final String HIDDEN =
      """
      select count(*) as hidden, pg_catalog.clock_timestamp() as now
      from pg_catalog.pg_stat_activity a
      where a.backend_type is null and a.usesysid is not null and a.datid is not null
      """;

  private record Seen(
      Holder holder,
      String id,
      int pid,
      String who,
      String state,
      @Nullable Instant since,
      @Nullable Long xminAge,
      String query) {}

  private LongTransactionsReading() {}

  static LongTransactions of(PgLink link, Duration olderThan, Deadline deadline) throws PgTrouble {
    long micros =
        (olderThan.compareTo(LONGEST) < 0 ? olderThan : LONGEST).dividedBy(Duration.ofNanos(1000));
    var hidden = Ask.one(HIDDEN, row -> Map.entry(row.getInt("hidden"), Rows.timeOf(row, "now")));
    var found =
        Ask.of(
            SQL.replace(
                "<since>", "pg_catalog.clock_timestamp() - " + micros + " * interval '1 us'"),
            LongTransactionsReading::seen);
    var locks = LockRows.along(link, deadline, hidden, found);
    var now = hidden.only().getValue();
    return new LongTransactions(
        found.all().stream().map(each -> transaction(each, now, locks, link.redactor())).toList(),
        hidden.only().getKey(),
        now,
        link.source("pg_stat_activity, pg_prepared_xacts, pg_replication_slots"));
  }

  private static Seen seen(ResultSet row) throws SQLException {
    return new Seen(
        Holder.valueOf(Rows.text(row, "holder")),
        Rows.text(row, "id"),
        row.getInt("pid"),
        Rows.text(row, "who"),
        Rows.text(row, "state"),
        Rows.time(row, "since"),
        Rows.number(row, "xmin_age"),
        Rows.text(row, "query"));
  }

  private static Transaction transaction(
      Seen seen, Instant now, LockRows locks, Redactor redactor) {
    return new Transaction(
        seen.holder(),
        redactor.redact(seen.id()),
        redactor.redact(seen.who()),
        seen.state(),
        seen.since() == null ? null : Duration.between(seen.since(), now),
        seen.xminAge(),
        locks.heldUpBy(seen.pid(), seen.holder() == Holder.PREPARED ? seen.id() : ""),
        redactor.redact(QueryText.template(seen.query())));
  }
}
