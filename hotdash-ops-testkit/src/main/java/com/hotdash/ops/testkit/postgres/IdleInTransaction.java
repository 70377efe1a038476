package com.hotdash.ops.testkit.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A session that changed the order with id 1 and went to sleep without committing, and others that
 * want to change the same order and queue behind it.
 */
public final class IdleInTransaction extends SceneFault {
  private final int holderPid;

  private IdleInTransaction(Scene scene, int holderPid) {
    super(scene);
    this.holderPid = holderPid;
  }

  /**
   * Starts the session and its waiters.
   *
   * @param role the owner of {@code orders}
   * @param waiters how many queue behind it, 0 to 1000
   * @return the fault, once all of them wait
   */
  public static IdleInTransaction start(PgRole role, int waiters) {
    Scene.count(waiters, 0);
    return Scene.start(role.database(), scene -> on(scene, role, waiters));
  }

  private static IdleInTransaction on(Scene scene, PgRole role, int waiters) throws SQLException {
    var holder = scene.open(role);
    holder.run("begin");
    holder.run("update orders set status = 'paying' where id = 1");
    for (int i = 0; i < waiters; i++) {
      scene.queue(role, "update orders set updated_at = now() where id = 1");
    }
    return new IdleInTransaction(scene, holder.pid());
  }

  /**
   * Returns the session that is idle in transaction.
   *
   * @return its pid
   */
  public int holderPid() {
    return holderPid;
  }

  /**
   * Returns how it stands with those behind it.
   *
   * @return the waiters, in the order they came
   */
  public List<Waiter> waiters() {
    return scene.waiters();
  }

  /**
   * Waits for all waiters to come back, as they do when the session is ended.
   *
   * @param limit how long to wait at most
   * @return whether all came back, done or failed
   */
  public boolean awaitWaiters(Duration limit) {
    return scene.awaitWaiters(limit);
  }
}
