package com.hotdash.ops.testkit.postgres;

import com.hotdash.ops.secret.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The superuser's hand in one database of a test server: each call opens a connection of its own
 * and closes it, so it sees what is committed and leaves no session behind. Thread-safe.
 */
public final class PgDatabase {
  private static final int READ_SECONDS = 30;

  private final PgServer server;
  private final String name;

  PgDatabase(PgServer server, String name) {
    this.server = server;
    this.name = name;
  }

  /**
   * Returns the server that the database is on.
   *
   * @return the server
   */
  public PgServer server() {
    return server;
  }

  /**
   * Returns the database's name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Runs statements, each by itself and committed, also where {@link ReadOnlyServer} stands.
   *
   * @param statements the statements
   * @throws PgServerException if one fails; those before it stay done
   */
  public void sql(String... statements) {
    try (var connection = superuser();
        var statement = connection.createStatement()) {
      // A fault must be able to clean up on a server that another one made read-only.
      statement.execute("set default_transaction_read_only = off");
      for (var sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw PgServerException.of("postgres.sql", e);
    }
  }

  /**
   * Reads one number.
   *
   * @param query a query with one row and one column
   * @return the number
   * @throws PgServerException if it fails, or gives no row or null
   */
  public long number(String query) {
    return Long.parseLong(text(query));
  }

  /**
   * Reads one value as text.
   *
   * @param query a query with one row and one column
   * @return the value, in PostgreSQL's own spelling
   * @throws PgServerException if it fails, or gives no row or null
   */
  public String text(String query) {
    var column = column(query);
    if (column.isEmpty()) {
      throw PgServerException.of("postgres.query", "no value from: " + query, null);
    }
    return column.get(0);
  }

  /**
   * Reads the first column.
   *
   * @param query a query
   * @return the values that are not null, in order
   * @throws PgServerException if it fails
   */
  public List<String> column(String query) {
    try (var connection = superuser();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        var value = rows.getString(1);
        if (value != null) {
          values.add(value);
        }
      }
      return List.copyOf(values);
    } catch (SQLException e) {
      throw PgServerException.of("postgres.query", e);
    }
  }

  /**
   * Makes an ordinary role that can log in.
   *
   * @param role its name
   * @param password its password
   * @param memberOf the roles whose rights it has
   * @return the role, to log in to this database
   * @throws PgServerException if the role is there already
   */
  public PgRole createRole(String role, Secret password, String... memberOf) {
    var quoted = quote(role);
    var text = password.reveal().replace("'", "''");
    sql(
        // Else the log would quote the password if this fails.
        "set log_min_error_statement = panic",
        "create role " + quoted + " login password '" + text + "'");
    for (var group : memberOf) {
      sql("grant " + quote(group) + " to " + quoted);
    }
    return new PgRole(this, role, password);
  }

  Connection superuser() throws SQLException {
    return connect("postgres", null, "testkit", READ_SECONDS);
  }

  Connection connect(
      String role, @Nullable Secret password, String applicationName, int readSeconds)
      throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", role);
    if (password != null) {
      properties.setProperty("password", password.reveal());
    }
    properties.setProperty("ApplicationName", applicationName);
    properties.setProperty("sslmode", "disable");
    properties.setProperty("gssEncMode", "disable");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", Integer.toString(readSeconds));
    return DriverManager.getConnection(
        "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + PgServer.encode(name),
        properties);
  }

  static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return "PgDatabase[" + name + " on " + server.host() + ":" + server.port() + "]";
  }
}
