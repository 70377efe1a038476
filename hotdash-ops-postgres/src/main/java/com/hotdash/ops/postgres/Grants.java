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

  static String membership(String owner, String role) {
    return grant(quote(owner), role);
  }

  /** What a role needs to change another one's settings, by the server's version. */
  static String alterRole(String other, String role, int version) {
    return "ALTER ROLE "
        + quote(role)
        + " CREATEROLE;"
        + (version < 160_000
            ? ""
            : " GRANT " + quote(other) + " TO " + quote(role) + " WITH ADMIN OPTION;");
  }

  static String createIn(String schema, String role) {
    return "GRANT CREATE ON SCHEMA " + quote(schema) + " TO " + quote(role) + ";";
  }

  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String grant(String right, String role) {
    return "GRANT " + right + " TO " + quote(role) + ";";
  }
}
