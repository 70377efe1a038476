package com.hotdash.ops.testkit.shopify;

import static com.hotdash.ops.testkit.shopify.ShopifyFixture.json;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.requested;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hotdash.ops.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every figure and body of the samples, byte for byte where they are live ones. */
class SamplesTest {
  private static final String HALF =
      "orders(first: 250) { nodes { id currentTotalPriceSet { shopMoney { amount } } customer { id }"
          + " shippingAddress { countryCodeV2 } app { id name } lineItems(first: 250) { nodes { id"
          + " product { id } variant { id } originalUnitPriceSet { shopMoney { amount } }"
          + " discountedTotalSet { shopMoney { amount } } } pageInfo { hasNextPage } } } }";

  private final ShopifyFixture shop = new ShopifyFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  static String times(int count) {
    var document = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      document.append(" o").append(i).append(": ").append(HALF);
    }
    return document.append(" }").toString();
  }

  @Test
  void requested_costPairs_allHold() {
    var pairs = sample("cost-pairs.json");

    assertThat(pairs.size()).isEqualTo(16);
    for (var pair : pairs) {
      var variables = Map.<String, Object>of("id", "gid://shopify/Product/1", "input", List.of());
      var body = json(shop.reply(pair.get("query").asText(), variables));
      assertThat(requested(body)).as("%s: %s", pair, body).isEqualTo(pair.get("requested").asInt());
      shop.pass(Duration.ofMinutes(1));
    }
  }

  @Test
  void ok_sampleOfTwoPoints_isTheSameBody() {
    shop.shopify.limits(ShopifyLimits.ADVANCED);
    shop.shopify.latency(() -> Duration.ofMillis(300));
    var exchange = shop.begin("{ shop { name plan { shopifyPlus } } }");
    shop.pass(exchange.takes());

    var body = json(exchange.end());

    // 60 points came back in 300 ms; the sample's 3,998 shows that a reply does not count them.
    assertThat(body.get("extensions"))
        .isEqualTo(sample("graphql-200-ok-advanced.json").get("extensions"));
  }

  @Test
  void reply_862PointsOf4000_reports3842AfterItsRefund() {
    shop.shopify.limits(ShopifyLimits.ADVANCED);
    shop.shopify.actual((requested, returned) -> 158);

    var body = shop.ask(times(2));

    assertThat(requested(body)).isEqualTo(862);
    assertThat(ShopifyFixture.available(body)).isEqualTo(3_842);
  }

  @Test
  void maxCost_sameThrice_isTheSameBody() {
    assertThat(shop.ask(times(3))).isEqualTo(sample("graphql-200-max-cost-exceeded.json"));
    assertThat(shop.app.available()).isEqualTo(2_000);
  }

  @Test
  void internalError_laid_isTheSameBody() {
    shop.shopify.fault(1, ShopifyFault.internalError(false));

    assertThat(shop.ask("{ shop { name } }")).isEqualTo(sample("graphql-200-internal-error.json"));
  }

  @Test
  void search_filterThatACountIgnores_isWarnedOfAsInTheSample() {
    var body =
        shop.ask(
            "{ productVariantsCount(query: \"updated_at:>='2026-08-21T00:00:00Z'\") { count } }");

    assertThat(body.at("/extensions/search"))
        .isEqualTo(
            sample("graphql-200-count-filter-ignored-warning.json").at("/extensions/search"));
  }

  @Test
  void publicApiVersions_august2026_areTheOnesOfTheSample() {
    try (var then = new ShopifyFixture(Instant.parse("2026-08-14T12:00:00Z"))) {
      var listed = then.ask("{ publicApiVersions { handle supported displayName } }");

      assertThat(requested(listed)).isEqualTo(1);
      var expected = sample("public-api-versions-2026-08-14.json");
      assertThat(listed.at("/data/publicApiVersions").size()).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        var version = listed.at("/data/publicApiVersions/" + i);
        expected
            .get(i)
            .properties()
            .forEach(
                member -> assertThat(version.get(member.getKey())).isEqualTo(member.getValue()));
      }
    }
  }

  @Test
  void httpErrors_thatTheSimulatorGives_areInTheSamples() {
    var known = sample("http-errors.json");
    shop.shopify.limits(ShopifyLimits.ADVANCED);
    shop.shopify.rows("orders", 300);
    var good = shop.token;
    shop.token = Secret.of("nobody's");
    assertKnown(known, shop.get("/admin/api/2026-10/orders.json"));
    shop.token = good;
    for (var fault :
        new ShopifyFault[] {
          ShopifyFault.forbidden(),
          ShopifyFault.frozen(),
          ShopifyFault.locked(),
          ShopifyFault.serverError(500, false)
        }) {
      shop.shopify.fault(1, fault);
      assertKnown(known, shop.get("/admin/api/2026-10/orders.json"));
    }
    assertKnown(known, shop.get("/admin/api/2026-10/nothing.json"));
    assertKnown(known, shop.post("/admin/api/2026-10/graphql.json", "{}"));
    assertKnown(known, shop.get("/admin/api/2026-10/orders.json?limit=251"));
    assertKnown(known, shop.get("/admin/api/2026-10/orders.json?page_info=x&updated_at_min=1"));
    var refused = shop.get("/admin/api/2026-10/orders.json");
    while (refused.status() == 200) {
      refused = shop.get("/admin/api/2026-10/orders.json");
    }
    assertKnown(known, refused);
    assertThat(refused.headers()).containsEntry("retry-after", "4.0");
    assertThat(refused.headers()).doesNotContainKey("x-shopify-shop-api-call-limit");
  }

  private static void assertKnown(JsonNode known, ShopifyReply reply) {
    assertThat(known)
        .as("%s %s", reply, reply.body())
        .anySatisfy(
            one -> {
              assertThat(one.get("status").asInt()).isEqualTo(reply.status());
              assertThat(one.get("body")).isEqualTo(json(reply));
            });
  }
}
