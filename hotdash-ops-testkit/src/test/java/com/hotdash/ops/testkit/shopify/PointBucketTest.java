package com.hotdash.ops.testkit.shopify;

import static com.hotdash.ops.testkit.shopify.ShopifyFixture.ORDERS;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.available;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.code;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.json;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.requested;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PointBucketTest {
  private final ShopifyFixture shop = new ShopifyFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void level_afterAWait_refillsContinuouslyUpToTheMaximum() {
    shop.app.take(2_000);

    shop.pass(Duration.ofMillis(15));
    assertThat(shop.app.available()).isEqualTo(1.5);
    shop.pass(Duration.ofMinutes(5));

    assertThat(shop.app.available()).isEqualTo(2_000);
  }

  @Test
  void running_call_holdsWhatItRequested() {
    shop.shopify.latency(() -> Duration.ofSeconds(1));
    var exchange = shop.begin(ORDERS);

    assertThat(shop.app.available()).isEqualTo(1_994);
    shop.shopify.rows("orders", 2);

    assertThat(requested(json(exchange.end()))).isEqualTo(6);
    assertThat(shop.app.available()).isEqualTo(1_997);
    exchange.end();
    assertThat(shop.app.available()).isEqualTo(1_997);
  }

  @Test
  void refusal_waitedForExactly_isLetIn() {
    shop.app.take(1_999);
    assertThat(code(shop.ask(ORDERS))).isEqualTo("THROTTLED");

    shop.pass(Duration.ofMillis(49));
    assertThat(code(shop.ask(ORDERS))).isEqualTo("THROTTLED");
    shop.pass(Duration.ofMillis(1));

    assertThat(code(shop.ask(ORDERS))).isEmpty();
  }

  @Test
  void limits_halved_cutTheLevelAndTheRate() {
    shop.shopify.limits(ShopifyLimits.STANDARD.times(0.5));

    var body = shop.ask(ORDERS);
    assertThat(body.at("/extensions/cost/throttleStatus/maximumAvailable").asText())
        .isEqualTo("1000.0");
    assertThat(body.at("/extensions/cost/throttleStatus/restoreRate").asText()).isEqualTo("50.0");
    shop.app.take(1_000);
    shop.pass(Duration.ofSeconds(1));

    assertThat(shop.app.available()).isEqualTo(50);
  }

  @Test
  void foreign_consumer_slowsTheRefill() {
    shop.app.take(2_000);
    shop.app.foreign(30);

    shop.pass(Duration.ofSeconds(10));
    assertThat(shop.app.available()).isEqualTo(700);
    shop.app.foreign(200);
    shop.pass(Duration.ofSeconds(10));

    assertThat(shop.app.available()).isZero();
  }

  @Test
  void apps_two_doNotShareTheirPoints() {
    var other = shop.shopify.addApp();

    other.take(2_000);

    assertThat(shop.app.available()).isEqualTo(2_000);
    shop.token = other.token();
    assertThat(code(shop.ask(ORDERS))).isEqualTo("THROTTLED");
  }

  @Test
  void tokens_two_ofOneApp_shareThePoints() {
    shop.shopify.rows("orders", 10);
    shop.ask(ORDERS);
    shop.token = shop.app.token();

    assertThat(available(shop.ask(ORDERS))).isEqualTo(1_988);
  }

  @Test
  void throttleStatus_leftOut_isNotThere() {
    shop.shopify.throttleStatus(false);

    var body = shop.ask(ORDERS);

    assertThat(requested(body)).isEqualTo(6);
    assertThat(body.at("/extensions/cost/throttleStatus").isMissingNode()).isTrue();
  }

  @Test
  void reportedMore_set_isAboveTheMaximumAndNoPointMore() {
    shop.shopify.reportedMore(100);

    assertThat(available(shop.ask("{ shop { id } }"))).isEqualTo(2_099);
    assertThat(shop.app.available()).isEqualTo(1_999);
  }

  @Test
  void costDebug_asked_listsTheFields() {
    var body = json(shop.reply(ORDERS, Map.of(), "shopify-graphql-cost-debug", "1"));

    var first = body.at("/extensions/cost/fields/0");
    assertThat(first.get("path").toString()).isEqualTo("[\"orders\"]");
    assertThat(first.get("definedCost").asInt()).isEqualTo(2);
    assertThat(first.get("requestedTotalCost").asInt()).isEqualTo(6);
    assertThat(first.get("requestedChildrenCost").asInt()).isEqualTo(4);
  }
}
