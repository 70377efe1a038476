package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.shopify.ShopifyWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookVerifierTest {
  private static final String PAYLOAD = "{\"id\":4711,\"note\":\"größer\"}";

  private final ShopFixture shop = new ShopFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  /** Computed with openssl: {@code printf %s hello | openssl dgst -sha256 -hmac hush -binary}. */
  @Test
  void verify_signatureOfAnotherTool_isTheSame() {
    var headers = Map.of("X-Shopify-Hmac-Sha256", "zvT9tMFR8adPsBeM6dkn8QqflvWemcuCShl3MgGBDKI=");

    assertThat(WebhookVerifier.of(Secret.of("hush")).verify(headers, bytes("hello"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void verify_bothFamiliesOfHeaders_tellWhatItIs(boolean event) {
    var webhook = event ? delivery().asEvent() : delivery();

    var delivery =
        WebhookVerifier.of(shop.app.secret())
            .verify(webhook.headers(), webhook.bytes())
            .orElseThrow();

    assertThat(delivery.topic()).isEqualTo("orders/create");
    assertThat(delivery.shop()).isEqualTo("hotdash-dev.myshopify.com");
    assertThat(delivery.webhookId()).isNotNull().isNotEqualTo(delivery.eventId());
    assertThat(delivery.triggeredAt()).isEqualTo(shop.time.now());
    assertThat(delivery.signedBy()).isZero();
  }

  @Test
  void verify_headerNamesInAnyCase_areFound() {
    var webhook = delivery();
    var headers = new HashMap<String, String>();
    webhook.headers().forEach((name, value) -> headers.put(name.toUpperCase(Locale.ROOT), value));

    assertThat(WebhookVerifier.of(shop.app.secret()).verify(headers, webhook.bytes())).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"body", "other secret", "none", "empty", "no base64", "cut", "two", "families"})
  void verify_anythingElse_isNotGenuine(String what) {
    var webhook = delivery();
    var headers = new HashMap<>(webhook.headers());
    var body = webhook.bytes();
    var secret = shop.app.secret();
    var signature = headers.getOrDefault("X-Shopify-Hmac-Sha256", "");
    switch (what) {
      // The same JSON, written otherwise: the bytes count.
      case "body" -> body = bytes(PAYLOAD.replace(":4711", ": 4711"));
      case "other secret" -> secret = Secret.of("shpss_another");
      case "none" -> headers.remove("X-Shopify-Hmac-Sha256");
      case "empty" -> headers.put("X-Shopify-Hmac-Sha256", "");
      case "no base64" -> headers.put("X-Shopify-Hmac-Sha256", "%%%");
      case "cut" -> headers.put("X-Shopify-Hmac-Sha256", signature.substring(0, 40));
      case "two" -> headers.put("x-shopify-hmac-sha256", signature.toLowerCase(Locale.ROOT));
      default -> headers.put("shopify-hmac-sha256", signature);
    }

    assertThat(WebhookVerifier.of(secret).verify(headers, body)).isEmpty();
  }

  /** shopify.md, section 8: the oldest unrevoked signs, and a revoked one for another hour. */
  @Test
  void verify_duringARotation_acceptsBothAndTellsWhichSigned() {
    var old = shop.app.secret();
    var fresh = shop.app.addSecret();
    var verifier = WebhookVerifier.of(fresh, old);

    assertThat(signedBy(verifier)).isEqualTo(1);
    shop.app.revokeSecret(old);
    assertThat(signedBy(verifier)).isEqualTo(1);
    shop.time.advance(Duration.ofMinutes(61));
    assertThat(signedBy(verifier)).isZero();
  }

  @Test
  void of_noSecret_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(WebhookVerifier::of);
  }

  private int signedBy(WebhookVerifier verifier) {
    var webhook = delivery();
    return verifier.verify(webhook.headers(), webhook.bytes()).orElseThrow().signedBy();
  }

  private ShopifyWebhook delivery() {
    if (shop.app.emit("ORDERS_CREATE", PAYLOAD).isEmpty()) {
      try (var client = shop.client()) {
        shop.subscribe(client, ShopFixture.ORDERS);
      }
    }
    return shop.app.emit("ORDERS_CREATE", PAYLOAD).get(0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
