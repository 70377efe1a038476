package com.hotdash.ops.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the server has counted of our database, or of an interval.
 *
 * @param commits transactions committed
 * @param rollbacks transactions rolled back
 * @param blocksHit blocks found in the server's own memory
 * @param blocksRead blocks that were not, and came from the system's memory or the disk
 * @param tempFiles temporary files made
 * @param tempBytes what was written to them
 * @param deadlocks deadlocks broken
 * @param conflicts statements ended on a standby
 * @param checksumFailures damaged blocks found, or {@code null} if checksums are off
 * @param since when the counting began, or {@code null} if the server never reset it and does not
 *     say
 * @param at when it was read, by the server's clock
 */
public record DatabaseCounters(
    long commits,
    long rollbacks,
    long blocksHit,
    long blocksRead,
    long tempFiles,
    long tempBytes,
    long deadlocks,
    long conflicts,
    @Nullable Long checksumFailures,
    @Nullable Instant since,
    Instant at) {

  /**
   * Returns what was added since an earlier reading.
   *
   * @param earlier the earlier reading of the same database
   * @return the difference, which began then; the whole if the counters began anew in between
   */
  public DatabaseCounters minus(DatabaseCounters earlier) {
    return within(earlier).orElse(this);
  }

  /** What was added since an earlier reading, or nothing if the counters began anew in between. */
  Optional<DatabaseCounters> within(DatabaseCounters earlier) {
    boolean anew =
        commits < earlier.commits
            || blocksHit < earlier.blocksHit
            || deadlocks < earlier.deadlocks
            || (since != null && !since.equals(earlier.since));
    return anew ? Optional.empty() : Optional.of(difference(earlier));
  }

  private DatabaseCounters difference(DatabaseCounters earlier) {
    return new DatabaseCounters(
        commits - earlier.commits,
        rollbacks - earlier.rollbacks,
        blocksHit - earlier.blocksHit,
        blocksRead - earlier.blocksRead,
        tempFiles - earlier.tempFiles,
        tempBytes - earlier.tempBytes,
        deadlocks - earlier.deadlocks,
        conflicts - earlier.conflicts,
        checksumFailures,
        earlier.at,
        at);
  }

  /**
   * Returns the share of blocks that were found in the server's own memory. A miss may still have
   * come from the system's memory, and 99 of 100 of a billion leaves ten million reads.
   *
   * @return 0 to 1, or {@code null} if no block was asked for
   */
  public @Nullable Double cacheHit() {
    long all = blocksHit + blocksRead;
    return all == 0 ? null : Double.valueOf((double) blocksHit / all);
  }

  @Override
  public String toString() {
    var hit = cacheHit();
    return "%s: %d commits, %d rollbacks, cache hit %s (%d blocks read), %d deadlocks, %d MB temp"
        .formatted(
            since == null
                ? "since ever"
                : "within " + ActiveQueries.age(Duration.between(since, at)),
            commits,
            rollbacks,
            hit == null ? "unknown" : "%.1f %%".formatted(hit * 100),
            blocksRead,
            deadlocks,
            tempBytes >> 20);
  }
}
