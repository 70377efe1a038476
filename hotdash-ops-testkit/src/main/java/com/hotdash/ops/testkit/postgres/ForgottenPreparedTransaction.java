package com.hotdash.ops.testkit.postgres;

import java.sql.SQLException;
import java.util.List;

/**
 * A prepared transaction that nobody finished: it keeps the lock on the order with id 2 although no
 * session belongs to it, so those that wait are blocked by pid 0. Needs a server with {@code
 * max_prepared_transactions} above 0.
 */
public final class ForgottenPreparedTransaction extends SceneFault {
  /** The prepared transaction's identifier. */
  public static final String GID = "hotdash-forgotten";

  private ForgottenPreparedTransaction(Scene scene) {
    super(scene);
  }

  /**
   * Prepares the transaction, leaves it, and sends waiters after it.
   *
   * @param role the owner of {@code orders}
   * @param waiters how many want to change the same order, 0 to 1000
   * @return the fault, once all of them wait
   * @throws PgServerException if the server was started without room for prepared transactions
   */
  public static ForgottenPreparedTransaction start(PgRole role, int waiters) {
    Scene.count(waiters, 0);
    if (role.database().number("show max_prepared_transactions") == 0) {
      throw PgServerException.of(
          "postgres.fault",
          "max_prepared_transactions is 0",
          "start the server with setting(\"max_prepared_transactions\", \"4\")");
    }
    return Scene.start(role.database(), scene -> on(scene, role, waiters));
  }

  private static ForgottenPreparedTransaction on(Scene scene, PgRole role, int waiters)
      throws SQLException {
    var session = PgSession.open(role, Scene.APPLICATION);
    try {
      session.run("begin");
      session.run("update orders set status = 'paying' where id = 2");
      session.run("prepare transaction '" + GID + "'");
    } finally {
      session.abort();
    }
    scene.onClose(
        database -> {
          // Somebody may have cured it already.
          var left = "select gid from pg_prepared_xacts where gid = '" + GID + "'";
          for (var gid : database.column(left)) {
            database.sql("rollback prepared '" + gid + "'");
          }
        });
    for (int i = 0; i < waiters; i++) {
      scene.queue(role, "update orders set updated_at = now() where id = 2");
    }
    return new ForgottenPreparedTransaction(scene);
  }

  /**
   * Returns how it stands with those that wait.
   *
   * @return the waiters, in the order they came
   */
  public List<Waiter> waiters() {
    return scene.waiters();
  }
}
