package com.hotdash.ops.postgres;

import java.util.List;

/**
 * How far the server is from running out of transaction ids.
 *
 * @param oldest databases and tables of ours, those nearest to the limit first
 * @param freezeMaxAge the age at which the server forces a vacuum by itself, 200 million by default
 * @param multixactFreezeMaxAge the same for ids of shared row locks, 400 million by default
 */
public record Wraparound(List<Age> oldest, long freezeMaxAge, long multixactFreezeMaxAge) {
  /** Copies the list. */
  public Wraparound {
    oldest = List.copyOf(oldest);
  }

  // Facts/postgres.md §16: version 14's failsafe sets in at 1.6 billion, or 5 % above the setting;
  // version 19 warns when 100 million are left.
  private static final long FAILSAFE_AGE = 1_600_000_000L;
  private static final long FEW = 100_000_000L;

  /** Whether vacuum should have come long ago. */
  boolean behind(Age age) {
    return urgent(age)
        || age.transactions() > 2 * freezeMaxAge
        || age.multixacts() > 2 * multixactFreezeMaxAge;
  }

  /** Whether little is left, whatever the server's setting allows. */
  boolean urgent(Age age) {
    return age.left() < FEW
        || age.transactions() >= Math.max(FAILSAFE_AGE, freezeMaxAge / 20 * 21)
        || age.multixacts() >= Math.max(FAILSAFE_AGE, multixactFreezeMaxAge / 20 * 21);
  }

  /**
   * One age.
   *
   * @param what such as {@code database hotdash} or {@code table public.orders}
   * @param transactions how many transaction ids ago its oldest row may be
   * @param multixacts how many ids of shared row locks ago
   */
  public record Age(String what, long transactions, long multixacts) {
    /** The server refuses writes 3 million ids before 2^31 from version 14 on, 1 million before. */
    static final long REFUSES_AT = 2_147_483_647L - 3_000_000;

    /**
     * Returns how many ids are left before the server refuses to write.
     *
     * @return never less than zero
     */
    public long left() {
      return Math.max(0, REFUSES_AT - Math.max(transactions, multixacts));
    }

    @Override
    public String toString() {
      return "%s: %d million ids old, %d million left"
          .formatted(what, Math.max(transactions, multixacts) / 1_000_000, left() / 1_000_000);
    }
  }
}
