package com.hotdash.ops.shopify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.testkit.web.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A call as an application makes it, which knows nothing of costs, and what the simulator charges
 * for it.
 */
record Priced(String document, Map<String, ?> variables, double requested, double actual) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Lists by pages, details, mutations; some dearer than the formula says, up to 60 points. */
  static List<Priced> all() {
    var time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
    var all = new ArrayList<Priced>();
    try (var shop = ShopifySimulator.start(time.time(), "hotdash-dev.myshopify.com")) {
      // Seen to cost more than the formula says, or made to (shopify.md, section 4).
      shop.mutationCost("translationsRegister", 50);
      shop.mutationCost("orderEditCommit", 60);
      var token = shop.app().token().reveal();
      sent()
          .forEach(
              (document, sets) -> {
                for (var variables : sets) {
                  time.advance(Duration.ofSeconds(20)); // the bucket is full again
                  all.add(ask(shop, token, document, variables));
                }
              });
    }
    return all;
  }

  /** A call that asks for nearly all that one may ask for, in a shop that has little. */
  static Priced dear() {
    var time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
    try (var shop = ShopifySimulator.start(time.time(), "hotdash-dev.myshopify.com")) {
      List.of("products", "variants", "metafields").forEach(each -> shop.rows(each, 1));
      return ask(
          shop,
          shop.app().token().reveal(),
          "{ products(first: 250) { nodes { variants(first: 250) { nodes { metafields(first: 12) {"
              + " nodes { id } } } } } } }",
          Map.of());
    }
  }

  private static Map<String, List<Map<String, ?>>> sent() {
    var none = List.<Map<String, ?>>of(Map.of());
    var sent = new LinkedHashMap<String, List<Map<String, ?>>>();
    sent.put(
        "query Orders($n: Int!) { orders(first: $n) { nodes { id name } } }",
        List.of(Map.of("n", 10), Map.of("n", 50), Map.of("n", 250)));
    sent.put(
        "query Products($n: Int!, $m: Int!) { products(first: $n) { edges { node { id"
            + " variants(first: $m) { nodes { id price } } } } pageInfo { hasNextPage } } }",
        List.of(Map.of("n", 5, "m", 5), Map.of("n", 20, "m", 5), Map.of("n", 50, "m", 50)));
    sent.put("{ shop { name } }", none);
    sent.put(
        "{ order(id: \"gid://shopify/Order/1\") { id customer { id } lineItems(first: 50) { nodes {"
            + " id title } } } }",
        none);
    sent.put(
        "mutation Tag($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { userErrors {"
            + " message } } }",
        List.of(
            Map.of("id", "gid://shopify/Order/1", "tags", List.of("a")),
            Map.of("id", "gid://shopify/Order/2", "tags", List.of("a", "b"))));
    sent.put(
        "mutation Commit($id: ID!) { orderEditCommit(id: $id) { userErrors { message } } }",
        List.of(Map.of("id", "gid://shopify/CalculatedOrder/1")));
    sent.put(
        "mutation Complete($id: ID!) { draftOrderComplete(id: $id) { userErrors { message } } }",
        List.of(Map.of("id", "gid://shopify/DraftOrder/1")));
    sent.put(
        "mutation Say($id: ID!, $texts: [TranslationInput!]!) { translationsRegister(resourceId:"
            + " $id, translations: $texts) { userErrors { message } } }",
        List.of(Map.of("id", "gid://shopify/Product/1", "texts", List.of())));
    return sent;
  }

  private static Priced ask(
      ShopifySimulator shop, String token, String document, Map<String, ?> variables) {
    try {
      var body = JSON.writeValueAsString(Map.of("query", document, "variables", variables));
      var headers = Map.of("x-shopify-access-token", token, "content-type", "application/json");
      var reply =
          shop.begin(new Call("POST", "/admin/api/2026-10/graphql.json", null, headers, body))
              .end();
      var judged =
          Judgement.ofGraphql(
              reply.status(), name -> null, reply.body().getBytes(StandardCharsets.UTF_8));
      var charge = Objects.requireNonNull(judged.charge(), reply::body);
      return new Priced(document, variables, charge.requestedQueryCost(), charge.spent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
