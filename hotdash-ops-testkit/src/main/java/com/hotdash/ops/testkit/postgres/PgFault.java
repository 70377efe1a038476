package com.hotdash.ops.testkit.postgres;

import java.util.List;

/**
 * A fault on a test server. It stands when the call that started it returns, and {@link #close}
 * takes it back: its sessions are gone and its settings restored when that returns, which takes 10
 * s at most. Threads are daemons. Thread-safe, and closing twice is harmless.
 */
public interface PgFault extends AutoCloseable {
  /**
   * Returns the server processes of this fault's sessions, in the order they were opened.
   *
   * @return the pids, as {@code pg_backend_pid()} gives them; empty for a fault without sessions
   */
  List<Integer> pids();

  @Override
  void close();
}
