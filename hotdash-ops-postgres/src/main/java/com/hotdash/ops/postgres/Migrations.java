package com.hotdash.ops.postgres;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Prisma's own table {@code _prisma_migrations} says.
 *
 * @param open migrations that began and did not end, oldest first: running, or failed and blocking
 *     all later ones
 * @param newest the last one that ended, or {@code null} if there is none, or no such table
 */
public record Migrations(List<Migration> open, @Nullable Migration newest) {
  /** Copies the list. */
  public Migrations {
    open = List.copyOf(open);
  }

  /**
   * One migration.
   *
   * @param name its name, which begins with a date
   * @param startedAt when it began
   * @param finishedAt when it ended, or {@code null} if it did not
   * @param steps how many of its steps were applied
   * @param error the first line of what went wrong; empty if it has not failed yet
   */
  public record Migration(
      String name, Instant startedAt, @Nullable Instant finishedAt, int steps, String error) {}
}
