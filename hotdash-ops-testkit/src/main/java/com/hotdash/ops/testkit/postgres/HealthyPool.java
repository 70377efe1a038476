package com.hotdash.ops.testkit.postgres;

import com.hotdash.ops.time.Time;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An application's warm pool: a few connections that are idle most of the time and used again and
 * again. Not a fault but its victim: whoever ends its sessions makes its user see an error, which
 * it counts, and gains nothing, since it opens another in their place.
 */
public final class HealthyPool implements PgFault {
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(4);

  private final PgRole role;
  private final String applicationName;
  private final Duration pause;
  private final Scene scene;
  private final List<PgSession> pool;
  private final Thread user;
  private volatile boolean closed;
  private long uses;
  private long errors;
  private @Nullable String lastError;

  private HealthyPool(
      PgRole role, String applicationName, Duration pause, Scene scene, List<PgSession> pool) {
    this.role = role;
    this.applicationName = applicationName;
    this.pause = pause;
    this.scene = scene;
    this.pool = pool;
    this.user = new Thread(this::use, "testkit-pool-" + applicationName);
    user.setDaemon(true);
  }

  /**
   * Opens the pool and begins to use its connections in turn.
   *
   * @param role the role that logs in
   * @param applicationName the name that the connections give themselves
   * @param size how many connections, 1 to 1000
   * @param pause how long between two uses, 1 ms to 4 minutes
   * @return the pool
   */
  public static HealthyPool start(PgRole role, String applicationName, int size, Duration pause) {
    Scene.count(size, 1);
    if (pause.toMillis() < 1 || pause.compareTo(LONGEST_PAUSE) > 0) {
      throw new IllegalArgumentException("the pause must be 1 ms to 4 min, not " + pause);
    }
    return Scene.start(
        role.database(),
        scene -> {
          var pool = new ArrayList<PgSession>();
          for (int i = 0; i < size; i++) {
            pool.add(scene.open(role, applicationName));
          }
          var healthy = new HealthyPool(role, applicationName, pause, scene, pool);
          healthy.user.start();
          return healthy;
        });
  }

  /**
   * Returns how often a connection was used with success.
   *
   * @return the count
   */
  public synchronized long uses() {
    return uses;
  }

  /**
   * Returns how many errors the pool's user has seen, failed reconnects included.
   *
   * @return the count
   */
  public synchronized long errors() {
    return errors;
  }

  /**
   * Returns the code of the last error: 57P01 or 08006 after a session was ended, whichever the
   * driver notices first.
   *
   * @return the SQLSTATE, if there was an error that has one
   */
  public synchronized Optional<String> lastError() {
    return Optional.ofNullable(lastError);
  }

  /** {@inheritDoc} Those of the connections that are in the pool now. */
  @Override
  public synchronized List<Integer> pids() {
    return pool.stream().map(PgSession::pid).toList();
  }

  @Override
  public void close() {
    closed = true;
    user.interrupt();
    scene.close();
    try {
      user.join(Await.LIMIT.toMillis());
    } catch (InterruptedException e) {
      throw Await.interrupted("postgres.fault.close");
    }
  }

  private void use() {
    int turn = 0;
    while (!closed && Time.SYSTEM.await(pause)) {
      use(turn);
      turn = (turn + 1) % pool.size();
    }
  }

  private void use(int slot) {
    PgSession session;
    synchronized (this) {
      session = pool.get(slot);
    }
    try {
      session.run("select count(*) from orders where id = 1");
      synchronized (this) {
        uses++;
      }
    } catch (SQLException e) {
      failed(e);
      replace(slot, session);
    }
  }

  private void replace(int slot, PgSession broken) {
    if (closed) {
      return;
    }
    try {
      scene.drop(broken);
      var fresh = scene.open(role, applicationName);
      synchronized (this) {
        pool.set(slot, fresh);
      }
    } catch (SQLException e) {
      // It is still broken, so the next turn tries again.
      failed(e);
    }
  }

  private synchronized void failed(SQLException e) {
    if (!closed) {
      errors++;
      lastError = e.getSQLState();
    }
  }
}
