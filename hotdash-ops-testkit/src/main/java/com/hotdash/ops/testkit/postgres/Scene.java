package com.hotdash.ops.testkit.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a fault has opened and changed, so that it can be taken back whatever happened to it. */
final class Scene implements AutoCloseable {
  static final String APPLICATION = "hotdash-app";

  private static final int MOST_SESSIONS = 1000;

  private final PgDatabase database;
  private final List<PgSession> sessions = new ArrayList<>();
  private final List<WaitingStatement> waiting = new ArrayList<>();
  private final List<Undo> undo = new ArrayList<>();
  private boolean closed;
  private boolean settingUp = true;
  private @Nullable Connection watcher;

  private Scene(PgDatabase database) {
    this.database = database;
  }

  /** Takes back one change that outlives the sessions. */
  @FunctionalInterface
  interface Undo {
    void on(PgDatabase database);
  }

  /** Sets a fault up. */
  @FunctionalInterface
  interface Setup<F> {
    F on(Scene scene) throws SQLException;
  }

  static <F> F start(PgDatabase database, Setup<F> setup) {
    var scene = new Scene(database);
    boolean stands = false;
    try {
      var fault = setup.on(scene);
      stands = true;
      return fault;
    } catch (SQLException e) {
      throw PgServerException.of("postgres.fault", e);
    } finally {
      scene.settingUp = false;
      scene.stopWatching();
      if (!stands) {
        scene.close();
      }
    }
  }

  static int count(int wanted, int least) {
    if (wanted < least || wanted > MOST_SESSIONS) {
      throw new IllegalArgumentException(
          "sessions must be " + least + " to " + MOST_SESSIONS + ", not " + wanted);
    }
    return wanted;
  }

  PgDatabase database() {
    return database;
  }

  PgSession open(PgRole role) throws SQLException {
    return open(role, APPLICATION);
  }

  synchronized PgSession open(PgRole role, String applicationName) throws SQLException {
    if (closed) {
      throw new SQLException("the fault was closed");
    }
    var session = PgSession.open(role, applicationName);
    sessions.add(session);
    return session;
  }

  /** Sends a new session to wait, and returns once it does. */
  PgSession queue(PgRole role, String sql) throws SQLException {
    var session = open(role);
    send(session, sql);
    return session;
  }

  void send(PgSession session, String sql) throws SQLException {
    synchronized (this) {
      waiting.add(WaitingStatement.start(session, sql));
    }
    try {
      Await.until("waiting of session " + session.pid(), () -> blocked(session.pid()));
    } finally {
      if (!settingUp) {
        stopWatching();
      }
    }
  }

  void onClose(String sql) {
    onClose(database -> database.sql(sql));
  }

  synchronized void onClose(Undo change) {
    undo.add(change);
  }

  /** Forgets a session that is broken. */
  synchronized void drop(PgSession broken) {
    sessions.remove(broken);
    broken.abort();
  }

  synchronized List<Integer> pids() {
    return sessions.stream().map(PgSession::pid).toList();
  }

  synchronized List<Waiter> waiters() {
    return waiting.stream().map(WaitingStatement::state).toList();
  }

  /** Waits for every waiter to come back, and says whether all did. */
  boolean awaitWaiters(Duration limit) {
    List<WaitingStatement> all;
    synchronized (this) {
      all = List.copyOf(waiting);
    }
    return Await.within(limit, () -> all.stream().allMatch(WaitingStatement::done));
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    waiting.forEach(WaitingStatement::close);
    try {
      end();
      for (var change : undo) {
        change.on(database);
      }
    } catch (PgServerException e) {
      if (!serverGone(e)) {
        throw e;
      }
    } finally {
      sessions.forEach(PgSession::abort);
    }
    joinWaiters();
  }

  /** Whoever stopped the server has ended its sessions, and its settings go with its data. */
  private static boolean serverGone(PgServerException e) {
    return e.sqlState()
        .filter(state -> state.startsWith("08") || state.equals("57P03"))
        .isPresent();
  }

  /** Over one connection while the scene is set up: a login for each look takes far longer. */
  private boolean blocked(int pid) {
    try {
      var open = watcher;
      if (open == null) {
        open = database.superuser();
        watcher = open;
      }
      try (var statement = open.createStatement();
          var row =
              statement.executeQuery("select 1 from pg_locks where not granted and pid = " + pid)) {
        return row.next();
      }
    } catch (SQLException e) {
      throw PgServerException.of("postgres.query", e);
    }
  }

  /** Whoever counts the server's sessions is not to find ours among them. */
  private void stopWatching() {
    var open = watcher;
    watcher = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        throw PgServerException.of("postgres.disconnect", e);
      }
    }
  }

  private void end() {
    if (sessions.isEmpty()) {
      return;
    }
    var ours =
        sessions.stream().map(session -> "" + session.pid()).collect(Collectors.joining(","));
    var left = " from pg_stat_activity where usename <> 'postgres' and pid in (" + ours + ")";
    database.column("select pg_terminate_backend(pid)" + left);
    Await.until(
        "the end of sessions " + ours, () -> database.number("select count(*)" + left) == 0);
  }

  private void joinWaiters() {
    Await.until("the end of waiters", () -> waiting.stream().allMatch(WaitingStatement::done));
  }
}
