package com.hotdash.ops.postgres;

import com.hotdash.ops.database.RoleLimit;
import com.hotdash.ops.database.SchemaSteps;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads how long a role's sessions may idle in a transaction. */
final class RoleReading {
  private static final String SET =
      """
      (select substr(s.one, length('idle_in_transaction_session_timeout=') + 1)
       from pg_catalog.pg_db_role_setting d, unnest(d.setconfig) as s (one)
       where d.setrole = r.oid and d.setdatabase = <database>
         and pg_catalog.starts_with(s.one, 'idle_in_transaction_session_timeout='))
      """;

  private static final String EVERYWHERE = SET.replace("<database>", "0");
  private static final String HERE =
      SET.replace(
          "<database>",
          "(select b.oid from pg_catalog.pg_database b where b.datname ="
              + " pg_catalog.current_database())");

  private static final String BY_NAME =
      """
      select r.oid, r.rolname::text as name, <everywhere> as value, <here> as here,
             pg_catalog.current_setting('server_version_num')::int as version,
             pg_catalog.pg_is_in_recovery() as recovery,
             (select count(*) from pg_catalog.pg_stat_activity a where a.usesysid = r.oid)
               as sessions,
             m.rolsuper or r.oid = m.oid or (m.rolcreaterole and not r.rolsuper
               and (pg_catalog.current_setting('server_version_num')::int < 160000
                 or pg_catalog.pg_has_role(r.oid, 'MEMBER WITH ADMIN OPTION'))) as may
      from pg_catalog.pg_roles r, pg_catalog.pg_roles m
      where r.rolname::text = ? and m.rolname = current_user
      """
          .replace("<everywhere>", EVERYWHERE)
          .replace("<here>", HERE);

  private static final String BY_OID =
      "select r.rolname::text as name, <everywhere> as value from pg_catalog.pg_roles r where r.oid = ?"
          .replace("<everywhere>", EVERYWHERE);

  private RoleReading() {}

  static Reading<RoleLimit> of(PgLink link, String role, Deadline deadline) throws PgTrouble {
    var limit = link.read(deadline, connection -> read(connection, link, role));
    var value =
        limit.oid() == 0
            ? "no role " + role
            : "role " + role + " has " + SchemaSteps.LIMIT + " " + limit.value();
    return Reading.of(
        limit,
        link.evidence(value, "pg_db_role_setting", null, "select * from pg_db_role_setting;"));
  }

  private static RoleLimit read(Connection connection, PgLink link, String role)
      throws SQLException {
    try (var statement = connection.prepareStatement(PgLink.marked(BY_NAME))) {
      statement.setString(1, role);
      try (var row = statement.executeQuery()) {
        if (!row.next()) {
          return new RoleLimit(0, role, null, null, 0, List.of());
        }
        var against = new ArrayList<Objection>();
        if (!row.getBoolean("may") || role.startsWith("pg_")) {
          against.add(
              Objection.hard(
                  "not-permitted",
                  link.role() + " may not change what role " + role + " begins with",
                  Grants.alterRole(role, link.role(), row.getInt("version"))));
        }
        if (row.getBoolean("recovery")) {
          against.add(
              Objection.hard("read-only-server", "this is a standby", "use the primary's address"));
        }
        var value = row.getString("value");
        if (value != null && !SchemaSql.time(value)) {
          against.add(
              Objection.hard(
                  "not-understood",
                  "what is set now could not be set again: " + link.redactor().redact(value),
                  "set it by hand"));
        }
        return new RoleLimit(
            row.getLong("oid"),
            Rows.text(row, "name"),
            value,
            row.getString("here"),
            row.getInt("sessions"),
            against);
      }
    }
  }

  /** A role as a target: gone, or with its name and limit. */
  static TargetState state(Connection connection, long oid) throws SQLException {
    try (var statement = connection.prepareStatement(PgLink.marked(BY_OID))) {
      statement.setLong(1, oid);
      try (var row = statement.executeQuery()) {
        if (!row.next()) {
          return TargetState.GONE;
        }
        var value = row.getString("value");
        return TargetState.of(
            Map.of(
                SchemaSteps.ROLE_NAME,
                Rows.text(row, "name"),
                SchemaSteps.LIMIT,
                value == null ? SchemaSteps.NONE : value));
      }
    }
  }
}
