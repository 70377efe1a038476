package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.app.AppClient;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.shop.Shop;
import com.hotdash.ops.shop.ShopNeeds;
import com.hotdash.ops.shop.Subscription;
import com.hotdash.ops.shopify.ShopDomain;
import com.hotdash.ops.shopify.ShopifyClient;
import com.hotdash.ops.shopify.ShopifyGuard;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.time.Time;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where incidents of the shop take place: a simulated Shopify beside HotDash on a simulated Fly, in
 * virtual time, and the runbook's eyes and hands. Closing it leaves nothing behind.
 */
final class ShopHall implements AutoCloseable {
  static final Subscription ORDERS =
      new Subscription("ORDERS_CREATE", "https://hotdash.example/webhooks/orders");
  private static final Subscription UNINSTALLED =
      new Subscription("APP_UNINSTALLED", "https://hotdash.example/webhooks/app");
  private static final String SUBSCRIBE =
      "mutation Subscribe($topic: WebhookSubscriptionTopic!, $to: WebhookSubscriptionInput!) {"
          + " webhookSubscriptionCreate(topic: $topic, webhookSubscription: $to) {"
          + " userErrors { message } } }";

  private final FlyHall fly;
  private final ShopifySimulator shopify;
  private final ShopifyGuard guard;
  private final ShopifyClient client;
  private final Shop shop;
  private final AppClient app;
  private final Merchant merchant;

  /**
   * @param began the virtual time that it begins with
   */
  ShopHall(Path directory, Instant began) {
    fly = new FlyHall(directory, began);
    shopify = fly.world().shopify();
    guard = ShopifyGuard.builder().baseUrl(shopify.address().toString()).time(fly.time()).build();
    client = guard.client(ShopDomain.of(shopify.domain()), shopify.app().token());
    for (var each : List.of(ORDERS, UNINSTALLED)) {
      client.call(SUBSCRIBE, Map.of("topic", each.topic(), "to", Map.of("uri", each.uri())));
    }
    shop = client.port(new ShopNeeds(Set.of("read_orders"), List.of(ORDERS, UNINSTALLED)));
    var address = fly.world().variables().get("HOTDASH_OPS_APP_URL");
    app =
        AppClient.builder()
            .baseUrl(Objects.requireNonNull(address))
            .instances(fly.instances())
            .time(fly.time())
            .build();
    merchant = new Merchant(shopify.app(), fly.time()::now, fly.customers()::pass);
  }

  /** Makes the runbook, by hand and through the public API only. */
  RunbookProcedures runbook() {
    return fly.builder().shop(shop).app(app).build();
  }

  Time time() {
    return fly.time();
  }

  Merchant merchant() {
    return merchant;
  }

  /** Returns how often something was changed in the shop, by whomever. */
  int changes() {
    return shopify.effects().size();
  }

  /** Returns a redactor that knows the tokens. */
  Redactor redactor() {
    return fly.redactor().and(shop.redactor());
  }

  String description() {
    return "Shopify, simulated over HTTP, beside " + fly.description();
  }

  @Override
  public void close() {
    app.close();
    client.close();
    guard.close();
    fly.close();
  }
}
