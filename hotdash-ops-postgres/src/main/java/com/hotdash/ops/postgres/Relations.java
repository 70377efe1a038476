package com.hotdash.ops.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds a table or index by the name that somebody typed. It is compared with the catalogue as it
 * is and never becomes SQL. A name may be one with its schema before a dot, or hold a dot itself.
 *
 * @param oids the identities of those that have the name
 * @param names the same with their schemas, quoted where needed; if there is none, those that
 *     differ in capitals only
 */
record Relations(List<Long> oids, List<String> names) {
  // As text: the type of names would cut a longer one, and find what was not asked for.
  private static final String SQL =
      """
      select c.oid, format('%I.%I', n.nspname, c.relname) as name,
             c.relname::text = t.wanted or n.nspname || '.' || c.relname = t.wanted as exact
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      cross join (select ?::text as wanted) t
      where c.relkind::text = any (?)
        and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and lower(t.wanted) in (lower(c.relname::text), lower(n.nspname || '.' || c.relname))
      order by 2
      limit 200
      """;

  static final List<String> TABLES = List.of("r", "p", "v", "m", "f");
  static final List<String> INDEXES = List.of("i", "I");

  static Relations named(Connection connection, String wanted, List<String> kinds)
      throws SQLException {
    var oids = new ArrayList<Long>();
    var exact = new ArrayList<String>();
    var alike = new ArrayList<String>();
    try (var statement = connection.prepareStatement(PgLink.marked(SQL))) {
      statement.setString(1, wanted);
      statement.setArray(2, connection.createArrayOf("text", kinds.toArray()));
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          if (row.getBoolean("exact")) {
            oids.add(row.getLong("oid"));
            exact.add(Rows.text(row, "name"));
          } else {
            alike.add(Rows.text(row, "name"));
          }
        }
      }
    }
    return new Relations(List.copyOf(oids), oids.isEmpty() ? alike : exact);
  }

  /** The elements of an array of texts. */
  static List<String> texts(ResultSet row, String column) throws SQLException {
    return Arrays.asList((String[]) row.getArray(column).getArray());
  }
}
