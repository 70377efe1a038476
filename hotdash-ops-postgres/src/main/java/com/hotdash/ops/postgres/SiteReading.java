package com.hotdash.ops.postgres;

import com.hotdash.ops.database.IndexSite;
import com.hotdash.ops.database.IndexSite.Alike;
import com.hotdash.ops.database.IndexSite.Table;
import com.hotdash.ops.database.NewIndex;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.time.Deadline;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks where an index is to be built. Takes no lock on the table. */
final class SiteReading {
  private static final String TABLE =
      """
      select n.nspname::text as schema, c.relname::text as name, c.relkind::text as kind,
             format('%I.%I', n.nspname, c.relname) as full_name, r.rolname::text as owner,
             c.reltuples, c.relpages::bigint * current_setting('block_size')::int as bytes,
             pg_catalog.pg_has_role(c.relowner, 'USAGE') as owned,
             pg_catalog.has_schema_privilege(n.oid, 'CREATE') as may_create
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_roles r on r.oid = c.relowner
      where c.oid = ?
      """;

  private static final String COLUMNS =
      """
      select a.attname::text as name, s.avg_width
      from pg_catalog.pg_attribute a
      left join pg_catalog.pg_stats s
        on s.schemaname = ? and s.tablename = ? and s.attname = a.attname and not s.inherited
      where a.attrelid = ? and a.attnum > 0 and not a.attisdropped
      order by a.attnum
      """;

  // The server's own spelling: what pg_get_indexdef will say of it once it is built.
  private static final String DEFINITION =
      """
      select format('CREATE INDEX %I ON %I.%I USING btree (%s)', ?::text, ?::text, ?::text,
        (select string_agg(format('%I', k.name), ', ' order by k.place)
         from unnest(?::text[]) with ordinality k (name, place))) as definition
      """;

  private static final String TAKEN =
      """
      select format('%I.%I', n.nspname, c.relname) as name
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname::text = ? and c.relname::text = ?
        and not exists (select 1 from pg_catalog.pg_index i
                        where i.indexrelid = c.oid and i.indrelid = ?)
      """;

  private final PgLink link;
  private final IndexTerms terms;

  SiteReading(PgLink link, IndexTerms terms) {
    this.link = link;
    this.terms = terms;
  }

  Reading<IndexSite> of(NewIndex wanted, Deadline deadline) throws PgTrouble {
    var site = link.read(deadline, connection -> read(connection, wanted));
    var table = site.table();
    var value =
        table == null
            ? "no single table " + wanted.table()
            : "%s: about %s rows, %d MB, %d indexes alike, %d transactions in the way"
                .formatted(
                    table.name(),
                    table.rows() == null ? "?" : table.rows(),
                    table.bytes() >> 20,
                    site.alike().size(),
                    site.holdUps().size());
    return Reading.of(site, link.evidence(value, "pg_class, pg_index, pg_stat_activity"));
  }

  private IndexSite read(Connection connection, NewIndex wanted) throws SQLException {
    var found = Relations.named(connection, wanted.table(), Relations.TABLES);
    if (found.oids().size() != 1) {
      return none(wanted, found.names());
    }
    long oid = found.oids().get(0);
    try (var statement = connection.prepareStatement(PgLink.marked(TABLE))) {
      statement.setLong(1, oid);
      try (var row = statement.executeQuery()) {
        return row.next() ? read(connection, wanted, oid, row) : none(wanted, List.of());
      }
    }
  }

  private static IndexSite none(NewIndex wanted, List<String> candidates) {
    return new IndexSite(
        null,
        candidates,
        List.of(),
        List.of(),
        wanted.nameOn(wanted.table()),
        "",
        List.of(),
        List.of(),
        0,
        List.of());
  }

