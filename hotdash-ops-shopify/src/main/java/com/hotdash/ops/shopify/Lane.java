package com.hotdash.ops.shopify;

/** Who waits for a call. While both lanes want points, they share them by weight. */
public enum Lane {
  /** A person or a request waits for it: served first until it has had its share. */
  INTERACTIVE,
  /** Nobody waits for it: takes what is left, and never less than its share. */
  BATCH
}
