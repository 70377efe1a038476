package com.hotdash.ops.shopify;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.shop.Shop;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopNeeds;
import com.hotdash.ops.shop.SubscriptionSteps;
import com.hotdash.ops.time.Deadline;
import java.util.Optional;

/** A shop as the runbook asks for it. */
final class ShopifyPort implements Shop {
  private final ShopifyClient client;
  private final ShopNeeds needs;

  ShopifyPort(ShopifyClient client, ShopNeeds needs) {
    this.client = client;
    this.needs = needs;
  }

  @Override
  public Estate.Part identity() {
    return new Estate.Part("shop", client.shop().value(), null);
  }

  @Override
  public Redactor redactor() {
    return client.redactor();
  }

  @Override
  public ShopLook look(Deadline deadline) {
    return new ShopifyLook(client, needs, deadline);
  }

  @Override
  public Control control() {
    return new SubscriptionControl(client);
  }

  @Override
  public Optional<String> byHand(Step step) {
    var subscription = SubscriptionSteps.subscriptionOf(step.target());
    return step.kind().equals(SubscriptionSteps.CREATE)
        ? Optional.of(
            "# in the admin's GraphiQL app: mutation { webhookSubscriptionCreate(topic: "
                + subscription.topic()
                + ", webhookSubscription: {uri: \""
                + subscription.uri()
                + "\"}) { userErrors { message } } }")
        : Optional.empty();
  }
}
