package com.hotdash.ops.postgres;

import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads how many connections there may be, and how many there are. Needs no right. */
final class CapacityReading {
  // Without the right to see it, backend_type is null: background workers have no user or no
  // database, clients have both.
  static final String IS_CLIENT =
      "(a.backend_type = 'client backend' or (a.backend_type is null and a.usesysid is not null"
          + " and a.datid is not null))";

  private static final String SQL =
      """
      select pg_catalog.current_setting('max_connections')::int as max_connections,
             pg_catalog.current_setting('superuser_reserved_connections')::int as su_reserved,
             coalesce(nullif(pg_catalog.current_setting('reserved_connections', true), ''), '0')::int
               as reserved,
             (select count(*) from pg_catalog.pg_stat_activity a where %1$s) as clients,
             r.rolname::text as role, r.rolconnlimit as role_limit,
             (select count(*) from pg_catalog.pg_stat_activity a where %1$s and a.usesysid = r.oid)
               as role_used,
             d.datname::text as db, d.datconnlimit as db_limit,
             (select count(*) from pg_catalog.pg_stat_activity a where %1$s and a.datid = d.oid)
               as db_used,
             pg_catalog.clock_timestamp() as now
      from pg_catalog.pg_roles r, pg_catalog.pg_database d
      where r.rolname = current_user and d.datname = pg_catalog.current_database()
      """
          .formatted(IS_CLIENT);

  private static final String BY_HAND =
      "show max_connections; select state, count(*) from pg_stat_activity where backend_type ="
          + " 'client backend' group by 1;";

  private record Row(Capacity capacity, Instant now) {}

  private CapacityReading() {}

  static Reading<Capacity> of(PgLink link, Deadline deadline) throws PgTrouble {
    var asked = Ask.one(SQL, row -> new Row(capacity(row), Rows.timeOf(row, "now")));
    link.read(deadline, asked);
    var row = asked.only();
    var capacity = row.capacity();
    var value =
        "%d of %d usable connections taken (max_connections %d, reserved %d)%s%s"
            .formatted(
                capacity.clientBackends(),
                capacity.usable(),
                capacity.maxConnections(),
                capacity.superuserReserved() + capacity.reserved(),
                quota("role", capacity.role()),
                quota("database", capacity.database()));
    return Reading.of(
        capacity, link.evidence(value, "pg_settings, pg_stat_activity", row.now(), BY_HAND));
  }

  private static Capacity capacity(ResultSet row) throws SQLException {
    return new Capacity(
        row.getInt("max_connections"),
        row.getInt("su_reserved"),
        row.getInt("reserved"),
        row.getInt("clients"),
        new Capacity.Quota(
            Rows.text(row, "role"), limit(row.getInt("role_limit")), row.getInt("role_used")),
        new Capacity.Quota(
            Rows.text(row, "db"), limit(row.getInt("db_limit")), row.getInt("db_used")));
  }

  private static @Nullable Integer limit(int value) {
    return value < 0 ? null : value;
  }

  private static String quota(String kind, Capacity.Quota quota) {
    return quota.limit() == null
        ? ""
        : "; %s %s has %d of its %d".formatted(kind, quota.name(), quota.used(), quota.limit());
  }
}
