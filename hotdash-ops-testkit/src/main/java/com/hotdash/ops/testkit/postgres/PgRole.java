package com.hotdash.ops.testkit.postgres;

import com.hotdash.ops.secret.Secret;

/**
 * An ordinary role of a test server, and the database that it logs in to.
 *
 * @param database the database
 * @param name the role's name
 * @param password its password
 */
public record PgRole(PgDatabase database, String name, Secret password) {
  /**
   * Returns the address with which the role logs in. It holds the password in the clear, as a
   * {@code DATABASE_URL} does.
   *
   * @return a {@code postgres://} URL
   */
  public String url() {
    return database.server().urlFor(name, password, database.name());
  }

  /**
   * Returns the same role with a password that may be wrong.
   *
   * @param other the password to use
   * @return the changed copy; the server is not told
   */
  public PgRole withPassword(Secret other) {
    return new PgRole(database, name, other);
  }
}
