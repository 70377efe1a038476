package com.hotdash.ops.database;

/**
 * What the application's own connection pool says of itself.
 *
 * @param name the pool's name
 * @param max how many connections it may have
 * @param total how many it has
 * @param active how many of them are borrowed
 * @param waiting how many threads wait to borrow one
 */
public record ApplicationPool(String name, int max, int total, int active, int waiting) {
  /**
   * Returns whether borrowers wait although the pool has all the connections it may have.
   *
   * @return true if the pool is too small or its connections are held too long
   */
  public boolean exhausted() {
    return waiting > 0 && active >= max;
  }

  /**
   * Returns whether borrowers wait although the pool would be allowed to grow.
   *
   * @return true if the server or pooler refuses it more connections
   */
  public boolean starved() {
    return waiting > 0 && total < max;
  }
}
