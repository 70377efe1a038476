package com.hotdash.ops.testkit.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * A reader of {@code products} that went to sleep in its transaction, an {@code ALTER TABLE} that
 * waits for it, and readers that wait for the {@code ALTER}: it holds nothing that they want, it
 * merely stands before them in the queue. Cancelling it frees all readers at once.
 */
public final class LockPileUp extends SceneFault {
  private final int holderPid;
  private final int alterPid;

  private LockPileUp(Scene scene, int holderPid, int alterPid) {
    super(scene);
    this.holderPid = holderPid;
    this.alterPid = alterPid;
  }

  /**
   * Starts the scene. If the {@code ALTER TABLE} gets through, it adds a column, which closing
   * drops again.
   *
   * @param role the owner of {@code products}
   * @param readers how many wait behind the {@code ALTER TABLE}, 0 to 1000
   * @return the fault, once all of them wait
   */
  public static LockPileUp start(PgRole role, int readers) {
    Scene.count(readers, 0);
    return Scene.start(role.database(), scene -> on(scene, role, readers));
  }

  private static LockPileUp on(Scene scene, PgRole role, int readers) throws SQLException {
    var holder = scene.open(role);
    holder.run("begin");
    holder.run("select count(*) from products");
    scene.onClose("alter table products drop column if exists pile_up");
    var alter = scene.queue(role, "alter table products add column pile_up int");
    for (int i = 0; i < readers; i++) {
      scene.queue(role, "select count(*) from products");
    }
    return new LockPileUp(scene, holder.pid(), alter.pid());
  }

  /**
   * Returns the reader that is idle in transaction.
   *
   * @return its pid
   */
  public int holderPid() {
    return holderPid;
  }

  /**
   * Returns the session of the {@code ALTER TABLE}.
   *
   * @return its pid
   */
  public int alterPid() {
    return alterPid;
  }

  /**
   * Returns how it stands with those that wait: first the {@code ALTER TABLE}, then the readers.
   *
   * @return the waiters, in the order they came
   */
  public List<Waiter> waiters() {
    return scene.waiters();
  }

  /**
   * Waits for all waiters to come back.
   *
   * @param limit how long to wait at most
   * @return whether all came back, done or failed
   */
  public boolean awaitWaiters(Duration limit) {
    return scene.awaitWaiters(limit);
  }
}
