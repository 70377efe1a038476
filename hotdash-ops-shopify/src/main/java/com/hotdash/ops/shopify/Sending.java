package com.hotdash.ops.shopify;

/** Hears of a call in the moment in which it is sent. */
@FunctionalInterface
interface Sending {
  /** For what nobody watches. */
  Sending UNSEEN = () -> {};

  void sent();
}
