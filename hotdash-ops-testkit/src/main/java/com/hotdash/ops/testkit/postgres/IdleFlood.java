package com.hotdash.ops.testkit.postgres;

import java.sql.SQLException;

/** Connections that somebody opened and never uses. */
public final class IdleFlood extends SceneFault {
  private IdleFlood(Scene scene) {
    super(scene);
  }

  /**
   * Opens idle connections.
   *
   * @param role the role that logs in
   * @param applicationName the name that they give themselves
   * @param connections how many, 1 to 1000
   * @return the fault
   * @throws PgServerException if the server refuses one; those before it are closed
   */
  public static IdleFlood start(PgRole role, String applicationName, int connections) {
    Scene.count(connections, 1);
    return Scene.start(role.database(), scene -> on(scene, role, applicationName, connections));
  }

  private static IdleFlood on(Scene scene, PgRole role, String name, int connections)
      throws SQLException {
    for (int i = 0; i < connections; i++) {
      scene.open(role, name);
    }
    return new IdleFlood(scene);
  }
}
