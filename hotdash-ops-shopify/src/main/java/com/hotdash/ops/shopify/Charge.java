package com.hotdash.ops.shopify;

import org.jspecify.annotations.Nullable;

/**
 * What a reply says about its cost, in {@code extensions.cost}. Points.
 *
 * @param requestedQueryCost the most that it could have cost, held while it ran
 * @param actualQueryCost what it did cost, or {@code null} if it was throttled: then it cost
 *     nothing
 * @param throttleStatus the bucket after it, or {@code null} if the reply did not tell, as on staff
 *     shops
 */
public record Charge(
    double requestedQueryCost,
    @Nullable Double actualQueryCost,
    @Nullable ThrottleStatus throttleStatus) {
  /** Checks that no cost is negative. */
  public Charge {
    if (!(requestedQueryCost >= 0) || (actualQueryCost != null && !(actualQueryCost >= 0))) {
      throw new IllegalArgumentException("a cost is zero or more");
    }
  }

  double spent() {
    return actualQueryCost == null ? 0 : actualQueryCost;
  }
}
