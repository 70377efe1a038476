package com.hotdash.ops.testkit.postgres;

import java.sql.SQLException;

/**
 * All ordinary connection slots of the server taken, or all that a role or a database may have: one
 * more login is refused with 53300. The reserved slots stay free.
 */
public final class SlotExhaustion extends SceneFault {
  private static final int MOST = 1000;

  private final SQLException refusal;

  private SlotExhaustion(Scene scene, SQLException refusal) {
    super(scene);
    this.refusal = refusal;
  }

  /**
   * Takes the slots with sessions that leaked out of the application: idle in transaction.
   *
   * @param role an ordinary role
   * @return the fault, once the server has refused a login
   * @throws PgServerException if the server refuses for another reason, or accepts 1000 sessions
   */
  public static SlotExhaustion leaked(PgRole role) {
    return Scene.start(role.database(), scene -> fill(scene, role, true));
  }

  /**
   * Takes the slots with idle sessions.
   *
   * @param role an ordinary role
   * @return the fault, once the server has refused a login
   * @throws PgServerException if the server refuses for another reason, or accepts 1000 sessions
   */
  public static SlotExhaustion idle(PgRole role) {
    return Scene.start(role.database(), scene -> fill(scene, role, false));
  }

  private static SlotExhaustion fill(Scene scene, PgRole role, boolean leaked) throws SQLException {
    for (int i = 0; i < MOST; i++) {
      PgSession session;
      try {
        session = scene.open(role);
      } catch (SQLException e) {
        if ("53300".equals(e.getSQLState())) {
          return new SlotExhaustion(scene, e);
        }
        throw e;
      }
      if (leaked) {
        session.run("begin");
        session.run("select 1");
      }
    }
    throw PgServerException.of(
        "postgres.fault",
        "the server accepted " + MOST + " sessions",
        "start it with a smaller max_connections");
  }

  /**
   * Returns the code of the refusal.
   *
   * @return 53300
   */
  public String refusalSqlState() {
    return refusal.getSQLState();
  }

  /**
   * Returns the words of the refusal, which alone tell whose limit it is.
   *
   * @return the server's message
   */
  public String refusalMessage() {
    return String.valueOf(refusal.getMessage());
  }
}
