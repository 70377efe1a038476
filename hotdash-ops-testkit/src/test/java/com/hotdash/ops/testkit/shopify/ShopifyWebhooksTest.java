package com.hotdash.ops.testkit.shopify;

import static com.hotdash.ops.testkit.shopify.ShopifyFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.hotdash.ops.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShopifyWebhooksTest {
  private static final String CREATE =
      "mutation C($topic: WebhookSubscriptionTopic!, $in: WebhookSubscriptionInput!) {"
          + " webhookSubscriptionCreate(topic: $topic, webhookSubscription: $in) {"
          + " webhookSubscription { id topic uri } userErrors { field message } } }";

  private final ShopifyFixture shop = new ShopifyFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  private JsonNode create(String topic, String uri) {
    var variables = Map.<String, Object>of("topic", topic, "in", Map.of("uri", uri));
    return json(shop.reply(CREATE, variables)).at("/data/webhookSubscriptionCreate");
  }

  private JsonNode list() {
    return shop.ask("{ webhookSubscriptions(first: 50) { nodes { id topic uri } } }")
        .at("/data/webhookSubscriptions/nodes");
  }

  private static String hmac(Secret secret, byte[] body) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return Base64.getEncoder().encodeToString(mac.doFinal(body));
  }

  @Test
  void subscription_created_isListedAndDeleted() {
    var made = create("ORDERS_CREATE", "https://hotdash.example/hooks");
    var id = made.at("/webhookSubscription/id").asText();

    assertThat(list()).hasSize(1);
    assertThat(list().at("/0")).isEqualTo(made.get("webhookSubscription"));
    assertThat(create("ORDERS_CREATE", "https://hotdash.example/hooks").get("userErrors"))
        .hasSize(1);
    assertThat(create("ORDERS_CREATE", " ").get("userErrors")).hasSize(1);
    shop.ask(
        "mutation { webhookSubscriptionDelete(id: \"" + id + "\") { userErrors { message } } }");

    assertThat(list()).isEmpty();
  }

  @Test
  void delivery_body_isSignedInBothHeaderFamilies() throws GeneralSecurityException {
    create("ORDERS_CREATE", "https://hotdash.example/hooks");
    create("APP_SCOPES_UPDATE", "https://hotdash.example/scopes");

    var hook = shop.app.emit("ORDERS_CREATE", "{\"id\":1,\"name\":\"Ä\"}").get(0);

    assertThat(hook.headers())
        .containsEntry("X-Shopify-Topic", "orders/create")
        .containsEntry("X-Shopify-Hmac-Sha256", hmac(shop.app.secret(), hook.bytes()))
        .containsEntry("X-Shopify-Shop-Domain", "hotdash-dev.myshopify.com")
        .containsKeys("X-Shopify-Webhook-Id", "X-Shopify-Event-Id", "X-Shopify-Triggered-At");
    assertThat(hook.asEvent().headers())
        .containsEntry("shopify-hmac-sha256", hmac(shop.app.secret(), hook.bytes()))
        .containsEntry("shopify-topic", "orders/create");
    assertThat(shop.app.emit("APP_SCOPES_UPDATE", "{}").get(0).headers())
        .containsEntry("X-Shopify-Topic", "app/scopes_update");
  }

  @Test
  void delivery_ofTwoSubscriptions_shareTheEventOnly() {
    create("ORDERS_CREATE", "https://hotdash.example/a");
    create("ORDERS_CREATE", "https://hotdash.example/b");

    var hooks = shop.app.emit("ORDERS_CREATE", "{}");

    assertThat(hooks.stream().map(h -> h.headers().get("X-Shopify-Event-Id")).distinct())
        .hasSize(1);
    assertThat(hooks.stream().map(h -> h.headers().get("X-Shopify-Webhook-Id")).distinct())
        .hasSize(2);
  }

  @Test
  void rotation_oldestUnrevokedSecret_signsForAnHourAfterItsEnd() throws GeneralSecurityException {
    create("ORDERS_CREATE", "https://hotdash.example/hooks");
    var older = shop.app.secret();
    var newer = shop.app.addSecret();

    assertThat(signature()).isEqualTo(hmac(older, "{}".getBytes(StandardCharsets.UTF_8)));
    shop.app.revokeSecret(older);
    shop.pass(Duration.ofMinutes(59));
    assertThat(signature()).isEqualTo(hmac(older, "{}".getBytes(StandardCharsets.UTF_8)));
    shop.pass(Duration.ofMinutes(1));

    assertThat(signature()).isEqualTo(hmac(newer, "{}".getBytes(StandardCharsets.UTF_8)));
  }

  private String signature() {
    return String.valueOf(
        shop.app.emit("ORDERS_CREATE", "{}").get(0).headers().get("X-Shopify-Hmac-Sha256"));
  }

  @Test
  void deliveries_eightFailuresInARow_deleteTheSubscription() {
    create("ORDERS_CREATE", "https://hotdash.example/hooks");
    var hook = shop.app.emit("ORDERS_CREATE", "{}").get(0);
    for (int i = 0; i < 7; i++) {
      shop.app.delivered(hook, 302);
    }
    shop.app.delivered(hook, 204);
    for (int i = 0; i < 7; i++) {
      shop.app.delivered(hook, 500);
    }
    assertThat(list()).hasSize(1);

    shop.app.delivered(hook, 0);

    assertThat(list()).isEmpty();
    assertThat(shop.app.emit("ORDERS_CREATE", "{}")).isEmpty();
  }
}
