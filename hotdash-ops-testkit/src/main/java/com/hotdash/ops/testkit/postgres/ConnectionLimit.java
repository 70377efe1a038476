package com.hotdash.ops.testkit.postgres;

/** A limit on the connections of one role or one database, which closing sets back. */
public final class ConnectionLimit extends SceneFault {
  private ConnectionLimit(Scene scene) {
    super(scene);
  }

  /**
   * Limits a role, as {@code ALTER ROLE … CONNECTION LIMIT} does.
   *
   * @param role the role
   * @param limit how many connections it may have, 0 or more
   * @return the fault
   */
  public static ConnectionLimit ofRole(PgRole role, int limit) {
    var before =
        role.database()
            .number("select rolconnlimit from pg_roles where rolname = " + text(role.name()));
    return set(role.database(), "alter role " + PgDatabase.quote(role.name()), before, limit);
  }

  /**
   * Limits a database, as {@code ALTER DATABASE … CONNECTION LIMIT} does.
   *
   * @param database the database
   * @param limit how many connections it may have from ordinary roles, 0 or more
   * @return the fault
   */
  public static ConnectionLimit ofDatabase(PgDatabase database, int limit) {
    var before =
        database.number(
            "select datconnlimit from pg_database where datname = " + text(database.name()));
    return set(database, "alter database " + PgDatabase.quote(database.name()), before, limit);
  }

  private static ConnectionLimit set(PgDatabase database, String alter, long before, int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("a limit must be 0 or more, not " + limit);
    }
    return Scene.start(
        database,
        scene -> {
          scene.onClose(alter + " connection limit " + before);
          database.sql(alter + " connection limit " + limit);
          return new ConnectionLimit(scene);
        });
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
