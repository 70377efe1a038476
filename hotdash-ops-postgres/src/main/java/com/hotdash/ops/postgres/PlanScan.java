package com.hotdash.ops.postgres;

import com.hotdash.ops.time.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks the server how it would run a normalised statement, and whether it would read a table whole.
 * Nothing is run: the statement is prepared and explained with a plan for any values, in a
 * read-only transaction (facts/postgres.md §13). The text is somebody else's, so it is sent only if
 * nothing in it can be taken for the end of a statement, and never as superuser: the planner runs
 * functions that the statement names and that call themselves immutable.
 */
final class PlanScan {
  private static final Pattern PLANNABLE =
      Pattern.compile("(?is)\\s*(?:with|select|update|delete|insert)\\b[^;\\\\]*");
  // A typed constant can't be a parameter; a cast of one can.
  private static final Pattern TYPED =
      Pattern.compile("(?i)\\b(interval|date|time|timestamp|timestamptz)\\s+(\\$\\d+)");
  private static final int LONGEST = 20_000;
  private static final int MOST_PARAMETERS = 1_000;
  private static final String NAME = "hotdash_ops_plan";

  // The server understands its own JSON. Cost and rows are the planner's own units.
  private static final String WHOLE =
      """
      select ?::jsonb #>> '{0,Plan,Total Cost}' as total, scan ->> 'Total Cost' as cost,
             scan ->> 'Plan Rows' as rows
      from pg_catalog.jsonb_path_query(
        ?::jsonb, 'strict $.** ? (@."Node Type" == "Seq Scan")') as scan
      where scan ->> 'Schema' = ? and scan ->> 'Relation Name' = ?
      order by (scan ->> 'Total Cost')::float8 desc
      limit 1
      """;

  private static final String SUPERUSER =
      "select r.rolsuper as super from pg_catalog.pg_roles r where r.rolname = current_user";

  private static final String USES =
      """
      select ?::jsonb #>> '{0,Plan,Total Cost}' as total, exists (
               select 1 from pg_catalog.jsonb_path_query(?::jsonb, 'strict $.**."Index Name"') used
               where used #>> '{}' = ?) as used
      """;

  /** A table that is read whole: what that costs, and how many rows are expected to remain. */
  record Whole(double cost, double totalCost, double rows) {}

  private PlanScan() {}

  /** Whether a text may be sent to be planned. */
  static boolean plannable(String text) {
    return text.length() < LONGEST && PLANNABLE.matcher(text).matches();
  }

  /**
   * Says why a text is not sent to be planned, or nothing.
   *
   * @throws PgTrouble if it could not be told
   */
  static String refusal(PgLink link, String text, Deadline deadline) throws PgTrouble {
    if (!plannable(text)) {
      return "its text is not safe to be planned";
    }
    if (!link.direct() && (link.pooled() || link.hiddenPooler(deadline))) {
      return "not planned through a pooler";
    }
    var superuser = Ask.one(SUPERUSER, row -> row.getBoolean("super"));
    link.read(deadline, superuser);
    return superuser.only() ? "not planned as superuser" : "";
  }

  /** Returns how the plan reads the table whole, or nothing if it does not. */
  static Optional<Whole> of(PgLink link, String text, TableFacts table, Deadline deadline)
      throws PgTrouble {
    return link.read(
        deadline,
        connection ->
            whole(
                connection,
                json(connection, text, "pg_catalog, " + IndexAdvice.quote(table.schema())),
                table));
  }

  /** Returns what a plan costs that may use an index of our session, and whether it does. */
  static HypotheticalIndex.Tried with(
      Connection connection, String text, TableFacts table, String index) throws SQLException {
    var plan = json(connection, text, "pg_catalog, " + IndexAdvice.quote(table.schema()));
    try (var statement = connection.prepareStatement(PgLink.marked(USES))) {
      statement.setString(1, plan);
      statement.setString(2, plan);
      statement.setString(3, index);
      try (var row = statement.executeQuery()) {
        row.next();
        return new HypotheticalIndex.Tried(row.getDouble("total"), row.getBoolean("used"));
      }
    }
  }

  /** Returns the plan of a text that {@link #plannable} let pass, within a search path. */
  static String json(Connection connection, String text, String searchPath) throws SQLException {
    try (var statement = connection.createStatement()) {
      // Braces and question marks in it are the server's.
      statement.setEscapeProcessing(false);
      statement.execute(
          "set local search_path = "
              + searchPath
              + "; set local plan_cache_mode = force_generic_plan; set local row_security = on");
      if (left(connection)) {
        statement.execute("deallocate " + NAME);
      }
      statement.execute("prepare " + NAME + " as " + TYPED.matcher(text).replaceAll("$2::$1"));
      var plan = explain(connection, parameters(connection));
      statement.execute("deallocate " + NAME);
      return plan;
    }
  }

  /** A statement that failed to be explained stays prepared: that outlives its transaction. */
  private static boolean left(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select 1 from pg_catalog.pg_prepared_statements where name = '" + NAME + "'")) {
      return row.next();
    }
  }

  private static int parameters(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                "select cardinality(parameter_types) as n from pg_catalog.pg_prepared_statements"
                    + " where name = '"
                    + NAME
                    + "'")) {
      row.next();
      int count = row.getInt("n");
      if (count > MOST_PARAMETERS) {
        throw new SQLException("the statement has " + count + " parameters");
      }
      return count;
    }
  }

  private static String explain(Connection connection, int parameters) throws SQLException {
    var nulls = parameters == 0 ? "" : "(null" + ", null".repeat(parameters - 1) + ")";
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery("explain (format json, verbose) execute " + NAME + nulls)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Optional<Whole> whole(Connection connection, String plan, TableFacts table)
      throws SQLException {
    try (var statement = connection.prepareStatement(PgLink.marked(WHOLE))) {
      statement.setString(1, plan);
      statement.setString(2, plan);
      statement.setString(3, table.schema());
      statement.setString(4, table.name());
      try (var row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Whole(row.getDouble("cost"), row.getDouble("total"), row.getDouble("rows")))
            : Optional.empty();
      }
    }
  }
}
