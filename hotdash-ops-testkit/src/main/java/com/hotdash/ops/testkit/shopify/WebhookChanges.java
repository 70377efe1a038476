package com.hotdash.ops.testkit.shopify;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mutations of webhook subscriptions. */
final class WebhookChanges {
  private WebhookChanges() {}

  /** Makes the change and adds what is known of it; returns the user error if it is refused. */
  static @Nullable String carryOut(
      Subscriptions subscriptions, Asked field, Map<String, @Nullable Object> known) {
    if (field.name.equals("webhookSubscriptionCreate")) {
      var topic = String.valueOf(field.arguments.get("topic"));
      var uri = uri(field.arguments.get("webhookSubscription"));
      if (uri == null) {
        return "Address can't be blank";
      }
      if (subscriptions.exists(topic, uri)) {
        return "Address for this topic has already been taken";
      }
      known.put("webhookSubscription", subscriptions.create(topic, uri));
    } else if (field.name.equals("webhookSubscriptionDelete")) {
      var id = String.valueOf(field.arguments.get("id"));
      if (!subscriptions.delete(id)) {
        return "Webhook subscription does not exist";
      }
      known.put("deletedWebhookSubscriptionId", id);
    }
    return null;
  }

  private static @Nullable String uri(@Nullable Object input) {
    if (!(input instanceof Map<?, ?> members)) {
      return null;
    }
    Object uri = members.get("uri");
    if (uri == null) {
      uri = members.get("callbackUrl");
    }
    return uri instanceof String text && !text.isBlank() ? text : null;
  }
}
