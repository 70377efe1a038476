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
      var filter = text(field.arguments.get("webhookSubscription"), "filter", "");
      var format = text(field.arguments.get("webhookSubscription"), "format", "JSON");
      if (subscriptions.exists(topic, uri, filter)) {
        return "Address for this topic has already been taken";
      }
      known.put("webhookSubscription", subscriptions.create(topic, uri, filter, format));
    } else if (field.name.equals("webhookSubscriptionDelete")) {
      var id = String.valueOf(field.arguments.get("id"));
      if (!subscriptions.delete(id)) {
        return "Webhook subscription does not exist";
      }
      known.put("deletedWebhookSubscriptionId", id);
    }
    return null;
  }

  private static String text(@Nullable Object input, String name, String otherwise) {
    return input instanceof Map<?, ?> members && members.get(name) instanceof String text
        ? text
        : otherwise;
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
