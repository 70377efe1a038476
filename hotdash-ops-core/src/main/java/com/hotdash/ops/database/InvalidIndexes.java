package com.hotdash.ops.database;

import java.util.List;

/**
 * Indexes that no plan uses because they are not valid.
 *
 * @param indexes the indexes, by name
 */
public record InvalidIndexes(List<Index> indexes) {
  /** Copies the list. */
  public InvalidIndexes {
    indexes = List.copyOf(indexes);
  }

  /**
   * One index.
   *
   * @param name schema and index, quoted where needed
   * @param table schema and table
   * @param paidFor whether writes keep it up to date
   * @param beingBuilt whether a build runs on its table right now, so that it is no leftover
   */
  public record Index(String name, String table, boolean paidFor, boolean beingBuilt) {}
}
