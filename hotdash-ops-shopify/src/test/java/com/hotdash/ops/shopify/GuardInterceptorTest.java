package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.shopify.ShopifyFault;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.testkit.web.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application's own client behind the guard, on the simulator over HTTP. */
class GuardInterceptorTest {
  private static final String TAG =
      "mutation { tagsAdd(id: \\\"gid://shopify/Order/1\\\", tags: [\\\"a\\\"]) { userErrors {"
          + " message } } }";

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final ShopifySimulator shop =
      ShopifySimulator.start(time.time(), "hotdash-dev.myshopify.com");
  private final String token = shop.app().token().reveal();
  private final ShopifyGuard guard =
      ShopifyGuard.builder()
          .time(time.time())
          .alarm(
              (nanos, task) -> {
                time.advance(Duration.ofNanos(nanos));
                task.run();
                return () -> {};
              })
          .build();
  private final OkHttpClient app =
      new OkHttpClient.Builder()
          .addInterceptor(guard.interceptor(Lane.INTERACTIVE))
          .addInterceptor(
              chain ->
                  chain.proceed(
                      chain.request().newBuilder().url(atHome(chain.request().url())).build()))
          .build();

  @AfterEach
  void close() {
    guard.close();
    shop.close();
  }

  @Test
  void rest_bucketFullByAnotherProcess_isSentAgainAfterTheTimeThatShopifyAsksFor()
      throws IOException {
    shop.rows("orders", 3);
    for (int i = 0; i < 40; i++) {
      shop.begin(
              new Call(
                  "GET",
                  "/admin/api/2026-10/orders.json",
                  null,
                  Map.of("x-shopify-access-token", token),
                  ""))
          .end();
    }
    var begun = time.now();

    try (var response = rest()) {
      assertThat(response.code()).isEqualTo(200);
    }

    // Retry-After: 2.0, a decimal (shopify.md, section 7).
    assertThat(time.waits()).contains(Duration.ofSeconds(2));
    assertThat(Duration.between(begun, time.now())).isLessThan(Duration.ofSeconds(10));
    assertThat(guard.restGate(new ShopDomain(shop.domain())).status().inFlight()).isZero();
  }

  @Test
  void rest_dailyLimit_isNotSentAgain() throws IOException {
    shop.fault(2, ShopifyFault.dailyVariantLimit());

    try (var response = rest()) {
      assertThat(response.code()).isEqualTo(429);
    }

    assertThat(time.waits()).isEmpty();
  }

  @Test
  void breaker_afterFailures_failsAtOnceAndGoesOnAfterAPing() throws IOException {
    shop.fault(5, ShopifyFault.serverError(503, false));
    for (int i = 0; i < 5; i++) {
      try (var response = graphql(TAG)) {
        assertThat(response.code()).isEqualTo(503);
      }
    }
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> graphql(TAG).close())
        .withMessageContaining("calls to it are stopped")
        .withMessageNotContaining(token);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> rest().close());

    time.advance(Duration.ofSeconds(11));
    try (var response = graphql(TAG)) {
      assertThat(response.code()).isEqualTo(200);
    }

    // Five that failed, the ping, and the call.
    assertThat(shop.site().requests()).hasSize(7);
    assertThat(shop.effects()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void mutation_answerLost_isNotSentAgain(boolean executed) throws IOException {
    graphql("{ shop { name } }").close(); // OkHttp tries again on a connection that was used
    shop.fault(1, executed ? ShopifyFault.resetAfter() : ShopifyFault.resetBefore());

    assertThatExceptionOfType(IOException.class).isThrownBy(() -> graphql(TAG).close());

    assertThat(shop.effects()).hasSize(executed ? 1 : 0);
    assertThat(shop.site().requests()).hasSize(2);
  }

  @Test
  void mutation_thatNeedsAKey_isNotChanged() throws IOException {
    var refund =
        "mutation { refundCreate(input: { orderId: \\\"gid://shopify/Order/1\\\" }) { userErrors {"
            + " message } } }";

    try (var response = graphql(refund)) {
      assertThat(response.body().string()).contains("@idempotent directive is required");
    }

    assertThat(shop.effects()).isEmpty();
  }

  private Response rest() throws IOException {
    return app.newCall(
            new Request.Builder()
                .url("https://" + shop.domain() + "/admin/api/2026-10/orders.json")
                .header("X-Shopify-Access-Token", token)
                .build())
        .execute();
  }

  private Response graphql(String document) throws IOException {
    var body = ("{\"query\":\"" + document + "\"}").getBytes(StandardCharsets.UTF_8);
    return app.newCall(
            new Request.Builder()
                .url("https://" + shop.domain() + "/admin/api/2026-10/graphql.json")
                .header("X-Shopify-Access-Token", token)
                .post(RequestBody.create(body, MediaType.get("application/json")))
                .build())
        .execute();
  }

  private HttpUrl atHome(HttpUrl url) {
    var home = HttpUrl.get(shop.address().toString());
    return url.newBuilder().scheme("http").host(home.host()).port(home.port()).build();
  }
}
