package com.hotdash.ops.shopify;

import java.util.List;

/**
 * The documents that diagnosing and the subscriptions' changes send. Each was checked against the
 * schemas of 2026-07 and 2026-10.
 */
final class ShopDocuments {
  /** Costs 1 (measured; shopify.md, section 11). */
  static final String PING = "{ shop { name myshopifyDomain } }";

  /** Costs 2 (derived; shopify.md, section 8). */
  static final String SCOPES = "{ currentAppInstallation { accessScopes { handle } } }";

  /** Costs 1 (derived; shopify.md, section 2). */
  static final String VERSIONS = "{ publicApiVersions { handle supported } }";

  /** One page holds all of what an app hardly ever has more of than topics: 218. */
  static final String SUBSCRIPTIONS =
      "{ webhookSubscriptions(first: 250) { nodes { id topic uri filter format }"
          + " pageInfo { hasNextPage } } }";

  static final String SUBSCRIBE =
      "mutation Subscribe($topic: WebhookSubscriptionTopic!, $to: WebhookSubscriptionInput!) {"
          + " webhookSubscriptionCreate(topic: $topic, webhookSubscription: $to) {"
          + " webhookSubscription { id } userErrors { field message } } }";

  static final String UNSUBSCRIBE =
      "mutation Unsubscribe($id: ID!) { webhookSubscriptionDelete(id: $id) {"
          + " deletedWebhookSubscriptionId userErrors { field message } } }";

  static final List<String> ALL =
      List.of(PING, SCOPES, VERSIONS, SUBSCRIPTIONS, SUBSCRIBE, UNSUBSCRIBE);

  private ShopDocuments() {}
}
