package com.hotdash.ops.shopify;

import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.runbook.RunbookBuilder;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.shop.ShopNeeds;
import com.hotdash.ops.shop.Subscription;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.shopify.ShopifyApp;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A simulated shop over HTTP, a client of it, and a runbook that sees nothing else. */
final class ShopFixture implements AutoCloseable {
  static final Subscription ORDERS =
      new Subscription("ORDERS_CREATE", "https://hotdash.example/webhooks/orders");
  static final Subscription UNINSTALLED =
      new Subscription("APP_UNINSTALLED", "https://hotdash.example/webhooks/app");

  final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  final ShopifySimulator shopify;
  final ShopifyApp app;
  final ShopifyGuard guard;
  ShopNeeds needs = new ShopNeeds(Set.of("read_orders"), List.of(ORDERS, UNINSTALLED));
  Secret token;

  ShopFixture() {
    this("2026-10");
  }

  ShopFixture(String version) {
    shopify = ShopifySimulator.start(time.time(), "hotdash-dev.myshopify.com");
    app = shopify.app();
    token = app.token();
    guard =
        ShopifyGuard.builder()
            .time(time.time())
            .version(version)
            .baseUrl(shopify.address().toString())
            .build();
  }

  ShopifyClient client() {
    return guard.client(ShopDomain.of(shopify.domain()), token);
  }

  RunbookBuilder runbook(ShopifyClient client) {
    return RunbookProcedures.builder()
        .time(time.time())
        .environmentName("staging")
        .operator("sam")
        .patience(
            new Patience(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(1)))
        .secret(token)
        .shop(client.port(needs));
  }

  void subscribe(ShopifyClient client, Subscription subscription) {
    client.call(
        ShopDocuments.SUBSCRIBE,
        Map.of("topic", subscription.topic(), "to", Map.of("uri", subscription.uri())));
  }

  /** How many calls of the API came over the wire. */
  int calls() {
    return shopify.site().requests().size();
  }

  @Override
  public void close() {
    guard.close();
    shopify.close();
  }
}
