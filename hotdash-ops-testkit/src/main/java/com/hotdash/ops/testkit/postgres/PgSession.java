package com.hotdash.ops.testkit.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** One connection of a role, and the server process behind it. */
final class PgSession {
  // Longer than any game day's scene: it ends a session that nobody closed.
  private static final int READ_SECONDS = 900;

  private final Connection connection;
  private final int pid;

  private PgSession(Connection connection, int pid) {
    this.connection = connection;
    this.pid = pid;
  }

  static PgSession open(PgRole role, String applicationName) throws SQLException {
    var connection =
        role.database().connect(role.name(), role.password(), applicationName, READ_SECONDS);
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      return new PgSession(connection, row.getInt(1));
    } catch (SQLException e) {
      abort(connection);
      throw e;
    }
  }

  int pid() {
    return pid;
  }

  /** Runs a statement that is not meant to wait. */
  void run(String sql) throws SQLException {
    run(sql, Math.toIntExact(Await.LIMIT.toSeconds()));
  }

  /** Runs a statement that may wait as long as the session lives. */
  void runWaiting(String sql) throws SQLException {
    run(sql, 0);
  }

  private void run(String sql, int seconds) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setQueryTimeout(seconds);
      statement.execute(sql);
    }
  }

  /** Cuts the connection without waiting for a statement that is on its way. */
  void abort() {
    abort(connection);
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw PgServerException.of("postgres.disconnect", e);
    }
  }
}
