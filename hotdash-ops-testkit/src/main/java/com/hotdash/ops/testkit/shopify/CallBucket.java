package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.time.Ticker;

/** The leaky bucket of REST calls of one app on one shop. */
final class CallBucket {
  private static final double NANOS = 1e9;

  private final Ticker ticker;
  private double used;
  private long counted;

  CallBucket(Ticker ticker) {
    this.ticker = ticker;
    this.counted = ticker.nanos();
  }

  /** Returns how full the bucket is with this call in it, or -1 if it does not fit. */
  int admit(ShopifyLimits limits) {
    long now = ticker.nanos();
    used = Math.max(0, used - limits.restLeak() * ((now - counted) / NANOS));
    counted = now;
    if (used + 1 > limits.restBucket()) {
      return -1;
    }
    used++;
    return (int) Math.ceil(used);
  }
}
