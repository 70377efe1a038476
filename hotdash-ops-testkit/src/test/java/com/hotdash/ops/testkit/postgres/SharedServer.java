package com.hotdash.ops.testkit.postgres;

/** One server for all the tests of a JVM, stopped by its own shutdown hook. */
final class SharedServer {
  static final PgServer SERVER =
      PgServer.builder()
          .setting("max_connections", "40")
          .setting("max_prepared_transactions", "4")
          .start();

  static final Hotdash HOTDASH = SERVER.createHotdash();

  private SharedServer() {}

  /** Sessions of ordinary roles, which no closed fault may leave behind. */
  static long sessions() {
    return SERVER
        .superuser()
        .number("select count(*) from pg_stat_activity where usename like 'hotdash%'");
  }

  static long sessionsNamed(String applicationName) {
    return SERVER
        .superuser()
        .number(
            "select count(*) from pg_stat_activity where application_name = '"
                + applicationName
                + "'");
  }
}
