package com.hotdash.ops.postgres;

/** The SQL that gives a role a right it lacks. */
final class Grants {
  private Grants() {}

  static String monitor(String role) {
    return grant("pg_monitor", role);
  }

  static String signal(String role) {
    return grant("pg_signal_backend", role);
  }

  static String reserved(String role) {
    return grant("pg_use_reserved_connections", role);
  }

  private static String grant(String right, String role) {
    return "GRANT " + right + " TO \"" + role.replace("\"", "\"\"") + "\";";
  }
}
