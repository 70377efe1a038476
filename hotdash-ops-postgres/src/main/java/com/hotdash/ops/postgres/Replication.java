package com.hotdash.ops.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who receives the server's log, and what is kept for whom.
 *
 * @param slots the replication slots, the one that keeps most first
 * @param standbys who receives the log right now
 * @param replayDelay on a standby: how old the last transaction is that it replayed, which grows by
 *     itself where nothing is written; {@code null} on a primary
 */
public record Replication(
    List<Slot> slots, List<Standby> standbys, @Nullable Duration replayDelay) {
  /** Copies the lists. */
  public Replication {
    slots = List.copyOf(slots);
    standbys = List.copyOf(standbys);
  }

  /**
   * A replication slot. What it keeps fills the disk if nobody fetches it.
   *
   * @param name its name
   * @param type {@code physical} or {@code logical}
   * @param active whether somebody is connected to it
   * @param retainedBytes the log it keeps, or {@code null} if it keeps none
   * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}; {@code
   *     null} before version 13
   * @param inactiveSince when its last consumer left; {@code null} before version 17 or if active
   */
  public record Slot(
      String name,
      String type,
      boolean active,
      @Nullable Long retainedBytes,
      @Nullable String walStatus,
      @Nullable Instant inactiveSince) {}

  /**
   * One that receives the log.
   *
   * @param name the name it gave itself
   * @param state the server's own word, or {@code null} if hidden from our role
   * @param lag how long it took until the last of our log was replayed there, or {@code null} if it
   *     is hidden or there was nothing to replay
   */
  public record Standby(String name, @Nullable String state, @Nullable Duration lag) {}
}
