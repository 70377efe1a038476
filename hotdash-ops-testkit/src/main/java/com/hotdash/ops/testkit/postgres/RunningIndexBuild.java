package com.hotdash.ops.testkit.postgres;

import java.sql.SQLException;

/**
 * A {@code CREATE INDEX CONCURRENTLY} on {@code products} that gets no further, because a
 * transaction that wrote to the table before it is still open. Closing drops the index, finished or
 * not.
 */
public final class RunningIndexBuild extends SceneFault {
  /** The name of the index. */
  public static final String INDEX = "products_stock_building";

  private final int holderPid;
  private final int builderPid;

  private RunningIndexBuild(Scene scene, int holderPid, int builderPid) {
    super(scene);
    this.holderPid = holderPid;
    this.builderPid = builderPid;
  }

  /**
   * Starts the build and the transaction that holds it up.
   *
   * @param role the owner of {@code products}
   * @return the fault, once the build waits
   */
  public static RunningIndexBuild start(PgRole role) {
    return Scene.start(role.database(), scene -> on(scene, role));
  }

  private static RunningIndexBuild on(Scene scene, PgRole role) throws SQLException {
    var holder = scene.open(role);
    holder.run("begin");
    holder.run("update products set stock = stock where id = 1");
    scene.onClose("drop index if exists " + INDEX);
    var builder = scene.queue(role, "create index concurrently " + INDEX + " on products (stock)");
    return new RunningIndexBuild(scene, holder.pid(), builder.pid());
  }

  /**
   * Returns the session whose open transaction holds the build up.
   *
   * @return its pid
   */
  public int holderPid() {
    return holderPid;
  }

  /**
   * Returns the session that builds.
   *
   * @return its pid
   */
  public int builderPid() {
    return builderPid;
  }

  /**
   * Returns how it stands with the build.
   *
   * @return the builder
   */
  public Waiter builder() {
    return scene.waiters().get(0);
  }
}
