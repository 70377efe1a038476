package com.hotdash.ops.testkit.shopify;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call on its way through Shopify: begun, its points held, and to be ended once {@link #takes}
 * has passed. Whoever drives time in process ends it then; over HTTP the simulator waits itself.
 * Thread-safe.
 */
public final class ShopifyExchange {
  private final Duration takes;
  private final Supplier<ShopifyReply> end;
  private @Nullable ShopifyReply reply;

  ShopifyExchange(Duration takes, Supplier<ShopifyReply> end) {
    this.takes = takes;
    this.end = end;
  }

  /**
   * Returns how long the answer takes.
   *
   * @return the time from the call's arrival, zero for a refusal at once
   */
  public Duration takes() {
    return takes;
  }

  /**
   * Ends the call: does its work, gives points back and answers. A second time it does nothing.
   *
   * @return the answer
   */
  public synchronized ShopifyReply end() {
    if (reply == null) {
      reply = end.get();
    }
    return reply;
  }
}
