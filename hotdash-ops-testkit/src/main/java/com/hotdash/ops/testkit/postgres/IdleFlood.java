package com.hotdash.ops.testkit.postgres;

import java.sql.SQLException;
import java.util.List;

/** Connections that somebody opened and never uses. */
public final class IdleFlood implements PgFault {
  private final Scene scene;

  private IdleFlood(Scene scene) {
    this.scene = scene;
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

  @Override
  public List<Integer> pids() {
    return scene.pids();
  }

  @Override
  public void close() {
    scene.close();
  }
}
