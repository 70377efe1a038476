package com.hotdash.ops.testkit.shopify;

import static com.hotdash.ops.testkit.shopify.ShopifyFixture.available;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.code;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.json;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.sample;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The burst that was measured on a live shop on 2026-08-28. */
class BurstTest {
  private final ShopifyFixture shop = new ShopifyFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void sixteenCallsOf862_within1180Millis_fourRunTwelveAreRefused() {
    shop.shopify.limits(ShopifyLimits.ADVANCED);
    shop.shopify.latency(() -> Duration.ofSeconds(2));
    shop.shopify.actual((requested, returned) -> 158);
    var document = SamplesTest.times(2);
    var running = new ArrayList<ShopifyExchange>();
    var refused = new ArrayList<JsonNode>();

    for (int i = 0; i < 16; i++) {
      var exchange = shop.begin(document);
      if (exchange.takes().isZero()) {
        refused.add(json(exchange.end()));
      } else {
        running.add(exchange);
      }
      // Four in the first 75 ms, the first refusal after 100 ms, the last after 1.18 s.
      shop.pass(i < 4 ? Duration.ofMillis(25) : Duration.ofNanos(1_080_000_000L / 11));
    }

    assertThat(running).hasSize(4);
    assertThat(refused).hasSize(12);
    assertThat(refused).allSatisfy(body -> assertThat(code(body)).isEqualTo("THROTTLED"));
    assertThat(left(refused)).isSorted().startsWith(572.0).endsWith(787.0);
    assertThat(running).allSatisfy(call -> assertThat(json(call.end()).has("errors")).isFalse());
    assertThat(shop.app.available()).isBetween(3_600.0, 3_700.0);
  }

  @Test
  void refusal_of862With572Left_isTheSameBody() {
    shop.shopify.limits(ShopifyLimits.ADVANCED);
    shop.app.take(3_428);

    assertThat(shop.ask(SamplesTest.times(2)))
        .isEqualTo(sample("graphql-200-throttled-advanced.json"));
  }

  @Test
  void refused_again_costsNothing() {
    shop.app.take(1_999);

    for (int i = 0; i < 100; i++) {
      assertThat(code(shop.ask(ShopifyFixture.ORDERS))).isEqualTo("THROTTLED");
    }

    assertThat(shop.app.available()).isEqualTo(1);
  }

  private static List<Double> left(List<JsonNode> refused) {
    return refused.stream().map(body -> available(body)).toList();
  }
}
