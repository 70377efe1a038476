package com.hotdash.ops.postgres;

import com.hotdash.ops.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Asks the planner what it would do with an index that is not there, by the extension hypopg where
 * it is installed: such an index lives in our own session only, and nothing is built
 * (facts/postgres.md §14).
 */
final class HypotheticalIndex {
  private static final String SCHEMA =
      """
      select pg_catalog.quote_ident(n.nspname) as schema
      from pg_catalog.pg_extension e
      join pg_catalog.pg_namespace n on n.oid = e.extnamespace
      where e.extname = 'hypopg' and pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      """;

  /**
   * What the planner made of it.
   *
   * @param cost the statement's whole cost with the index, in the planner's units
   * @param used whether the plan uses it
   */
  record Tried(double cost, boolean used) {}

  private HypotheticalIndex() {}

  /** Returns what the planner made of the index, or nothing without hypopg. */
  static Optional<Tried> of(
      PgLink link, String text, TableFacts table, List<String> columns, Deadline deadline)
      throws PgTrouble {
    var schema = link.read(deadline, HypotheticalIndex::schema);
    if (schema.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          link.read(deadline, connection -> tried(connection, schema.get(), text, table, columns)));
    } finally {
      forget(link, schema.get(), deadline);
    }
  }

  private static Optional<String> schema(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(PgLink.marked(SCHEMA))) {
      return row.next() ? Optional.of(Rows.text(row, "schema")) : Optional.empty();
    }
  }

  private static Tried tried(
      Connection connection, String schema, String text, TableFacts table, List<String> columns)
      throws SQLException {
    var ddl =
        "create index on "
            + IndexAdvice.quote(table.schema())
            + "."
            + IndexAdvice.quote(table.name())
            + " ("
            + columns.stream().map(IndexAdvice::quote).collect(Collectors.joining(", "))
            + ")";
    try (var create =
        connection.prepareStatement(
            "select indexname as name from " + schema + ".hypopg_create_index(?)")) {
      create.setString(1, ddl);
      try (var row = create.executeQuery()) {
        row.next();
        return PlanScan.with(connection, text, table, Rows.text(row, "name"));
      }
    }
  }

  /** It outlives its transaction, and a kept session would plan with it ever after. */
  private static void forget(PgLink link, String schema, Deadline deadline) {
    try {
      link.read(
          deadline,
          connection -> {
            try (var statement = connection.createStatement()) {
              return statement.execute("select " + schema + ".hypopg_reset()");
            }
          });
    } catch (PgTrouble e) {
      // A session in which it may still be is no good any more; its end is the index's end.
      link.abort();
    }
  }
}
