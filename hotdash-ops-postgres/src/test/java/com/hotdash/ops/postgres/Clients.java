package com.hotdash.ops.postgres;

import com.hotdash.ops.testkit.postgres.PgRole;
import com.zaxxer.hikari.HikariDataSource;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A client of the database, such as the application is one. */
final class Clients implements AutoCloseable {
  private final Connection connection;
  private final int pid;

  private Clients(Connection connection) throws SQLException {
    this.connection = connection;
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select pg_backend_pid()")) {
      row.next();
      this.pid = row.getInt(1);
    }
  }

  static Clients open(PgRole role, String application) {
    return open(role.url(), application);
  }

  static Clients open(String url, String application) {
    var uri = URI.create(url);
    var userInfo = uri.getRawUserInfo().split(":", 2);
    var properties = new Properties();
    properties.setProperty("user", decode(userInfo[0]));
    if (userInfo.length > 1) {
      properties.setProperty("password", decode(userInfo[1]));
    }
    properties.setProperty("ApplicationName", application);
    properties.setProperty("socketTimeout", "30");
    try {
      return new Clients(
          DriverManager.getConnection(
              "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(),
              properties));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a new session of a role gets for one question. */
  static String ask(PgRole role, String query) {
    try (var client = open(role, "asker");
        var statement = client.connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The application's own pool. */
  static HikariDataSource pool(PgRole role, int size) {
    var server = role.database().server();
    var pool = new HikariDataSource();
    pool.setPoolName("shop-pool");
    pool.setMaximumPoolSize(size);
    pool.setJdbcUrl(
        "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + role.database().name());
    pool.setUsername(role.name());
    pool.setPassword(role.password().reveal());
    return pool;
  }

  private static String decode(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  int pid() {
    return pid;
  }

  void run(String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  String text(String sql) {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a statement that may be cut off. Says whether it came to its end. */
  boolean tryRun(String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Whether the server still answers it. */
  boolean alive() {
    try {
      return connection.isValid(5);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