  private IndexSite read(Connection connection, NewIndex wanted, long oid, ResultSet row)
      throws SQLException {
    var schema = Rows.text(row, "schema");
    var name = Rows.text(row, "name");
    var widths = columns(connection, schema, name, oid);
    var missing = wanted.columns().stream().filter(column -> !widths.containsKey(column)).toList();
    var index = wanted.nameOn(name);
    var against = terms.objections(connection);
    rights(row, schema).ifPresent(against::add);
    kind(row).ifPresent(against::add);
    taken(connection, schema, index, oid).ifPresent(against::add);
    var alike = IndexesAlike.read(connection, oid, wanted.columns(), index);
    if (alike.stream().noneMatch(Alike::building)) {
      IndexesAlike.otherBuild(connection, oid).ifPresent(against::add);
    }
    var holdUps = HoldUps.read(connection, oid, true, terms.lockWait(), link.redactor());
    Long rows = row.getDouble("reltuples") <= 0 ? null : (long) row.getDouble("reltuples");
    return new IndexSite(
        new Table(
            oid,
            schema,
            Rows.text(row, "full_name"),
            rows,
            row.getLong("bytes"),
            indexBytes(rows, wanted.columns(), widths)),
        List.of(),
        missing,
        missing.isEmpty() ? List.of() : widths.keySet().stream().sorted().toList(),
        index,
        missing.isEmpty() ? definition(connection, index, schema, name, wanted.columns()) : "",
        alike,
        holdUps.seen(),
        holdUps.hidden(),
        against);
  }

  private Optional<Objection> rights(ResultSet row, String schema) throws SQLException {
    if (!row.getBoolean("owned")) {
      return Optional.of(
          Objection.hard(
              "not-permitted",
              "only the owner of "
                  + Rows.text(row, "full_name")
                  + ", "
                  + Rows.text(row, "owner")
                  + ", may build an index on it, not "
                  + link.role(),
              Grants.membership(Rows.text(row, "owner"), link.role())));
    }
    return row.getBoolean("may_create")
        ? Optional.empty()
        : Optional.of(
            Objection.hard(
                "not-permitted",
                link.role() + " may create nothing in schema " + schema,
                Grants.createIn(schema, link.role())));
  }

  private static Optional<Objection> kind(ResultSet row) throws SQLException {
    var kind = Rows.text(row, "kind");
    if (kind.equals("r") || kind.equals("m")) {
      return Optional.empty();
    }
    boolean partitioned = kind.equals("p");
    return Optional.of(
        Objection.hard(
            partitioned ? "partitioned-table" : "not-a-table",
            Rows.text(row, "full_name")
                + (partitioned
                    ? " is partitioned: no server builds its index without keeping writers out"
                    : " is a view or a foreign table: it has no indexes of its own"),
            partitioned
                ? "build one on each partition, then CREATE INDEX … ON ONLY, and attach them"
                : "name the table that it reads"));
  }

  private static Map<String, Optional<Integer>> columns(
      Connection connection, String schema, String table, long oid) throws SQLException {
    var columns = new HashMap<String, Optional<Integer>>();
    try (var statement = connection.prepareStatement(PgLink.marked(COLUMNS))) {
      statement.setString(1, schema);
      statement.setString(2, table);
      statement.setLong(3, oid);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          var width = Rows.number(row, "avg_width");
          columns.put(Rows.text(row, "name"), Optional.ofNullable(width).map(Long::intValue));
        }
      }
    }
    return columns;
  }

  /**
   * An entry is 8 bytes of head, 4 of pointer and the values, rounded up to 8; pages are filled to
   * nine tenths (PostgreSQL's default for btree).
   */
  private static @Nullable Long indexBytes(
      @Nullable Long rows, List<String> columns, Map<String, Optional<Integer>> widths) {
    long width = 0;
    for (var column : columns) {
      var one = widths.getOrDefault(column, Optional.empty());
      if (one.isEmpty()) {
        return null;
      }
      width += one.get();
    }
    return rows == null ? null : Long.valueOf(rows * (12 + (width + 7) / 8 * 8) * 10 / 9);
  }

  private static String definition(
      Connection connection, String index, String schema, String table, List<String> columns)
      throws SQLException {
    try (var statement = connection.prepareStatement(PgLink.marked(DEFINITION))) {
      statement.setString(1, index);
      statement.setString(2, schema);
      statement.setString(3, table);
      statement.setArray(4, connection.createArrayOf("text", columns.toArray()));
      try (var row = statement.executeQuery()) {
        row.next();
        return Rows.text(row, "definition");
      }
    }
  }

  private static Optional<Objection> taken(
      Connection connection, String schema, String index, long oid) throws SQLException {
    try (var statement = connection.prepareStatement(PgLink.marked(TAKEN))) {
      statement.setString(1, schema);
      statement.setString(2, index);
      statement.setLong(3, oid);
      try (var row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                Objection.hard(
                    "name-taken",
                    Rows.text(row, "name") + " is something else already",
                    "give the index another name: NewIndex.on(…).named(…)"))
            : Optional.empty();
      }
    }
  }
}
