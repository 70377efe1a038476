package com.hotdash.ops.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A query of our own text, without parameters, and what came of it once it was sent. */
final class Ask<T> {
  private final String sql;
  private final Row<T> row;
  private final List<T> answers = new ArrayList<>();

  private final boolean always;

  private Ask(String sql, Row<T> row, boolean always) {
    this.sql = PgLink.marked(sql);
    this.row = row;
    this.always = always;
  }

  /** How one row becomes a value. */
  @FunctionalInterface
  interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  static <T> Ask<T> of(String sql, Row<T> row) {
    return new Ask<>(sql, row, false);
  }

  /** Asks what always has an answer: without one, asking fails. */
  static <T> Ask<T> one(String sql, Row<T> row) {
    return new Ask<>(sql, row, true);
  }

  /** What each row came to. */
  List<T> all() {
    return answers;
  }

  /** The answer to what always has one. */
  T only() {
    return answers.get(0);
  }

  /**
   * Sends several together, between other statements: one round trip, whatever their number.
   *
   * @param before statements without rows, such as those that begin a transaction
   * @param after the same, to end it
   */
  static void send(Connection connection, String before, List<Ask<?>> asks, String after)
      throws SQLException {
    var sql =
        asks.stream().map(ask -> ask.sql).collect(Collectors.joining(";\n", before + ";\n", ";\n"));
    try (var statement = connection.createStatement()) {
      boolean rows = statement.execute(sql + after);
      for (var ask : asks) {
        while (!rows) {
          if (statement.getUpdateCount() < 0) {
            throw new SQLException("the server answered fewer queries than were sent");
          }
          rows = statement.getMoreResults();
        }
        try (var result = statement.getResultSet()) {
          ask.take(result);
        }
        rows = statement.getMoreResults();
      }
    }
  }

  private void take(ResultSet rows) throws SQLException {
    while (rows.next()) {
      answers.add(row.of(rows));
    }
    if (always && answers.isEmpty()) {
      throw new SQLException("the server left a question open that it can always answer");
    }
  }
}
