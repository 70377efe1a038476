package com.hotdash.ops.postgres;

import com.hotdash.ops.database.SchemaSteps;
import com.hotdash.ops.database.SchemaSteps.Place;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An index's place as it is now.
 *
 * @param state what the place holds
 * @param builder the session that builds the index right now, or {@code null} if none does
 */
record IndexLook(TargetState state, @Nullable Integer builder) {
  /**
   * Whether a session that builds an index has its lock on the table of {@code i}. What it builds
   * is hidden from an ordinary role, and of several that are built anew together it names one at a
   * time; then it is taken to be this one.
   */
  static final String BUILDING =
      """
      (not i.indisvalid and exists (
        select 1 from pg_catalog.pg_stat_progress_create_index p
        join pg_catalog.pg_locks l on l.pid = p.pid and l.granted and l.relation = i.indrelid
          and l.mode = 'ShareUpdateExclusiveLock'
        where coalesce(p.index_relid, 0) in (0, i.indexrelid) or p.command like 'REINDEX%'))
      """;

  private static final String SQL =
      """
      select format('%I.%I', tn.nspname, t.relname) as table_name, x.oid,
             i.indexrelid is not null as ours, i.indisvalid as valid,
             case when i.indexrelid is not null then pg_catalog.pg_get_indexdef(x.oid) end
               as definition,
             case when <building> then
               (select p.pid from pg_catalog.pg_stat_progress_create_index p
                join pg_catalog.pg_locks l
                  on l.pid = p.pid and l.granted and l.relation = i.indrelid
                where coalesce(p.index_relid, 0) in (0, i.indexrelid)
                   or p.command like 'REINDEX%' limit 1) end as builder
      from pg_catalog.pg_class t
      join pg_catalog.pg_namespace tn on tn.oid = t.relnamespace
      left join pg_catalog.pg_namespace n on n.nspname::text = ?
      left join pg_catalog.pg_class x on x.relnamespace = n.oid and x.relname::text = ?
      left join pg_catalog.pg_index i on i.indexrelid = x.oid and i.indrelid = t.oid
      where t.oid = ?
      """
          .replace("<building>", BUILDING);

  private static final String TABLE =
      """
      select format('%I.%I', n.nspname, t.relname) as table_name
      from pg_catalog.pg_class t join pg_catalog.pg_namespace n on n.oid = t.relnamespace
      where t.oid = ?
      """;

  // The same index under another name, or a definition that is none of this place.
  private static final String GUARD =
      """
      select pg_catalog.starts_with(w.definition, w.head) as fits,
             (select format('%I', c.relname)
              from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
              where i.indrelid = w.oid and i.indisvalid and c.relname::text <> w.index
                and pg_catalog.pg_get_indexdef(i.indexrelid)
                  = format('CREATE %sINDEX %I ON ', w.uniqueness, c.relname)
                    || substr(w.definition,
                         length(format('CREATE %sINDEX %I ON ', w.uniqueness, w.index)) + 1)
              limit 1) as equal
      from (select g.*, format('CREATE %sINDEX %I ON %I.%I USING ', g.uniqueness, g.index,
                               n.nspname, t.relname) as head, t.oid
            from (select a.definition, a.index, a.table_oid,
                         case when pg_catalog.starts_with(a.definition, 'CREATE UNIQUE ')
                              then 'UNIQUE ' else '' end as uniqueness
                  from (select ?::text as definition, ?::text as index,
                               ?::bigint as table_oid) a) g
            join pg_catalog.pg_class t on t.oid = g.table_oid
            join pg_catalog.pg_namespace n on n.oid = t.relnamespace) w
      """;

  static IndexLook at(PgLink link, Place place, Deadline deadline) throws PgTrouble {
    return link.read(deadline, connection -> read(connection, place));
  }

  static TargetState table(PgLink link, long oid, Deadline deadline) throws PgTrouble {
    return link.read(
        deadline,
        connection -> {
          try (var statement = connection.prepareStatement(PgLink.marked(TABLE))) {
            statement.setLong(1, oid);
            try (var row = statement.executeQuery()) {
              return row.next()
                  ? TargetState.of(Map.of(SchemaSteps.TABLE_NAME, Rows.text(row, "table_name")))
                  : TargetState.GONE;
            }
          }
        });
  }

  /** Says why a build must not be sent although its place is free, or nothing. */
  static Optional<String> refusal(PgLink link, Step step, Place place, Deadline deadline)
      throws PgTrouble {
    return link.read(
        deadline,
        connection -> {
          try (var statement = connection.prepareStatement(PgLink.marked(GUARD))) {
            statement.setString(1, SchemaSql.definition(step));
            statement.setString(2, place.index());
            statement.setLong(3, place.table());
            try (var row = statement.executeQuery()) {
              if (!row.next() || !row.getBoolean("fits")) {
                return Optional.of("its definition is not one of this place");
              }
              var equal = Rows.text(row, "equal");
              return equal.isEmpty()
                  ? Optional.empty()
                  : Optional.of("an equal index is there: " + equal);
            }
          }
        });
  }

  private static IndexLook read(Connection connection, Place place) throws SQLException {
    try (var statement = connection.prepareStatement(PgLink.marked(SQL))) {
      statement.setString(1, place.schema());
      statement.setString(2, place.index());
      statement.setLong(3, place.table());
      try (var row = statement.executeQuery()) {
        if (!row.next()) {
          return new IndexLook(TargetState.GONE, null);
        }
        var builder = Rows.number(row, "builder");
        return new IndexLook(
            TargetState.of(fields(row)), builder == null ? null : Math.toIntExact(builder));
      }
    }
  }

  private static Map<String, String> fields(ResultSet row) throws SQLException {
    var fields = new TreeMap<String, String>();
    fields.put(SchemaSteps.TABLE_NAME, Rows.text(row, "table_name"));
    var oid = row.getString("oid");
    if (oid == null || !row.getBoolean("ours")) {
      fields.put(SchemaSteps.STATE, oid == null ? SchemaSteps.NONE : SchemaSteps.TAKEN);
      fields.put(SchemaSteps.OID, SchemaSteps.NONE);
      return fields;
    }
    fields.put(
        SchemaSteps.STATE, row.getBoolean("valid") ? SchemaSteps.VALID : SchemaSteps.INVALID);
    fields.put(SchemaSteps.OID, oid);
    fields.put(SchemaSteps.DEFINITION, Rows.text(row, "definition"));
    return fields;
  }

  boolean building() {
    return builder != null;
  }

  boolean invalid() {
    return SchemaSteps.INVALID.equals(state.fields().get(SchemaSteps.STATE));
  }

  String told() {
    if (!state.exists()) {
      return "its table is gone";
    }
    var now = state.fields().getOrDefault(SchemaSteps.STATE, SchemaSteps.NONE);
    return now.equals(SchemaSteps.NONE) ? "there is no such index" : "it is " + now;
  }
}
