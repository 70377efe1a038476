package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.shopify.ShopifyEffect;
import com.hotdash.ops.testkit.shopify.ShopifyFault;
import com.hotdash.ops.testkit.shopify.ShopifyReply;
import com.hotdash.ops.testkit.shopify.ShopifySimulator;
import com.hotdash.ops.testkit.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller is told of a mutation that may have been made, and what is sent again for it. */
class NotTwiceTest {
  private static final String REFUND =
      "mutation { refundCreate(%s) %s { userErrors { message } } }";
  private static final String INPUT = "input: { orderId: \"gid://shopify/Order/1\" }";
  private static final String TWO =
      "mutation { a: tagsAdd(id: \"gid://shopify/Order/1\", tags: [\"x\"]) { userErrors { message }"
          + " } b: tagsAdd(id: \"gid://shopify/Order/2\", tags: [\"x\"]) { userErrors { message } }"
          + " }";

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final ShopifySimulator shop =
      ShopifySimulator.start(time.time(), "hotdash-dev.myshopify.com");
  private final ShopifyGuard guard =
      ShopifyGuard.builder()
          .baseUrl(shop.address().toString())
          .time(time.time())
          .alarm(
              (nanos, task) -> {
                time.advance(Duration.ofNanos(nanos));
                task.run();
                return () -> {};
              })
          .build();
  private final ShopifyClient client =
      guard.client(new ShopDomain(shop.domain()), Secret.of(shop.app().token().reveal()));

  @AfterEach
  void close() {
    client.close();
    guard.close();
    shop.close();
  }

  @ParameterizedTest
  @CsvSource({"'', false", "'@idempotent(key: \"7\")', true"})
  void refund_brokenAllTheTime_mayBeCalledAgainOnlyWithTheCallersOwnKey(String key, boolean again) {
    var refund = String.format(REFUND, INPUT, key);
    shop.fault(4, ShopifyFault.serverError(503, true));

    var refused = refusal(refund, Map.of());

    assertThat(refused.outcomeUnknown()).isTrue();
    assertThat(refused.retryable()).isEqualTo(again);
    if (refused.retryable()) {
      time.advance(Duration.ofMinutes(10)); // the breaker has closed
      client.call(refund, Map.of());
    }
    assertThat(shop.effects()).extracting(ShopifyEffect::name).containsExactly("refundCreate");
  }

  @Test
  void refund_firstTryStillRunsToTheEnd_isUncertainAndNoBusinessError() {
    var running =
        Map.of(
            "refundCreate",
            Map.of("userErrors", List.of(Map.of("code", "IDEMPOTENCY_CONCURRENT_REQUEST"))));
    shop.faults(
        call ->
            java.util.Optional.of(
                ShopifyFault.instead(ShopifyReply.json(200, Json.of("data", running)))));

    var refused = refusal(String.format(REFUND, INPUT, ""), Map.of());

    assertThat(refused.outcomeUnknown()).isTrue();
    assertThat(refused.retryable()).isFalse();
    assertThat(refused).hasMessageContaining("still works on an earlier try");
    assertThat(shop.site().requests()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    // What came of the first field; the codes of errors; how often it is sent; whether uncertain.
    "made, TOO_MANY_PARALLEL_REQUESTS_FOR_THIS_PRODUCT, 1, true",
    "'', TOO_MANY_PARALLEL_REQUESTS_FOR_THIS_PRODUCT, 4, false",
    "'', TOO_MANY_PARALLEL_REQUESTS_FOR_THIS_PRODUCT INTERNAL_SERVER_ERROR, 1, true",
    "made, ACCESS_DENIED, 1, true",
    "'', ACCESS_DENIED, 1, false",
    "'', ACCESS_DENIED INTERNAL_SERVER_ERROR, 1, true",
    "'', ACCESS_DENIED SOMETHING_NEW, 1, true",
    "made, THROTTLED, 1, true"
  })
  void mutation_ofSeveralFields_isSentAgainOnlyIfNoneWasMade(
      String first, String codes, int sent, boolean uncertain) {
    var data = new HashMap<String, Object>();
    data.put("a", first.isEmpty() ? null : Map.of("userErrors", List.of()));
    data.put("b", null);
    var errors =
        List.of(codes.split(" ")).stream()
            .map(code -> Map.of("message", "no", "extensions", Map.of("code", code)))
            .toList();
    var reply = ShopifyReply.json(200, Json.of("data", data, "errors", errors));
    shop.faults(call -> java.util.Optional.of(ShopifyFault.instead(reply)));

    var refused = refusal(TWO, Map.of());

    assertThat(shop.site().requests()).hasSize(sent);
    assertThat(refused.outcomeUnknown()).isEqualTo(uncertain);
    assertThat(refused.retryable() && uncertain).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"'', 1", "'   ', 1", "seven, 2"})
  void mutation_keyInAVariable_isOneOnlyIfItHasAValue(String key, int sent) {
    var charge =
        "mutation C($key: String) { appUsageRecordCreate(description: \"d\", idempotencyKey: $key,"
            + " price: { amount: 1, currencyCode: USD }, subscriptionLineItemId:"
            + " \"gid://shopify/AppSubscriptionLineItem/1\") { userErrors { message } } }";
    shop.fault(1, ShopifyFault.resetBefore());

    try {
      client.call(charge, key.isEmpty() ? Map.of() : Map.of("key", key));
    } catch (OpsException e) {
      assertThat(e.outcomeUnknown()).isTrue();
      assertThat(e.retryable()).isFalse();
    }

    assertThat(shop.site().requests()).hasSize(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"🎉🎉🎉 sorry", "𠮷野家 𠮷", "first\\nsecond", "plain"})
  void refund_whateverTheNoteSays_getsItsKeyAtTheRightPlace(String note) {
    var input = INPUT.replace(" }", ", note: \"" + note + "\" }");

    client.call(String.format(REFUND, input, ""), Map.of());

    assertThat(shop.effects()).hasSize(1);
  }

  @Test
  void mutation_ofManyTokens_isReadAndNotTakenForRepeatable() {
    var long20000 =
        "mutation { tagsAdd(id: \"gid://shopify/Order/1\", tags: ["
            + "\"a\" ".repeat(20_000)
            + "]) { userErrors { message } } }";

    assertThat(IdempotencyKeys.repeatable(long20000, null, Map.of())).isFalse();
    assertThat(new CostPredictor(CostTables.load()).predict(long20000, null, Map.of()).requested())
        .isEqualTo(10);
  }

  private OpsException refusal(String document, Map<String, ?> variables) {
    return catchThrowableOfType(OpsException.class, () -> client.call(document, variables));
  }
}
