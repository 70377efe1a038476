package com.hotdash.ops.testkit.postgres;

import com.hotdash.ops.testkit.postgres.Waiter.Outcome;
import java.sql.SQLException;

/** A statement that blocks, and the daemon thread that sits in it. */
final class WaitingStatement {
  private final PgSession session;
  private final Thread thread;
  private Waiter state;
  private boolean closed;

  private WaitingStatement(PgSession session, String sql) {
    this.session = session;
    this.thread = LoopbackServer.daemon("testkit-waiter-" + session.pid(), () -> run(sql));
    this.state = new Waiter(session.pid(), Outcome.WAITING, null, null);
  }

  static WaitingStatement start(PgSession session, String sql) {
    var waiting = new WaitingStatement(session, sql);
    waiting.thread.start();
    return waiting;
  }

  synchronized Waiter state() {
    return state;
  }

  /** Whether the statement has come back and its thread has ended. */
  boolean done() {
    return !thread.isAlive();
  }

  /** From here on, an error is our own doing and no outcome. */
  synchronized void close() {
    closed = true;
  }

  private void run(String sql) {
    try {
      session.runWaiting(sql);
      settle(new Waiter(session.pid(), Outcome.FINISHED, null, null));
    } catch (SQLException e) {
      settle(new Waiter(session.pid(), Outcome.FAILED, e.getSQLState(), e.getMessage()));
    }
  }

  private synchronized void settle(Waiter outcome) {
    if (!closed) {
      state = outcome;
    }
  }
}
