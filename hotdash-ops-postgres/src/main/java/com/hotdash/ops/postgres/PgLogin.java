package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.time.Deadline;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One login, never repeated, and a first statement over it. The driver cannot be interrupted, so it
 * runs on another thread; a connection that arrives too late is closed there.
 */
final class PgLogin {
  // Poolers forward both functions; together they tell servers and their databases apart.
  private static final String QUERY =
      "select 1, pg_catalog.current_database()::text as name,"
          + " pg_catalog.pg_postmaster_start_time() as started";

  private static final Duration QUERY_LIMIT = Duration.ofSeconds(2);

  private final PgUrl url;
  private final Deadline deadline;
  private final Bounded bounded;
  private final PgFailures failures;
  private final Waiting waiting;

  PgLogin(PgUrl url, Deadline deadline, Bounded bounded, PgFailures failures) {
    this.url = url;
    this.deadline = deadline;
    this.bounded = bounded;
    this.failures = failures;
    this.waiting = new Waiting(failures);
  }

  @Nullable Connection run(PgHost host, boolean tlsOffered, ProbeStages stages) {
    var connection = login(host, tlsOffered, stages);
    if (connection == null) {
      return null;
    }
    var answered = query(connection);
    if (stages.end(Stage.QUERY, answered.failure())) {
      if (answered.value() != null) {
        stages.answeredBy(answered.value());
      }
      return connection;
    }
    abandon(connection);
    return null;
  }

  private @Nullable Connection login(PgHost host, boolean tlsOffered, ProbeStages stages) {
    var wait = deadline.atMost(PgConnectSettings.loginLimit(url));
    if (wait.toMillis() == 0) {
      stages.end(Stage.LOGIN, waiting.tooLate());
      return null;
    }
    var settings = PgConnectSettings.of(url, host, tlsOffered, wait);
    var opened =
        attempt(
            () -> open(settings),
            wait,
            PgLogin::closeLate,
            "the login at " + host + " was not answered",
            "the server or a proxy before it is overloaded, hung, or keeps us in a queue: look at"
                + " its load and at the pooler's queue");
    if (opened.value() != null) {
      stages.end(Stage.LOGIN, null);
      return opened.value();
    }
    var failure = opened.failure() == null ? waiting.tooLate() : opened.failure();
    if (failure.kind() == FailureKind.TLS_NOT_TRUSTED) {
      stages.endInLast(failure);
    } else {
      stages.end(Stage.LOGIN, tlsOffered ? failure : withoutTls(failure));
    }
    return null;
  }

  /** A server without encryption cannot be asking for it: then the access list is the cause. */
  private static ConnectFailure withoutTls(ConnectFailure failure) {
    return failure.kind() != FailureKind.TLS_REQUIRED
        ? failure
        : new ConnectFailure(
            FailureKind.ADDRESS_REFUSED,
            failure.sqlState(),
            failure.text(),
            "add this address, user and database to the server's pg_hba.conf; it offers no"
                + " encryption, so sslmode does not help");
  }

  private static Connection open(PgConnectSettings settings) throws SQLException {
    // Not by DriverManager: another driver there may take the URL too, and log it.
    var driver =
        ServiceLoader.load(Driver.class, PgLogin.class.getClassLoader()).stream()
            .filter(provider -> provider.type().getName().equals("org.postgresql.Driver"))
            .findFirst()
            .orElseThrow(() -> new SQLException("the PostgreSQL JDBC driver is missing", "08001"));
    var connection = driver.get().connect(settings.url(), settings.properties());
    if (connection == null) {
      throw new SQLException("the driver does not take " + settings.url(), "08001");
    }
    return connection;
  }

  private Attempt<String> query(Connection connection) {
    var wait = deadline.atMost(QUERY_LIMIT.plusMillis(500));
    return attempt(
        () -> selectOne(connection, deadline.atMost(QUERY_LIMIT)),
        wait,
        late -> {},
        "select 1 was not answered",
        "the server lets us in and does not answer: look at its load, or at the pooler's queue");
  }

  /** Returns which database of which server answered. */
  private static String selectOne(Connection connection, Duration limit) throws SQLException {
    String server;
    connection.setReadOnly(true);
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("set local statement_timeout = " + Math.max(1, limit.toMillis()));
      try (var rows = statement.executeQuery(PgLink.marked(QUERY))) {
        if (!rows.next() || rows.getInt(1) != 1) {
          throw new SQLException("select 1 did not give 1");
        }
        server = Rows.text(rows, "name") + " since " + Rows.timeOf(rows, "started");
      }
    }
    connection.rollback();
    connection.setAutoCommit(true);
    return server;
  }

  private <T> Attempt<T> attempt(
      Callable<T> work, Duration wait, Consumer<T> late, String silence, String nextStep) {
    try {
      return new Attempt<>(bounded.call(work, wait, late), null);
    } catch (ExecutionException e) {
      return new Attempt<>(null, failures.of(e.getCause() == null ? e : e.getCause()));
    } catch (TimeoutException e) {
      return new Attempt<>(null, waiting.endedAfter(wait, FailureKind.SILENT, silence, nextStep));
    } catch (InterruptedException e) {
      return new Attempt<>(null, waiting.interrupted());
    } catch (RejectedExecutionException e) {
      return new Attempt<>(null, waiting.noThread());
    }
  }

  private static void closeLate(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      abandon(connection);
    }
  }

  /** Cuts the connection without a word to the server, which may not be listening. */
  private static void abandon(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      // The driver has given it up already, and nobody waits for it any more.
      return;
    }
  }

  private record Attempt<T>(@Nullable T value, @Nullable ConnectFailure failure) {}
}
