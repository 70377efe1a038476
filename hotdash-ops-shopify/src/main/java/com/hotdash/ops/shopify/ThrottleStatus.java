package com.hotdash.ops.shopify;

/**
 * The bucket of one app in one shop, as Shopify tells it in {@code extensions.cost.throttleStatus}
 * of each reply. Points.
 *
 * @param maximumAvailable the bucket's size: 2,000, 4,000 or 20,000 by plan, and can change at any
 *     time
 * @param currentlyAvailable what is in it, the refund of the reply's own call included; a value
 *     over the size, which has been seen, is cut to the size
 * @param restoreRate what comes back each second: 100, 200 or 1,000 by plan
 */
public record ThrottleStatus(
    double maximumAvailable, double currentlyAvailable, double restoreRate) {
  /** Checks that the numbers can be a bucket's. */
  public ThrottleStatus {
    if (!(maximumAvailable > 0) || !(restoreRate > 0) || Double.isNaN(currentlyAvailable)) {
      throw new IllegalArgumentException("a bucket needs a size and a rate above zero");
    }
    currentlyAvailable = Math.max(0, Math.min(maximumAvailable, currentlyAvailable));
  }
}
