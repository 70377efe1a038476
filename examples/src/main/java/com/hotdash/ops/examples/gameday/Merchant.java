package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.testkit.shopify.ShopifyApp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Somebody who sells all the while. Of each order Shopify tells HotDash, as long as it is asked to;
 * what became of each is kept, and is what the runbook's word is held against.
 */
final class Merchant {
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final ShopifyApp app;
  private final Supplier<Instant> clock;
  private final List<Order> orders = new ArrayList<>();
  private Instant next;
  private int answer = 200;

  /**
   * What became of an order.
   *
   * @param at when it was placed
   * @param told whether HotDash was told of it and took it
   */
  record Order(Instant at, boolean told) {}

  Merchant(ShopifyApp app, Supplier<Instant> clock) {
    this.app = app;
    this.clock = clock;
    this.next = clock.get();
  }

  /**
   * Sets what HotDash answers to webhooks from now on.
   *
   * @param status such as 500
   */
  void answered(int status) {
    answer = status;
  }

  /** Sells what is due by now. */
  void sell() {
    var now = clock.get();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    boolean told = false;
    for (var webhook : app.emit("ORDERS_CREATE", "{\"id\":" + (orders.size() + 1) + "}")) {
      app.delivered(webhook, answer);
      told |= answer < 300;
    }
    orders.add(new Order(now, told));
  }

  /** Returns the orders since a moment. */
  List<Order> since(Instant from) {
    return orders.stream().filter(order -> !order.at().isBefore(from)).toList();
  }
}
