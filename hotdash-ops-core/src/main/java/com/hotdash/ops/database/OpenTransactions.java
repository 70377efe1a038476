package com.hotdash.ops.database;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that have been open for long, and what else keeps old rows from being cleaned up.
 *
 * @param holders the oldest first
 * @param hidden of how many sessions our role may not see whether they have a transaction
 * @param serverTime now, by the server's clock
 */
public record OpenTransactions(List<Holder> holders, int hidden, Instant serverTime) {
  /** Copies the holders. */
  public OpenTransactions {
    holders = List.copyOf(holders);
  }

  /**
   * One that holds a transaction or old rows.
   *
   * @param kind {@code session}, {@code prepared}, {@code slot} or {@code standby}
   * @param id the process id, the prepared transaction's identifier or the slot's name
   * @param who the role and application
   * @param state the server's own word; empty if hidden
   * @param open how long it has been open, or {@code null} if that is hidden or has no meaning
   * @param holdsUp how many sessions wait for its locks, themselves or through others
   * @param query its running or last statement with values masked; may be empty
   */
  public record Holder(
      String kind,
      String id,
      String who,
      String state,
      @Nullable Duration open,
      int holdsUp,
      String query) {}
}
