package com.hotdash.ops.shopify;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.Map;

/**
 * What a look asks of a shop, and how it tells of the answer. Every reply tells the budget, too.
 */
final class ShopQuestions {
  /** What a query needs until the deadline, to be worth sending. */
  static final Duration SPARE = Duration.ofMillis(1_500);

  private final ShopifyClient client;
  private final Deadline deadline;
  private final BudgetWatch watch;

  ShopQuestions(ShopifyClient client, Deadline deadline, BudgetWatch watch) {
    this.client = client;
    this.deadline = deadline;
    this.watch = watch;
  }

  ShopifyReply ask(String query) {
    return ask(query, deadline);
  }

  ShopifyReply ask(String query, Deadline limit) {
    try {
      var reply = client.read(query, Map.of(), limit, watch::sending);
      watch.saw(reply.charge());
      return reply;
    } catch (ShopifyException e) {
      watch.saw(e.charge());
      throw e;
    }
  }

  /** Without the time that the call waited for its points here. */
  Duration sinceSent() {
    return Duration.ofNanos(client.time().ticker().nanos() - watch.sentAt());
  }

  Evidence evidence(String value, String query) {
    return Evidence.of(
            client.redactor().redact(value),
            "GraphQL Admin API " + client.version() + " of " + client.shop(),
            client.time().now())
        .withByHand(
            "curl -s https://"
                + client.shop()
                + "/admin/api/"
                + client.version()
                + "/graphql.json -H \"X-Shopify-Access-Token: $SHOPIFY_ADMIN_TOKEN\""
                + " -H 'Content-Type: application/json' -d '{\"query\":\""
                + query
                + "\"}'");
  }

  <T> Reading<T> unread(ReadingKey<T> key, Why why, String detail, String remedy) {
    return Reading.unread(
        new NotChecked(key.name(), why, client.redactor().redact(detail), remedy));
  }
}
