package com.hotdash.ops.testkit.postgres;

import java.sql.SQLException;
import java.util.List;

/**
 * Sessions that wait for one another in a row: each holds the lock on one order and wants the one
 * that the session before it holds. The first waits for nobody and is idle in transaction.
 */
public final class LockChain extends SceneFault {
  private static final int FIRST = 101;
  private static final int LONGEST = Hotdash.ROWS - FIRST + 1;

  private LockChain(Scene scene) {
    super(scene);
  }

  /**
   * Starts a chain on the orders 101, 102, 103 and so on, which other faults leave alone.
   *
   * @param role the owner of {@code orders}
   * @param length how many sessions, 2 to 200
   * @return the fault, once all but the first wait
   */
  public static LockChain start(PgRole role, int length) {
    Scene.count(length, 2);
    if (length > LONGEST) {
      throw new IllegalArgumentException("a chain has at most " + LONGEST + " sessions");
    }
    return Scene.start(role.database(), scene -> on(scene, role, length));
  }

  private static LockChain on(Scene scene, PgRole role, int length) throws SQLException {
    for (int id = FIRST; id < FIRST + length; id++) {
      var session = scene.open(role);
      session.run("begin");
      session.run("update orders set updated_at = now() where id = " + id);
      if (id > FIRST) {
        scene.send(session, "update orders set updated_at = now() where id = " + (id - 1));
      }
    }
    return new LockChain(scene);
  }

  /**
   * Returns the session that all others wait for in the end.
   *
   * @return its pid
   */
  public int rootPid() {
    return scene.pids().get(0);
  }

  /**
   * Returns how it stands with the sessions after the first.
   *
   * @return the waiters, from the root outwards
   */
  public List<Waiter> waiters() {
    return scene.waiters();
  }
}
