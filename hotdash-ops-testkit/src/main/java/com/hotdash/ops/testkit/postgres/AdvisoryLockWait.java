package com.hotdash.ops.testkit.postgres;

import java.sql.SQLException;
import java.util.List;

/** An idle session that keeps an advisory lock, and others that want it. */
public final class AdvisoryLockWait extends SceneFault {
  /** The key of the advisory lock. */
  public static final long KEY = 4_077_701L;

  private AdvisoryLockWait(Scene scene) {
    super(scene);
  }

  /**
   * Starts the holder and its waiters. The holder is {@code idle}, outside any transaction.
   *
   * @param role any role that may log in
   * @param waiters how many want the lock, 0 to 1000
   * @return the fault, once all of them wait
   */
  public static AdvisoryLockWait start(PgRole role, int waiters) {
    Scene.count(waiters, 0);
    return Scene.start(role.database(), scene -> on(scene, role, waiters));
  }

  private static AdvisoryLockWait on(Scene scene, PgRole role, int waiters) throws SQLException {
    var lock = "select pg_advisory_lock(" + KEY + ")";
    scene.open(role).run(lock);
    for (int i = 0; i < waiters; i++) {
      scene.queue(role, lock);
    }
    return new AdvisoryLockWait(scene);
  }

  /**
   * Returns the session that has the lock.
   *
   * @return its pid
   */
  public int holderPid() {
    return scene.pids().get(0);
  }

  /**
   * Returns how it stands with those that want the lock.
   *
   * @return the waiters, in the order they came
   */
  public List<Waiter> waiters() {
    return scene.waiters();
  }
}
