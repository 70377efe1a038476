package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.hotdash.ops.shop.ShopOperation;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.shopify.ShopifyFault;
import com.hotdash.ops.testkit.shopify.ShopifyReply;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.testkit.web.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Callback;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    assertThat(time.waits().stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofSeconds(2));
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
  void mutation_inABodyThatCannotBeRead_isNotSentAgain() throws IOException {
    graphql("{ shop { name } }").close();
    shop.fault(1, ShopifyFault.resetBefore());

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> send("graphql.json", "POST", TAG.replace("\\", "")).close());

    assertThat(shop.site().requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"POST, 2", "PUT, 2", "DELETE, 2", "GET, 3"})
  void rest_answerLost_isSentAgainOnlyIfItReads(String method, int sent) throws IOException {
    shop.rows("orders", 3);
    graphql("{ shop { name } }").close();
    shop.fault(1, ShopifyFault.resetAfter());

    try (var response = send("orders.json", method, "{}")) {
      assertThat(method).as(response.toString()).isEqualTo("GET");
    } catch (IOException e) {
      assertThat(method).isNotEqualTo("GET");
      assertThat(shop.effects()).hasSize(1);
    }

    assertThat(shop.site().requests()).hasSize(sent);
  }

  @Test
  void rest_serverBusyAndAsksForNoWait_writeIsNotSentAgain() throws IOException {
    var busy = ShopifyReply.json(503, Map.of("errors", "busy")).with("retry-after", "0");
    shop.fault(1, ShopifyFault.after(busy));

    try (var response = send("orders.json", "POST", "{}")) {
      assertThat(response.code()).isEqualTo(503);
    }

    assertThat(shop.effects()).hasSize(1);
  }

  @Test
  void rest_calls_areRememberedWithoutIdsAndBodies() throws IOException {
    shop.rows("orders", 3);
    for (int i = 0; i < 3; i++) {
      send("orders/4711.json?fields=id", "GET", "").close();
      send("orders/4711.json", "PUT", "{\"email\":\"jo@example.com\"}").close();
    }
    shop.fault(1, ShopifyFault.serverError(503, false));
    send("orders/4711.json?fields=id", "GET", "").close();

    var calls = guard.state(new ShopDomain(shop.domain())).calls();
    var all = calls.summary().orElseThrow();

    assertThat(all.operations())
        .extracting(
            ShopOperation::name,
            ShopOperation::calls,
            ShopOperation::failed,
            ShopOperation::repeated,
            ShopOperation::requested,
            ShopOperation::points)
        .containsExactlyInAnyOrder(
            tuple("REST GET orders/{id}", 4L, 1L, 2L, 0.0, 0.0),
            tuple("REST PUT orders/{id}", 3L, 0L, 0L, 0.0, 0.0));
    assertThat(all.toString()).doesNotContain("4711", "jo@");
  }

  @ParameterizedTest
  @ValueSource(strings = {"graphql.json", "orders.json"})
  void call_cancelledWhileItWaits_leavesAtOnceAndIsNotSent(String path) throws Exception {
    try (var real = ShopifyGuard.builder().build()) {
      var name = new ShopDomain(shop.domain());
      var gate = path.equals("orders.json") ? real.restGate(name) : real.gate(name);
      var first = gate.tryAcquire(1, Lane.INTERACTIVE).orElseThrow(); // others wait for its reply
      var client =
          new OkHttpClient.Builder().addInterceptor(real.interceptor(Lane.INTERACTIVE)).build();
      var call = client.newCall(request(path, "POST", "{\"query\":\"{ shop { name } }\"}"));
      var answer = new CompletableFuture<IOException>();
      call.enqueue(
          new Callback() {
            @Override
            public void onFailure(okhttp3.Call call, IOException e) {
              answer.complete(e);
            }

            @Override
            public void onResponse(okhttp3.Call call, Response response) {
              response.close();
              answer.completeExceptionally(new AssertionError("answered " + response));
            }
          });
      while (gate.status().interactiveWaiting() == 0) {
        Thread.onSpinWait();
      }

      call.cancel();

      assertThat(answer.get(5, TimeUnit.SECONDS)).hasMessage("Canceled");
      assertThat(gate.status().interactiveWaiting()).isZero();
      assertThat(gate.status().inFlight()).isEqualTo(1);
      first.unused();
      client.dispatcher().executorService().shutdown();
    }
    assertThat(shop.site().requests()).isEmpty();
  }

  @Test
  void rest_cancelledBetweenTwoTries_endsAtOnce() throws IOException {
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
    var impatient =
        app.newBuilder()
            .addInterceptor(
                chain -> {
                  var response = chain.proceed(chain.request());
                  var body = response.peekBody(Long.MAX_VALUE);
                  chain.call().cancel();
                  return response.newBuilder().body(body).build();
                })
            .build();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> impatient.newCall(request("orders.json", "GET", "")).execute())
        .withMessage("Canceled");

    assertThat(time.waits()).hasSizeLessThanOrEqualTo(1);
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

  private Response send(String path, String method, String body) throws IOException {
    return app.newCall(request(path, method, body)).execute();
  }

  private Request request(String path, String method, String body) {
    var content =
        RequestBody.create(
            body.getBytes(StandardCharsets.UTF_8), MediaType.get("application/graphql"));
    return new Request.Builder()
        .url("https://" + shop.domain() + "/admin/api/2026-10/" + path)
        .header("X-Shopify-Access-Token", token)
        .method(method, method.equals("GET") ? null : content)
        .build();
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
