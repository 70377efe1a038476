package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.testkit.postgres.PgRole;
import com.hotdash.ops.testkit.postgres.PgServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/** Plain connections to the game day's server, as an application makes them. */
final class Link {
  private Link() {}

  /** Logs in once as a role, and returns why it was refused, if it was. */
  static Optional<String> refusal(PgRole role) {
    try (var connection =
        open(
            role.database().server(),
            role.database().name(),
            role.name(),
            role.password().reveal())) {
      return connection.isValid(5)
          ? Optional.empty()
          : Optional.of("it was let in and not answered");
    } catch (SQLException e) {
      return Optional.of("SQLSTATE " + e.getSQLState() + ", " + e.getMessage());
    }
  }

  static Connection superuser(PgServer server) throws SQLException {
    return open(server, "postgres", "postgres", "");
  }

  private static Connection open(PgServer server, String database, String user, String password)
      throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "game-day");
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "10");
    return DriverManager.getConnection(
        "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database, properties);
  }
}
