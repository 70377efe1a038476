package com.hotdash.ops.testkit.shopify;

/** Decides what a call cost in the end: Shopify may change that rule at any time. */
@FunctionalInterface
public interface ActualCost {
  /**
   * Returns what a call cost.
   *
   * @param requested what was held for it
   * @param returned what the formula gives for the items that were returned
   * @return the cost; more than {@code requested} is cut to it
   */
  int of(int requested, int returned);
}
