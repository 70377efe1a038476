package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.shopify.ShopifyFault;
import com.hotdash.ops.testkit.shopify.ShopifyReply;
import com.hotdash.ops.testkit.web.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token that the shop refuses is not sent again and again (shopify.md, section 5). */
@Timeout(30)
class RefusedTokenTest {
  private static final String PING = ShopDocuments.PING;
  private static final String TAG =
      "mutation { tagsAdd(id: \"gid://shopify/Order/1\", tags: [\"a\"]) { userErrors { message } } }";
  private static final Secret WRONG = Secret.of("shpat_wrong_0123456789abcdef");

  private final ShopFixture shop = new ShopFixture();
  private final ShopDomain name = ShopDomain.of(shop.shopify.domain());

  @AfterEach
  void close() {
    shop.close();
  }

  @ParameterizedTest
  @CsvSource({
    "401, [API] Invalid API key or access token",
    "403, Non-expiring access tokens are no" + " longer accepted for the Admin API"
  })
  void call_afterRefusal_isNotSentButOnceAMinute(int status, String text) {
    shop.shopify.fault(
        1_000, ShopifyFault.instead(ShopifyReply.json(status, Json.of("errors", text))));
    try (var client = shop.client()) {
      assertThat(refused(client, PING).status()).isEqualTo(status);

      for (int i = 0; i < 59; i++) {
        shop.time.advance(Duration.ofSeconds(1));
        var stopped = refused(client, TAG);
        assertThat(stopped.kind()).isEqualTo(ShopifyException.Kind.UNAUTHORIZED);
        assertThat(stopped.retryable()).isFalse();
        assertThat(stopped.outcomeUnknown()).isFalse();
        assertThat(stopped.getMessage()).contains("not sent", (i + 1) + " s ago");
      }

      assertThat(shop.calls()).isEqualTo(1);
      shop.time.advance(Duration.ofSeconds(1));
      refused(client, PING);
      refused(client, PING);
      assertThat(shop.calls()).isEqualTo(2);
      assertThat(shop.guard.gate(name).status().inFlight()).isZero();
    }
  }

  @Test
  void call_anotherTokenOrAMistake_goesOn() {
    shop.shopify.fault(
        1, ShopifyFault.instead(ShopifyReply.json(401, Json.of("errors", "[API] Invalid"))));
    try (var client = shop.client();
        var other = shop.guard.client(name, shop.app.token())) {
      refused(client, PING);

      assertThat(other.call(PING, Map.of()).data()).isNotEmpty();
      shop.time.advance(Duration.ofMinutes(1));
      assertThat(client.call(PING, Map.of()).data()).isNotEmpty();
      assertThat(client.call(PING, Map.of()).data()).isNotEmpty();
    }
  }

  @Test
  void call_refusedWithARefresher_isMadeOnceMoreWithTheNextToken() {
    var asked = new AtomicInteger();
    try (var client =
        shop.guard.client(
            name,
            WRONG,
            old -> {
              asked.incrementAndGet();
              assertThat(old.matches(WRONG)).isTrue();
              return shop.app.token();
            })) {
      client.call(TAG, Map.of());
      client.call(TAG, Map.of());

      assertThat(asked).hasValue(1);
      assertThat(shop.shopify.effects()).hasSize(2);
      assertThat(shop.calls()).isEqualTo(3);
    }
  }

  @Test
  void call_manyRefusedAtOnce_areRenewedTogether() throws Exception {
    var asked = new AtomicInteger();
    var all = new CountDownLatch(8);
    var threads = Executors.newFixedThreadPool(8);
    try (var client =
        shop.guard.client(
            name,
            WRONG,
            old -> {
              asked.incrementAndGet();
              await(all);
              return shop.app.token();
            })) {
      try (var known = shop.client()) {
        known.call(PING, Map.of()); // the bucket is known: all go at once
      }
      var replies = new ArrayList<Future<Integer>>();
      for (int i = 0; i < 8; i++) {
        replies.add(
            threads.submit(
                () -> {
                  all.countDown();
                  return client.call(PING, Map.of()).data().size();
                }));
      }
      for (var reply : replies) {
        assertThat(reply.get(20, TimeUnit.SECONDS)).isPositive();
      }
      assertThat(asked).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void call_refresherFails_isToldAndNotAskedForEachCall(boolean throwing) {
    var asked = new AtomicInteger();
    try (var client =
        shop.guard.client(
            name,
            WRONG,
            old -> {
              asked.incrementAndGet();
              if (throwing) {
                throw ShopifyException.notAdmitted("token.refresh", "the store is away", "look");
              }
              return old;
            })) {
      var first = refused(client, TAG);
      for (int i = 0; i < 10; i++) {
        refused(client, TAG);
      }

      assertThat(first.kind()).isEqualTo(ShopifyException.Kind.UNAUTHORIZED);
      assertThat(first.problem().contains("the store is away")).isEqualTo(throwing);
      assertThat(first.toString()).doesNotContain(WRONG.reveal());
      assertThat(asked).hasValue(1);
      assertThat(shop.calls()).isEqualTo(1);
      assertThat(shop.shopify.effects()).isEmpty();
    }
  }

  @Test
  void intercepted_refused_isNotSentUnlessAnAuthenticatorMayRenew() throws IOException {
    var renewed = new AtomicBoolean();
    shop.shopify.rows("orders", 1);
    var plain = app(new OkHttpClient.Builder());
    for (int i = 0; i < 5; i++) {
      get(plain, WRONG);
    }
    assertThat(shop.calls()).isEqualTo(1);
    assertThat(get(plain, shop.token)).isEqualTo(200);

    var renewing =
        app(
            new OkHttpClient.Builder()
                .authenticator(
                    (route, response) -> {
                      if (renewed.getAndSet(true)) {
                        return null;
                      }
                      return response
                          .request()
                          .newBuilder()
                          .header("X-Shopify-Access-Token", shop.token.reveal())
                          .build();
                    }));
    assertThat(get(renewing, WRONG)).isEqualTo(200);
    assertThat(get(renewing, WRONG)).isEqualTo(401);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private int get(OkHttpClient app, Secret token) throws IOException {
    var request =
        new Request.Builder()
            .url("https://" + name + "/admin/api/2026-10/orders.json")
            .header("X-Shopify-Access-Token", token.reveal())
            .build();
    try (var response = app.newCall(request).execute()) {
      return response.code();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("refused this access token");
      return 0;
    }
  }

  private OkHttpClient app(OkHttpClient.Builder builder) {
    return builder
        .addInterceptor(shop.guard.interceptor(Lane.INTERACTIVE))
        .addInterceptor(
            chain -> {
              var home = shop.shopify.address();
              var url =
                  chain
                      .request()
                      .url()
                      .newBuilder()
                      .scheme("http")
                      .host(home.getHost())
                      .port(home.getPort())
                      .build();
              return chain.proceed(chain.request().newBuilder().url(url).build());
            })
        .build();
  }

  private static ShopifyException refused(ShopifyClient client, String document) {
    return catchThrowableOfType(ShopifyException.class, () -> client.call(document, Map.of()));
  }
}
