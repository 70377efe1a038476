package com.hotdash.ops.testkit.postgres;

/**
 * A server on which new transactions are read-only unless they say otherwise: a write fails with
 * 25006, as after a provider has locked a full disk.
 */
public final class ReadOnlyServer extends SceneFault {
  private static final String SETTING = "default_transaction_read_only";

  private ReadOnlyServer(Scene scene) {
    super(scene);
  }

  /**
   * Makes a server read-only.
   *
   * @param server the server
   * @return the fault, once new sessions are read-only
   */
  public static ReadOnlyServer start(PgServer server) {
    return Scene.start(server.superuser(), ReadOnlyServer::on);
  }

  private static ReadOnlyServer on(Scene scene) {
    scene.onClose(database -> apply(database, "alter system reset " + SETTING, "off"));
    apply(scene.database(), "alter system set " + SETTING + " = on", "on");
    return new ReadOnlyServer(scene);
  }

  /** New sessions take a setting over some time after the reload was asked for. */
  private static void apply(PgDatabase database, String change, String value) {
    database.sql(change, "select pg_reload_conf()");
    Await.until(SETTING + " " + value, () -> database.text("show " + SETTING).equals(value));
  }
}
