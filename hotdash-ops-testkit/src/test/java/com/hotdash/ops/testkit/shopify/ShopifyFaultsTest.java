package com.hotdash.ops.testkit.shopify;

import static com.hotdash.ops.testkit.shopify.ShopifyFixture.ORDERS;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.code;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShopifyFaultsTest {
  private static final String CHANGE =
      "mutation { tagsAdd(id: \"1\", tags: [\"a\"]) { node { id } userErrors { message } } }";

  private final ShopifyFixture shop = new ShopifyFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(ShopifyFault.slow(Duration.ofSeconds(2)), 200, true, 2),
        Arguments.of(ShopifyFault.slow(Duration.ofSeconds(12)), 504, true, 10),
        Arguments.of(ShopifyFault.gaveUp(true), 504, true, 10),
        Arguments.of(ShopifyFault.gaveUp(false), 504, false, 10),
        Arguments.of(ShopifyFault.resetBefore(), 0, false, 0),
        Arguments.of(ShopifyFault.resetAfter(), 0, true, 0),
        Arguments.of(ShopifyFault.serverError(503, false), 503, false, 0),
        Arguments.of(ShopifyFault.serverError(502, true), 502, true, 0),
        Arguments.of(ShopifyFault.internalError(true), 200, true, 0),
        Arguments.of(ShopifyFault.timeoutMessage(false), 200, false, 0),
        Arguments.of(ShopifyFault.shopInactive(), 200, false, 0),
        Arguments.of(ShopifyFault.frozen(), 402, false, 0),
        Arguments.of(ShopifyFault.forbidden(), 403, false, 0),
        Arguments.of(ShopifyFault.locked(), 423, false, 0),
        Arguments.of(ShopifyFault.dailyVariantLimit(), 429, false, 0),
        Arguments.of(ShopifyFault.suspicious(), 430, false, 0));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void mutation_fault_isCarriedOutOrNot(
      ShopifyFault fault, int status, boolean executed, int seconds) {
    shop.shopify.fault(1, fault);

    var exchange = shop.begin(CHANGE);
    assertThat(shop.shopify.effects()).isEmpty();
    assertThat(exchange.takes()).isEqualTo(Duration.ofSeconds(seconds));

    assertThat(exchange.end().status()).isEqualTo(status);
    assertThat(shop.shopify.effects()).hasSize(executed ? 1 : 0);
    assertThat(shop.app.available()).isEqualTo(executed ? 1_990 : 2_000);
    assertThat(code(shop.ask(CHANGE))).as("used up").isEmpty();
  }

  @Test
  void burst_ofServerErrors_endsByItself() {
    shop.shopify.fault(3, ShopifyFault.serverError(502, false));
    shop.shopify.fault(1, ShopifyFault.resetBefore());

    for (int status : new int[] {502, 502, 502, 0, 200}) {
      assertThat(shop.reply(ORDERS, Map.of()).status()).isEqualTo(status);
    }
  }

  @Test
  void faults_byFunction_seeTheCall() {
    shop.shopify.faults(
        call ->
            Optional.of(ShopifyFault.resetAfter()).filter(f -> call.body().contains("tagsAdd")));

    assertThat(shop.reply(ORDERS, Map.of()).status()).isEqualTo(200);
    assertThat(shop.reply(CHANGE, Map.of()).status()).isZero();
  }

  @Test
  void faults_thatCannotBe_areRefused() {
    assertThatThrownBy(() -> ShopifyFault.serverError(504, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ShopifyFault.slow(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> shop.shopify.fault(0, ShopifyFault.locked()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void mutation_twice_isTwoEffectsWithItsArguments() {
    shop.ask(CHANGE);
    shop.ask(CHANGE);

    assertThat(shop.shopify.effects())
        .hasSize(2)
        .allSatisfy(
            effect -> {
              assertThat(effect.name()).isEqualTo("tagsAdd");
              assertThat(effect.arguments()).containsEntry("id", "1");
            });
  }

  @Test
  void requestIds_ofTwoCalls_differ() {
    assertThat(shop.reply(ORDERS, Map.of()).headers().get("x-request-id"))
        .isNotBlank()
        .isNotEqualTo(shop.reply(ORDERS, Map.of()).headers().get("x-request-id"));
  }

  @Test
  void userError_isNoError() {
    var body =
        json(
            shop.reply(
                "mutation { webhookSubscriptionDelete(id: \"9\") { deletedWebhookSubscriptionId"
                    + " userErrors { field message } } }",
                Map.of()));

    assertThat(body.has("errors")).isFalse();
    assertThat(body.at("/data/webhookSubscriptionDelete/userErrors/0/message").asText())
        .contains("does not exist");
  }
}
