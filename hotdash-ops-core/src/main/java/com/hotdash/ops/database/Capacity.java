package com.hotdash.ops.database;

import org.jspecify.annotations.Nullable;

/**
 * How many connections there may be, and how many there are.
 *
 * @param maxConnections the server's setting
 * @param superuserReserved slots that only superusers get
 * @param reserved slots kept for roles with that privilege; 0 before version 16
 * @param clientBackends connections of clients, ours included, background workers not
 * @param role the role that we are, with its own limit
 * @param database the database that we are in, with its own limit
 */
public record Capacity(
    int maxConnections,
    int superuserReserved,
    int reserved,
    int clientBackends,
    Quota role,
    Quota database) {
  /**
   * A limit on one role or database.
   *
   * @param name its name
   * @param limit how many connections it may have, or {@code null} if it has no limit of its own
   * @param used how many it has
   */
  public record Quota(String name, @Nullable Integer limit, int used) {}

  /**
   * Returns the slots that an ordinary role can have.
   *
   * @return the server's setting less what is reserved
   */
  public int usable() {
    return maxConnections - superuserReserved - reserved;
  }

  /**
   * Returns the slots that an ordinary role can still get.
   *
   * @return never less than zero
   */
  public int free() {
    return Math.max(0, usable() - clientBackends);
  }

  /**
   * Returns the slots that ordinary roles can have in this database.
   *
   * @return those of the server, or the database's own limit if that is less
   */
  public int usableInDatabase() {
    return database.limit() == null ? usable() : Math.min(usable(), database.limit());
  }

  /**
   * Returns the slots that ordinary roles can still get in this database.
   *
   * @return never less than zero
   */
  public int freeInDatabase() {
    return database.limit() == null
        ? free()
        : Math.min(free(), Math.max(0, database.limit() - database.used()));
  }
}
