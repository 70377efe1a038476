package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.shopify.ShopifyLimits;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The predictor and the simulator, each written for itself, on documents made at random. */
class CostAgreementTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DOCUMENTS = 300;
  private static final List<String> PAGES =
      List.of("orders", "lineItems", "products", "variants", "locations", "refunds");
  private static final List<String> OBJECTS =
      List.of(
          "customer",
          "app",
          "shippingAddress",
          "totalPriceSet",
          "unitCost",
          "measurement",
          "weight",
          "address",
          "location",
          "featuredMedia");
  private static final List<String> TYPES = List.of("Order", "Product", "Customer");

  private static final String NONE = "none".repeat(10_000);

  private final Random random = new Random(20261123);
  private final Map<String, Object> variables = new HashMap<>();
  private int keys;

  @Test
  void requested_randomDocuments_areTheSame() throws IOException {
    var predictor = new CostPredictor(CostTables.load());
    var time = FakeTime.startingAt(Instant.parse("2026-11-23T10:00:00Z"));
    try (var shopify = ShopifySimulator.start(time.time(), "hotdash-dev.myshopify.com")) {
      shopify.limits(ShopifyLimits.PLUS);
      PAGES.forEach(connection -> shopify.rows(connection, 1));
      var token = shopify.app().token();
      int dear = 0;
      String shortest = NONE;
      for (int i = 0; i < DOCUMENTS; i++) {
        variables.clear();
        var document = document();
        var body = Json.write(Json.of("query", document, "variables", variables));
        var headers =
            Map.of("content-type", "application/json", "x-shopify-access-token", token.reveal());
        var call = new Call("POST", "/admin/api/2026-10/graphql.json", null, headers, body);
        var answer = JSON.readTree(shopify.begin(call).end().body());
        var refused = answer.at("/errors/0/extensions/cost");
        int said =
            refused.isInt()
                ? refused.asInt()
                : answer.at("/extensions/cost/requestedQueryCost").asInt(-1);
        dear += refused.isInt() ? 1 : 0;

        int predicted = predictor.predict(document, null, variables).requested();
        if (predicted != Math.min(1_000_000, said) && document.length() < shortest.length()) {
          shortest = document + variables + ": " + said + " said, " + predicted + " predicted";
        }
        time.advance(Duration.ofSeconds(1));
      }
      assertThat(shortest).as("the shortest document that differs").isEqualTo(NONE);
      assertThat(dear).isBetween(DOCUMENTS / 50, DOCUMENTS / 2);
    }
  }

  private String document() {
    var body = new StringBuilder();
    selection(body, 0, "QueryRoot");
    var declared = new StringBuilder();
    for (var variable : variables.keySet()) {
      declared.append(declared.isEmpty() ? "(" : ", ").append('$').append(variable).append(": Int");
    }
    return "query Q" + declared + (declared.isEmpty() ? "" : ")") + body;
  }

  private void selection(StringBuilder out, int depth) {
    selection(out, depth, "");
  }

  /** Under a condition only the same condition can hold again. */
  private void selection(StringBuilder out, int depth, String type) {
    out.append(" { id ");
    int fields = 1 + random.nextInt(3);
    for (int i = 0; i < fields && depth < 4; i++) {
      switch (random.nextInt(6)) {
        case 0, 1 -> connection(out, depth);
        case 2 -> fragment(out, depth, type);
        default -> object(out, depth);
      }
    }
    out.append("} ");
  }

  private void object(StringBuilder out, int depth) {
    var name = OBJECTS.get(random.nextInt(OBJECTS.size()));
    out.append('k').append(keys++).append(": ").append(name);
    if (name.endsWith("Set")) {
      out.append(" { shopMoney { amount currencyCode } } ");
    } else if (name.equals("unitCost")) {
      out.append(" { amount } ");
    } else {
      selection(out, depth + 1);
    }
  }

  private void connection(StringBuilder out, int depth) {
    out.append('k').append(keys++).append(": ").append(PAGES.get(random.nextInt(PAGES.size())));
    int size = random.nextInt(random.nextBoolean() ? 10 : 251);
    if (random.nextInt(3) == 0) {
      var variable = "v" + variables.size();
      variables.put(variable, size);
      out.append(random.nextBoolean() ? "(first: $" : "(last: $").append(variable).append(')');
    } else {
      out.append("(first: ").append(size).append(')');
    }
    if (random.nextBoolean()) {
      out.append(" { nodes");
      selection(out, depth + 1);
    } else {
      out.append(" { edges { cursor node");
      selection(out, depth + 1);
      out.append("} ");
    }
    out.append("pageInfo { hasNextPage } } ");
  }

  private void fragment(StringBuilder out, int depth, String outer) {
    var type = !outer.isEmpty() ? outer : TYPES.get(random.nextInt(TYPES.size()));
    out.append("... on ").append(type);
    selection(out, depth + 1, type);
  }
}
