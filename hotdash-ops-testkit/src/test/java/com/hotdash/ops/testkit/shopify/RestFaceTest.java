package com.hotdash.ops.testkit.shopify;

import static com.hotdash.ops.testkit.shopify.ShopifyFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestFaceTest {
  private static final String SHOP = "/admin/api/2026-10/shop.json";

  private final ShopifyFixture shop = new ShopifyFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  @Test
  void bucket_filled_leaksTwoCallsASecond() {
    for (int i = 1; i <= 40; i++) {
      assertThat(shop.get(SHOP).headers())
          .containsEntry("x-shopify-shop-api-call-limit", i + "/40");
    }
    var refused = shop.get(SHOP);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.headers()).containsEntry("retry-after", "2.0");

    shop.pass(Duration.ofMillis(499));
    assertThat(shop.get(SHOP).status()).isEqualTo(429);
    shop.pass(Duration.ofMillis(1));

    assertThat(shop.get(SHOP).status()).isEqualTo(200);
    assertThat(shop.get(SHOP).status()).isEqualTo(429);
    assertThat(shop.app.available()).as("another bucket").isEqualTo(2_000);
  }

  @Test
  void pages_followedByTheirLinks_giveEveryRowOnce() {
    shop.shopify.rows("orders", 5);
    var next = "/admin/api/2026-10/orders.json?limit=2";
    var seen = new StringBuilder();
    while (next != null) {
      var reply = shop.get(next);
      json(reply).get("orders").forEach(order -> seen.append(order.get("id").asInt()));
      var link =
          Pattern.compile("<http://[^/]+([^>]*)>; rel=\"next\"")
              .matcher(reply.headers().getOrDefault("link", ""));
      next = link.find() ? link.group(1) : null;
    }

    assertThat(seen).hasToString("12345");
    assertThat(shop.get("/admin/api/2026-10/orders.json").headers()).doesNotContainKey("link");
  }

  @Test
  void scope_missing_is403() {
    shop.shopify.rows("orders", 5);
    shop.token = shop.app.token("read_products");

    assertThat(shop.get("/admin/api/2026-10/orders.json").status()).isEqualTo(403);
  }

  @Test
  void change_posted_isAnEffect() {
    shop.post("/admin/api/2026-10/products.json", "{\"product\":{\"title\":\"a\"}}");

    assertThat(shop.shopify.effects())
        .singleElement()
        .extracting(ShopifyEffect::name)
        .isEqualTo("POST /admin/api/2026-10/products.json");
  }
}
