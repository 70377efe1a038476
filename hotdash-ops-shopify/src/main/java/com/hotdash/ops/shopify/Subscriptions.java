package com.hotdash.ops.shopify;

import com.hotdash.ops.shop.Subscription;
import com.hotdash.ops.time.Deadline;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The webhook subscriptions that were made through the API and tell all of their topic as JSON: one
 * with a filter tells less than it seems to. Those of the app's TOML file are not listed
 * (shopify.md, section 9).
 *
 * @param all each with Shopify's id
 * @param complete whether all could be listed
 * @param charge what the listing cost, or {@code null} if the reply did not say
 */
record Subscriptions(Map<Subscription, String> all, boolean complete, @Nullable Charge charge) {
  static Subscriptions read(ShopifyClient client, Deadline deadline, Sending sending) {
    var reply = client.read(ShopDocuments.SUBSCRIPTIONS, Map.of(), deadline, sending);
    var page = reply.data().get("webhookSubscriptions");
    var all = new LinkedHashMap<Subscription, String>();
    boolean understood = ReplyJson.at(page, "nodes") != null;
    for (var node : ReplyJson.list(ReplyJson.at(page, "nodes"))) {
      var id = ReplyJson.text(ReplyJson.at(node, "id"));
      var topic = ReplyJson.text(ReplyJson.at(node, "topic"));
      var uri = ReplyJson.text(ReplyJson.at(node, "uri"));
      if (id == null || topic == null || uri == null) {
        understood = false;
      } else if (whole(node)) {
        try {
          all.putIfAbsent(new Subscription(topic, uri), id);
        } catch (IllegalArgumentException e) {
          understood = false; // a form that this version does not know
        }
      }
    }
    boolean more = Boolean.TRUE.equals(ReplyJson.at(page, "pageInfo", "hasNextPage"));
    return new Subscriptions(all, understood && !more, reply.charge());
  }

  private static boolean whole(@Nullable Object node) {
    var filter = ReplyJson.text(ReplyJson.at(node, "filter"));
    var format = ReplyJson.text(ReplyJson.at(node, "format"));
    return (filter == null || filter.isBlank()) && (format == null || format.equals("JSON"));
  }
}
