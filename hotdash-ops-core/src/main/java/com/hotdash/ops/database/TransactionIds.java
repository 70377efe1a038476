package com.hotdash.ops.database;

import java.util.List;

/**
 * How far the server is from refusing all writes for want of transaction ids.
 *
 * @param oldest databases and tables, those nearest to the limit first
 * @param freezeMaxAge the age at which the server forces a vacuum by itself
 */
public record TransactionIds(List<Age> oldest, long freezeMaxAge) {
  /** Copies the list. */
  public TransactionIds {
    oldest = List.copyOf(oldest);
  }

  /**
   * One age.
   *
   * @param what such as {@code database hotdash} or {@code table public.orders}
   * @param age how many ids ago its oldest row may be
   * @param left how many ids are left before the server refuses to write, never less than zero
   */
  public record Age(String what, long age, long left) {}
}
