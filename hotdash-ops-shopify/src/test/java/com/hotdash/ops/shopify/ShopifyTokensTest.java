package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.shopify.ShopifyFault;
import com.hotdash.ops.testkit.shopify.ShopifyReply;
import com.hotdash.ops.testkit.web.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShopifyTokensTest {
  private final ShopFixture shop = new ShopFixture();
  private ShopifyTokens tokens = tokens(shop.app.secret());

  @AfterEach
  void close() {
    tokens.close();
    shop.close();
  }

  @Test
  void clientCredentials_right_giveADayAndTheScopes() {
    shop.app.scopes("read_orders", "write_products");

    var token = tokens.clientCredentials();

    // 86,399 s (shopify.md, section 8).
    assertThat(Duration.between(shop.time.now(), token.expiresAt()))
        .isBetween(Duration.ofSeconds(86_399), Duration.ofDays(1));
    assertThat(token.refreshToken()).isNull();
    assertThat(token.scopes()).containsExactly("read_orders", "write_products");
    assertThat(token.toString()).doesNotContain(token.accessToken().reveal());
    assertThat(works(token.accessToken())).isTrue();
  }

  @Test
  void refresh_right_givesTheNextPair() {
    var pair = shop.app.install();

    var next = tokens.refresh(pair.refreshToken());

    assertThat(Duration.between(shop.time.now(), next.expiresAt())).isEqualTo(Duration.ofHours(1));
    assertThat(Duration.between(shop.time.now(), next.refreshExpiresAt()))
        .isEqualTo(Duration.ofDays(90));
    assertThat(next.refreshToken()).isNotNull();
    assertThat(works(next.accessToken())).isTrue();
    assertThat(works(pair.accessToken())).isTrue(); // it lives out its hour
  }

  @Test
  void refresh_answerLost_isUncertainIsNotRepeatedAndCanBeRecovered() {
    var pair = shop.app.install();
    shop.shopify.fault(1, ShopifyFault.resetAfter());

    var lost = catchThrowableOfType(OpsException.class, () -> tokens.refresh(pair.refreshToken()));

    assertThat(lost.outcomeUnknown()).isTrue();
    assertThat(shop.calls()).isEqualTo(1);
    assertThat(works(tokens.refresh(pair.refreshToken()).accessToken())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401})
  void refresh_refreshTokenNotGood_sendsTheMerchantToTheApp(int status) {
    shop.shopify.refreshRefusal(status);
    var wrong = Secret.of("shprt_0123456789abcdef0123456789abcdef");

    var refused = catchThrowableOfType(ShopifyException.class, () -> tokens.refresh(wrong));

    assertThat(refused.kind()).isEqualTo(ShopifyException.Kind.UNAUTHORIZED);
    assertThat(refused.outcomeUnknown()).isFalse();
    assertThat(refused.nextStep()).hasValue("the merchant has to open the app again");
    assertThat(refused.toString()).doesNotContain(wrong.reveal());
  }

  @Test
  void clientCredentials_wrongSecret_saysWhichPairToCheck() {
    var wrong = Secret.of("shpss_wrong_0123456789");
    tokens.close();
    tokens = tokens(wrong);

    var refused = catchThrowableOfType(ShopifyException.class, () -> tokens.clientCredentials());

    assertThat(refused.kind()).isEqualTo(ShopifyException.Kind.UNAUTHORIZED);
    assertThat(refused.nextStep().orElseThrow()).contains("SHOPIFY_API_SECRET");
    assertThat(refused.toString()).doesNotContain(wrong.reveal());
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void clientCredentials_serverError_leavesTheOutcomeUnknown(int status) {
    shop.shopify.fault(1, ShopifyFault.serverError(status, true));

    var broken = catchThrowableOfType(ShopifyException.class, () -> tokens.clientCredentials());

    assertThat(broken.outcomeUnknown()).isTrue();
    assertThat(broken.retryable()).isFalse();
    assertThat(shop.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "402, SHOP_FROZEN, bill",
    "403, ACCESS_DENIED, installed",
    "404, NOT_FOUND, check the shop",
    "423, SHOP_LOCKED, stop all callers",
    "429, REST_LIMITED, wait",
    "430, REJECTED_AS_ATTACK, going on makes it worse",
    "504, TIMED_OUT, try again later"
  })
  void clientCredentials_refused_isToldAsWhatItIs(
      int status, ShopifyException.Kind kind, String step) {
    shop.shopify.fault(1, ShopifyFault.instead(ShopifyReply.json(status, Json.of("errors", "no"))));

    var refused = catchThrowableOfType(ShopifyException.class, () -> tokens.clientCredentials());

    assertThat(refused.kind()).isEqualTo(kind);
    assertThat(refused.nextStep().orElseThrow()).contains(step);
    assertThat(refused.outcomeUnknown()).isEqualTo(status >= 500);
    assertThat(refused.retryable()).isEqualTo(status == 429);
  }

  @Test
  void refresh_401WithoutAWord_namesTheSecretToo() {
    shop.shopify.fault(1, ShopifyFault.instead(ShopifyReply.json(401, Json.of("errors", "no"))));

    var refused =
        catchThrowableOfType(
            ShopifyException.class, () -> tokens.refresh(Secret.of("shprt_0123456789abcdef")));

    assertThat(refused.nextStep().orElseThrow())
        .contains("SHOPIFY_API_SECRET", "the merchant has to open the app again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e300", "9223372036854775807", "-5", "0"})
  void refresh_lifeBeyondReason_losesNoPair(String seconds) {
    shop.shopify.fault(
        1,
        ShopifyFault.instead(
            ShopifyReply.json(
                200,
                Json.of(
                    "access_token",
                    "shpat_next_0123456789",
                    "expires_in",
                    new BigDecimal(seconds),
                    "refresh_token",
                    "shprt_next_0123456789",
                    "refresh_token_expires_in",
                    new BigDecimal(seconds)))));

    var next = tokens.refresh(Secret.of("shprt_0123456789abcdef"));

    assertThat(next.refreshToken()).isNotNull();
    assertThat(next.expiresAt()).isAfterOrEqualTo(shop.time.now());
    assertThat(next.toString()).contains("until");
  }

  @Test
  void requests_ofTwoForOneShop_runOneAfterAnother() throws Exception {
    var other = tokens(shop.app.secret(), Duration.ofMillis(50));
    var asked = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var threads = Executors.newSingleThreadExecutor();
    shop.shopify.faults(
        call -> {
          asked.countDown();
          await(go);
          return Optional.empty();
        });
    try (other) {
      var first = threads.submit(() -> tokens.clientCredentials());
      await(asked);

      assertThatExceptionOfType(ShopifyException.class)
          .isThrownBy(other::clientCredentials)
          .withMessageContaining("another request for a token runs");
      assertThat(shop.calls()).isEqualTo(1);

      go.countDown();
      assertThat(first.get(10, TimeUnit.SECONDS).accessToken()).isNotNull();
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private ShopifyTokens tokens(Secret secret) {
    return tokens(secret, Duration.ofSeconds(15));
  }

  private ShopifyTokens tokens(Secret secret, Duration limit) {
    return ShopifyTokens.builder()
        .shop(ShopDomain.of(shop.shopify.domain()))
        .client(shop.app.clientId(), secret)
        .baseUrl(shop.shopify.address().toString())
        .time(shop.time.time())
        .guard(shop.guard)
        .callTimeout(limit)
        .build();
  }

  private boolean works(Secret token) {
    try (var client = shop.guard.client(ShopDomain.of(shop.shopify.domain()), token)) {
      return !client.call(ShopDocuments.PING, Map.of()).data().isEmpty();
    }
  }
}
