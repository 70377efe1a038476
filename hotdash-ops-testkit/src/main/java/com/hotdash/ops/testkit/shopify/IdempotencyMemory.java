package com.hotdash.ops.testkit.shopify;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of {@code @idempotent} that one app used in the last 24 hours. */
final class IdempotencyMemory {
  /**
   * Those that refuse to run without a key since 2026-04, by the documents. The schemas of 2026-07
   * and 2026-10 no longer have {@code inventorySetScheduledChanges}.
   */
  static final Set<String> REQUIRED =
      Set.of(
          "refundCreate",
          "inventoryAdjustQuantities",
          "inventoryMoveQuantities",
          "inventorySetQuantities",
          "inventorySetOnHandQuantities",
          "inventorySetScheduledChanges",
          "inventoryActivate",
          "inventoryShipmentCreate",
          "inventoryShipmentCreateInTransit",
          "inventoryShipmentReceive",
          "inventoryShipmentAddItems",
          "inventoryTransferCreate",
          "inventoryTransferCreateAsReadyToShip",
          "inventoryTransferDuplicate",
          "inventoryTransferSetItems",
          "locationActivate",
          "locationDeactivate");

  private static final Duration LIFE = Duration.ofHours(24);

  private final Map<String, Attempt> attempts = new HashMap<>();

  /** What to do with a mutation that carries a key. */
  enum Turn {
    /** It is the first of its key: carry it out. */
    FIRST,
    /** It was carried out before: answer from what is now. */
    REPEAT,
    /** The first one still runs. */
    CONCURRENT,
    /** The first one ended with an error of the business. */
    FAILED,
    /** Same key, other input. */
    MISMATCH
  }

  private static final class Attempt {
    private final String field;
    private final Map<String, @Nullable Object> arguments;
    private final Instant at;
    private Turn ended = Turn.CONCURRENT;

    private Attempt(Asked asked, Instant at) {
      this.field = asked.name;
      this.arguments = asked.arguments;
      this.at = at;
    }
  }

  Turn begin(Asked asked, String key, Instant now) {
    attempts.values().removeIf(a -> !now.isBefore(a.at.plus(LIFE)));
    var before = attempts.get(key);
    if (before == null) {
      attempts.put(key, new Attempt(asked, now));
      return Turn.FIRST;
    }
    if (!before.field.equals(asked.name) || !before.arguments.equals(asked.arguments)) {
      return Turn.MISMATCH;
    }
    return before.ended;
  }

  void done(String key) {
    ended(key, Turn.REPEAT);
  }

  void failed(String key) {
    ended(key, Turn.FAILED);
  }

  private void ended(String key, Turn turn) {
    var attempt = attempts.get(key);
    if (attempt != null) {
      attempt.ended = turn;
    }
  }
}
