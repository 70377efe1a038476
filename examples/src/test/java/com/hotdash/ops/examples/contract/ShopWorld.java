package com.hotdash.ops.examples.contract;

import com.hotdash.ops.runbook.RunbookBuilder;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.shop.ShopNeeds;
import com.hotdash.ops.shop.Subscription;
import com.hotdash.ops.shopify.ShopDomain;
import com.hotdash.ops.shopify.ShopifyClient;
import com.hotdash.ops.shopify.ShopifyGuard;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.shopify.ShopifyEffect;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A simulated shop that has lost a subscription. */
final class ShopWorld implements World {
  private static final Subscription ORDERS =
      new Subscription("ORDERS_CREATE", "https://hotdash.example/webhooks/orders");
  private static final String SUBSCRIBE =
      "mutation Somebody($topic: WebhookSubscriptionTopic!, $to: WebhookSubscriptionInput!) {"
          + " webhookSubscriptionCreate(topic: $topic, webhookSubscription: $to) {"
          + " webhookSubscription { id } userErrors { field message } } }";
  private static final String UNSUBSCRIBE =
      "mutation Somebody($id: ID!) { webhookSubscriptionDelete(id: $id) {"
          + " deletedWebhookSubscriptionId userErrors { field message } } }";
  private static final String THERE =
      "{ webhookSubscriptions(first: 10) { nodes { id topic uri } } }";

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final ShopifySimulator shopify =
      ShopifySimulator.start(time.time(), "hotdash-dev.myshopify.com");
  private final Secret token = shopify.app().token();
  private final ShopifyGuard guard = guard(time.time(), Life.whole());
  private final ShopifyClient somebody = client(guard);
  private Duration lag = Duration.ZERO;

  private ShopifyGuard guard(Time of, Life life) {
    return ShopifyGuard.builder()
        .time(of)
        .transport(life.transport())
        .baseUrl(shopify.address().toString())
        .build();
  }

  private ShopifyClient client(ShopifyGuard from) {
    return from.client(ShopDomain.of(shopify.domain()), token);
  }

  void subscribe() {
    somebody.call(SUBSCRIBE, Map.of("topic", ORDERS.topic(), "to", Map.of("uri", ORDERS.uri())));
  }

  /** Somebody deletes what was made and makes it again. */
  void makeAnew() {
    var there = state();
    var id = there.replaceAll("(?s).*(gid://shopify/WebhookSubscription/[0-9]+).*", "$1");
    somebody.call(UNSUBSCRIBE, Map.of("id", id));
    subscribe();
  }

  @Override
  public RunbookBuilder process(Life life) {
    var late = new Time(() -> time.now().minus(lag), time.time().ticker(), time.time().sleeper());
    var own = guard(late, life);
    return RunbookProcedures.builder()
        .time(time.time())
        .secret(token)
        .shop(client(own).port(new ShopNeeds(Set.of("read_orders"), List.of(ORDERS))))
        .owns(own);
  }

  @Override
  public List<String> effects() {
    return shopify.effects().stream().map(ShopifyEffect::name).toList();
  }

  @Override
  public String state() {
    return somebody.call(THERE, Map.of()).data().toString();
  }

  @Override
  public void pass(Duration by) {
    time.advance(by);
  }

  @Override
  public void readOldData() {
    lag = Duration.ofHours(2);
  }

  @Override
  public List<String> secrets() {
    return List.of(token.reveal());
  }

  @Override
  public void close() {
    guard.close();
    shopify.close();
  }
}
