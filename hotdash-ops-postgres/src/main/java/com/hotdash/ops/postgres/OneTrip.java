package com.hotdash.ops.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Several queries without parameters, sent together: one round trip instead of many. */
final class OneTrip {
  private OneTrip() {}

  /** What takes the rows of one query. */
  @FunctionalInterface
  interface Taking {
    void take(ResultSet rows) throws SQLException;
  }

  /** One query, of our own text, and what takes its rows. */
  record Query(String sql, Taking rows) {}

  static void read(Connection connection, List<Query> queries) throws SQLException {
    var sql = queries.stream().map(Query::sql).collect(Collectors.joining(";\n"));
    try (var statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      for (var query : queries) {
        if (!rows) {
          throw new SQLException("the server answered fewer queries than were sent");
        }
        try (var result = statement.getResultSet()) {
          query.rows().take(result);
        }
        rows = statement.getMoreResults();
      }
    }
  }
}
