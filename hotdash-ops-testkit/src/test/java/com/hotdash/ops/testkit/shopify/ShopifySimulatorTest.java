package com.hotdash.ops.testkit.shopify;

import static com.hotdash.ops.testkit.shopify.ShopifyFixture.ORDERS;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.json;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.requested;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.testkit.web.Json;
import com.hotdash.ops.testkit.web.Raw;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The same over HTTP. */
class ShopifySimulatorTest {
  private final ShopifyFixture shop = new ShopifyFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  private HttpResponse<String> send(String document) throws IOException, InterruptedException {
    return Raw.send(
        "POST",
        URI.create(shop.shopify.address() + "/admin/api/2026-10/graphql.json"),
        Json.write(Json.of("query", document)),
        "X-Shopify-Access-Token",
        shop.token.reveal(),
        "Content-Type",
        "application/json");
  }

  @Test
  void call_overHttp_isTheOneInProcess() throws IOException, InterruptedException {
    var answer = send(ORDERS);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(requested(json(answer.body()))).isEqualTo(6);
    assertThat(Raw.header(answer, "x-shopify-api-version")).isEqualTo("2026-10");
    assertThat(answer.headers().map().keySet()).contains("x-request-id");
    assertThat(shop.shopify.site().count("POST", ".*graphql.json")).isEqualTo(1);
  }

  @Test
  void latency_overHttp_passesByTheInjectedTime() throws IOException, InterruptedException {
    shop.shopify.latency(() -> Duration.ofSeconds(3));
    var before = shop.time.now();

    send(ORDERS);

    assertThat(Duration.between(before, shop.time.now())).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void reset_overHttp_cutsTheConnection() {
    shop.shopify.fault(1, ShopifyFault.resetBefore());

    assertThatThrownBy(() -> send(ORDERS)).isInstanceOf(IOException.class);
  }
}
