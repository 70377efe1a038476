package com.hotdash.ops.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue says of a table for which an index may be wanted. Takes no lock on the table.
 *
 * @param pages its size in blocks of {@code blockBytes}, as of its last vacuum or analyze
 * @param rows about how many rows it has; below 0 or 0 if never counted
 * @param writes rows inserted, changed and deleted since the statistics began
 * @param columns its columns, each with what the server knows of its values, which needs SELECT
 * @param indexes the columns of each valid index on all rows, in order; an expression is ""
 */
record TableFacts(
    String schema,
    String name,
    long pages,
    long blockBytes,
    long rows,
    long writes,
    Map<String, Values> columns,
    List<List<String>> indexes) {
  /**
   * What the server knows of a column's values.
   *
   * @param distinct as pg_stats says it: below 0 it is a share of the rows; null if it may not be
   *     seen or was never analysed
   */
  record Values(@Nullable Double distinct, int width) {
    /** The share of the rows that one value keeps on average, if it is known. */
    @Nullable Double share(long rows) {
      if (distinct == null || distinct == 0 || rows <= 0) {
        return null;
      }
      return Math.min(1, distinct > 0 ? 1 / distinct : 1 / Math.max(1, -distinct * rows));
    }
  }

  private static final int MOST = 200;

  private static final String TABLES =
      """
      select c.oid, n.nspname::text as schema, c.relname::text as name, c.relpages,
             pg_catalog.current_setting('block_size')::int as block_size, c.reltuples,
             coalesce(t.n_tup_ins + t.n_tup_upd + t.n_tup_del, 0) as writes
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      left join pg_catalog.pg_stat_all_tables t on t.relid = c.oid
      where c.relname = any (?) and c.relkind in ('r', 'm')
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      order by c.oid
      limit 200
      """;

  private static final String COLUMNS =
      """
      select a.attname::text as name, s.n_distinct, coalesce(s.avg_width, 8) as width
      from pg_catalog.pg_attribute a
      left join pg_catalog.pg_stats s
        on s.schemaname = ? and s.tablename = ? and s.attname = a.attname and not s.inherited
      where a.attrelid = ? and a.attnum > 0 and not a.attisdropped
      """;

  private static final String INDEXES =
      """
      select i.indexrelid, coalesce(a.attname::text, '') as name
      from pg_catalog.pg_index i
      cross join lateral unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
      left join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
      where i.indrelid = ? and i.indisvalid and i.indpred is null and k.place <= i.indnkeyatts
      order by i.indexrelid, k.place
      """;

  /** Reads the tables of these names, in whatever schemas they are. */
  static List<TableFacts> read(Connection connection, Collection<String> names)
      throws SQLException {
    var tables = new ArrayList<TableFacts>();
    try (var statement = connection.prepareStatement(PgLink.marked(TABLES))) {
      statement.setArray(1, connection.createArrayOf("text", names.toArray()));
      try (var row = statement.executeQuery()) {
        while (row.next() && tables.size() < MOST) {
          var schema = Rows.text(row, "schema");
          var name = Rows.text(row, "name");
          long oid = row.getLong("oid");
          tables.add(
              new TableFacts(
                  schema,
                  name,
                  row.getLong("relpages"),
                  row.getLong("block_size"),
                  (long) row.getDouble("reltuples"),
                  row.getLong("writes"),
                  columns(connection, schema, name, oid),
                  indexes(connection, oid)));
        }
      }
    }
    return tables;
  }

  private static Map<String, Values> columns(
      Connection connection, String schema, String name, long oid) throws SQLException {
    var columns = new HashMap<String, Values>();
    try (var statement = connection.prepareStatement(PgLink.marked(COLUMNS))) {
      statement.setString(1, schema);
      statement.setString(2, name);
      statement.setLong(3, oid);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          double read = row.getDouble("n_distinct");
          Double distinct = row.wasNull() ? null : Double.valueOf(read);
          columns.put(Rows.text(row, "name"), new Values(distinct, row.getInt("width")));
        }
      }
    }
    return Map.copyOf(columns);
  }

  private static List<List<String>> indexes(Connection connection, long oid) throws SQLException {
    var indexes = new HashMap<Long, List<String>>();
    try (var statement = connection.prepareStatement(PgLink.marked(INDEXES))) {
      statement.setLong(1, oid);
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          indexes
              .computeIfAbsent(row.getLong("indexrelid"), none -> new ArrayList<>())
              .add(Rows.text(row, "name"));
        }
      }
    }
    return List.copyOf(indexes.values());
  }
}
