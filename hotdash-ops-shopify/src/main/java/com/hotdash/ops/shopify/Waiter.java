package com.hotdash.ops.shopify;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call that waits for its points. All but the future is guarded by its gate's lock. */
final class Waiter {
  final double cost;
  final Lane lane;
  final long since;
  final CompletableFuture<Permit> granted = new CompletableFuture<>();

  /** Its neighbours in the lane. */
  @Nullable Waiter before;

  @Nullable Waiter behind;
  boolean queued;

  Waiter(double cost, Lane lane, long since) {
    this.cost = cost;
    this.lane = lane;
    this.since = since;
  }
}
