package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.testkit.shopify.ShopifyApp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Somebody who sells all the while. Of each order Shopify tells HotDash, as long as it is asked to;
 * what became of each is kept, and is what the runbook's word is held against.
 */
final class Merchant {
  private static final Duration EVERY = Duration.ofSeconds(30);

  private final ShopifyApp app;
  private final Supplier<Instant> clock;
  private final Consumer<Duration> pass;
  private final List<Order> orders = new ArrayList<>();

  /**
   * What became of an order.
   *
   * @param at when it was placed
   * @param told whether HotDash was told of it and took it
   */
  record Order(Instant at, boolean told) {}

  /**
   * @param pass lets time pass
   */
  Merchant(ShopifyApp app, Supplier<Instant> clock, Consumer<Duration> pass) {
    this.app = app;
    this.clock = clock;
    this.pass = pass;
  }

  /**
   * Sells for a while.
   *
   * @param status what HotDash answers to webhooks meanwhile
   */
  void sell(Duration time, int status) {
    var end = clock.get().plus(time);
    while (clock.get().isBefore(end)) {
      boolean told = false;
      for (var webhook : app.emit("ORDERS_CREATE", "{\"id\":" + (orders.size() + 1) + "}")) {
        app.delivered(webhook, status);
        told |= status < 300;
      }
      orders.add(new Order(clock.get(), told));
      pass.accept(EVERY);
    }
  }

  /** Returns the orders since a moment. */
  List<Order> since(Instant from) {
    return orders.stream().filter(order -> !order.at().isBefore(from)).toList();
  }
}
