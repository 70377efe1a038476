package com.hotdash.ops.postgres;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Indexes that do harm or nothing. Advice only: an index that this server does not use may be used
 * on a standby, or at the end of the month.
 *
 * @param invalid left over from a build that failed, or still being built: not used by plans,
 *     though writes may pay for them
 * @param duplicates groups of indexes that are the same in all but their names
 * @param unused not unique, behind no constraint or foreign key, never used since {@code since},
 *     the largest first, at most 20
 * @param since since when uses are counted, or {@code null} if the server does not say
 */
public record IndexHealth(
    List<Invalid> invalid,
    List<Duplicate> duplicates,
    List<Unused> unused,
    @Nullable Instant since) {
  /** Copies the lists. */
  public IndexHealth {
    invalid = List.copyOf(invalid);
    duplicates = List.copyOf(duplicates);
    unused = List.copyOf(unused);
  }

  /**
   * An index that is not valid.
   *
   * @param name schema and index, quoted where needed
   * @param table schema and table
   * @param paidFor whether writes keep it up to date
   * @param beingBuilt whether it is built or dropped right now; if our role may not see which index
   *     a running build on its table is about, it is taken to be this one
   */
  public record Invalid(String name, String table, boolean paidFor, boolean beingBuilt) {}

  /**
   * Indexes that are the same.
   *
   * @param table schema and table
   * @param names their names, the oldest first
   */
  public record Duplicate(String table, List<String> names) {
    /** Copies the names. */
    public Duplicate {
      names = List.copyOf(names);
    }
  }

  /**
   * An index that was never used.
   *
   * @param name schema and index
   * @param table schema and table
   * @param bytes about how large it is
   */
  public record Unused(String name, String table, long bytes) {}
}
