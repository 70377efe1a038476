package com.hotdash.ops.shopify;

/**
 * What a call would have held back for it.
 *
 * @param requested points, at least 0
 * @param margin how many points more are to be held, because nothing of Shopify's own is known of
 *     this call yet; 0 once there is
 * @param source where the number comes from
 * @param key what a reply's own figure is to be remembered by
 */
record QueryCost(int requested, int margin, Source source, CostKey key) {
  /** Where a cost comes from. */
  enum Source {
    /** The formula. */
    PREDICTED,
    /** A reply to the same document with the same page sizes. */
    LEARNED
  }

  /** What is asked of the gate: at most what Shopify allows one document. */
  double held() {
    return Math.min(ShopGate.MOST_FOR_ONE, requested + margin);
  }

  @Override
  public String toString() {
    return requested + " points, " + (source == Source.LEARNED ? "learned" : "predicted");
  }
}
