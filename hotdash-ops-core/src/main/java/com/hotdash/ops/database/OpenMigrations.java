package com.hotdash.ops.database;

import java.time.Instant;
import java.util.List;

/**
 * Schema migrations that began and did not end: they run, or failed and hold up all later ones.
 *
 * @param migrations the oldest first
 */
public record OpenMigrations(List<Migration> migrations) {
  /** Copies the list. */
  public OpenMigrations {
    migrations = List.copyOf(migrations);
  }

  /**
   * One migration.
   *
   * @param name its name
   * @param startedAt when it began
   * @param error the first line of what went wrong; empty if it has not failed yet
   */
  public record Migration(String name, Instant startedAt, String error) {}
}
