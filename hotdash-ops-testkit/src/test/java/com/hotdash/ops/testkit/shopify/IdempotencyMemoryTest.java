package com.hotdash.ops.testkit.shopify;

import static com.hotdash.ops.testkit.shopify.ShopifyFixture.code;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdempotencyMemoryTest {
  private final ShopifyFixture shop = new ShopifyFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  private static String activate(String key, int location) {
    return "mutation { locationActivate(locationId: \"gid://shopify/Location/"
        + location
        + "\") @idempotent(key: \""
        + key
        + "\") { location { id } locationActivateUserErrors { field message code } } }";
  }

  private String userError(String document) {
    var body = shop.ask(document);
    assertThat(body.has("errors")).isFalse();
    return body.at("/data/locationActivate/locationActivateUserErrors/0/code").asText();
  }

  @Test
  void sameKey_again_answersWithoutASecondEffect() {
    assertThat(userError(activate("k1", 1))).isEmpty();
    var again = shop.ask(activate("k1", 1));

    assertThat(again.at("/data/locationActivate/location/id").asText()).isNotBlank();
    assertThat(shop.shopify.effects()).hasSize(1);
    assertThat(shop.shopify.effects().get(0).idempotencyKey()).isEqualTo("k1");
  }

  @Test
  void sameKey_afterALostReply_hasOneEffect() {
    shop.shopify.fault(1, ShopifyFault.resetAfter());
    assertThat(shop.reply(activate("k1", 1), Map.of()).status()).isZero();

    assertThat(userError(activate("k1", 1))).isEmpty();

    assertThat(shop.shopify.effects()).hasSize(1);
  }

  @Test
  void sameKey_otherInput_isAMismatch() {
    userError(activate("k1", 1));

    assertThat(userError(activate("k1", 2))).isEqualTo("IDEMPOTENCY_KEY_PARAMETER_MISMATCH");
    assertThat(shop.shopify.effects()).hasSize(1);
  }

  @Test
  void sameKey_whileTheFirstRuns_isConcurrent() {
    shop.shopify.latency(() -> Duration.ofSeconds(1));
    var first = shop.begin(activate("k1", 1));

    assertThat(userError(activate("k1", 1))).isEqualTo("IDEMPOTENCY_CONCURRENT_REQUEST");
    first.end();

    assertThat(shop.shopify.effects()).hasSize(1);
  }

  @Test
  void sameKey_after24Hours_isANewOperation() {
    userError(activate("k1", 1));
    shop.pass(Duration.ofHours(24).minusSeconds(1));
    userError(activate("k1", 1));
    assertThat(shop.shopify.effects()).hasSize(1);

    shop.pass(Duration.ofSeconds(1));
    userError(activate("k1", 1));

    assertThat(shop.shopify.effects()).hasSize(2);
  }

  @Test
  void sameKey_firstEndedWithAnErrorOfTheBusiness_saysThatItFailed() {
    var document =
        "mutation { webhookSubscriptionDelete(id: \"gid://shopify/WebhookSubscription/404\")"
            + " @idempotent(key: \"w1\") { userErrors { message } } }";

    assertThat(shop.ask(document).toString()).contains("does not exist");
    assertThat(shop.ask(document).toString()).contains("IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED");
    assertThat(shop.shopify.effects()).isEmpty();
  }

  @Test
  void withoutKey_requiredSince202604_isRefusedAndBeforeItWasNot() {
    var document = "mutation { refundCreate(input: {}) { userErrors { message } } }";
    var body = "{\"query\":\"" + document + "\"}";

    assertThat(code(shop.ask(document))).isEqualTo("BAD_REQUEST");
    assertThat(code(shop.ask(activate(" ", 1)))).isEqualTo("BAD_REQUEST");
    assertThat(json(shop.post("/admin/api/2026-01/graphql.json", body)).has("errors")).isFalse();
    assertThat(shop.shopify.effects()).hasSize(1);
  }
}
