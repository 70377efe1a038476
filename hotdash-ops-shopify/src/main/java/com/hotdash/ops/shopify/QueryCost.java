package com.hotdash.ops.shopify;

/**
 * What a call would have held back for it.
 *
 * @param requested points, at least 0
 * @param source where the number comes from
 * @param key what a reply's own figure is to be remembered by
 */
record QueryCost(int requested, Source source, CostKey key) {
  /** Where a cost comes from. */
  enum Source {
    /** The formula. */
    PREDICTED,
    /** A reply to the same document with the same page sizes. */
    LEARNED
  }

  @Override
  public String toString() {
    return requested + " points, " + (source == Source.LEARNED ? "learned" : "predicted");
  }
}
