package com.hotdash.ops.testkit.shopify;

import static com.hotdash.ops.testkit.shopify.ShopifyFixture.ORDERS;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.code;
import static com.hotdash.ops.testkit.shopify.ShopifyFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShopifyAccessTest {
  private final ShopifyFixture shop = new ShopifyFixture();

  @AfterEach
  void close() {
    shop.close();
  }

  private int status() {
    return shop.reply(ORDERS, Map.of()).status();
  }

  private ShopifyReply grant(Secret secret, String more) {
    var body =
        "client_id=" + shop.app.clientId() + "&client_secret=" + secret.reveal() + '&' + more;
    return shop.post("/admin/oauth/access_token", body);
  }

  private ShopifyReply refresh(String token) {
    return grant(shop.app.secret(), "grant_type=refresh_token&refresh_token=" + token);
  }

  private static Secret access(JsonNode body) {
    return Secret.of(body.get("access_token").asText());
  }

  @Test
  void bearer_alone_is401() {
    var call = shop.graphql(ORDERS, Map.of(), "authorization", "Bearer " + shop.token.reveal());
    var headers = new HashMap<>(call.headers());
    headers.remove("x-shopify-access-token");
    var alone = new Call(call.method(), call.path(), call.rawQuery(), headers, call.body());

    assertThat(shop.shopify.begin(alone).end().status()).isEqualTo(401);
    assertThat(shop.shopify.begin(call).end().status()).isEqualTo(200);
  }

  @Test
  void scope_missing_leavesTheOtherRootFields() {
    shop.token = shop.app.token("write_products");

    var body =
        shop.ask("{ orders(first: 1) { nodes { id } } products(first: 1) { nodes { id } } }");

    assertThat(code(body)).isEqualTo("ACCESS_DENIED");
    assertThat(body.at("/data/orders").isNull()).isTrue();
    assertThat(body.at("/data/products/nodes")).hasSize(1);
    assertThat(
            shop.ask("{ currentAppInstallation { accessScopes { handle } } }")
                .at("/data")
                .toString())
        .contains("write_products")
        .doesNotContain("orders");
  }

  @Test
  void nonExpiringToken_from2027_is403WithItsText() {
    shop.token = shop.app.nonExpiringToken();
    assertThat(status()).isEqualTo(200);

    shop.pass(Duration.between(shop.time.now(), Instant.parse("2027-01-01T00:00:00Z")));

    var refused = shop.reply(ORDERS, Map.of());
    assertThat(refused.status()).isEqualTo(403);
    assertThat(json(refused))
        .isEqualTo(
            json(
                "{\"errors\":"
                    + ShopifyFixture.sample("http-errors.json").at("/1/body/errors")
                    + "}"));
  }

  @Test
  void clientCredentials_grant_livesADay() {
    var grant = grant(shop.app.secret(), "grant_type=client_credentials");
    assertThat(json(grant).get("expires_in").asInt()).isEqualTo(86_399);
    assertThat(json(grant).has("refresh_token")).isFalse();
    shop.token = access(json(grant));

    shop.pass(Duration.ofSeconds(86_398));
    assertThat(status()).isEqualTo(200);
    shop.pass(Duration.ofSeconds(1));

    assertThat(status()).isEqualTo(401);
  }

  @Test
  void clientCredentials_asJsonAndWithAWrongSecret_areTakenAndRefused() {
    var body =
        Json.write(
            Json.of(
                "grant_type", "client_credentials",
                "client_id", shop.app.clientId(),
                "client_secret", shop.app.secret().reveal()));

    assertThat(shop.post("/admin/oauth/access_token", body).status()).isEqualTo(200);
    assertThat(grant(Secret.of("wrong"), "grant_type=client_credentials").status()).isEqualTo(400);
  }

  @Test
  void refresh_lostReply_canBeAskedForAgainUntilTheNewerOneIsUsed() {
    var first = shop.app.install();
    var lost = json(refresh(first.refreshToken().reveal()));
    shop.pass(Duration.ofDays(29));

    var again = json(refresh(first.refreshToken().reveal()));
    assertThat(again.get("expires_in").asInt()).isEqualTo(3_600);
    assertThat(again.get("refresh_token_expires_in").asInt()).isEqualTo(7_776_000);
    assertThat(refresh(lost.get("refresh_token").asText()).status()).as("retired").isEqualTo(401);
    assertThat(refresh(again.get("refresh_token").asText()).status()).isEqualTo(200);

    assertThat(refresh(first.refreshToken().reveal()).status()).isEqualTo(401);
  }

  @Test
  void refresh_30DaysAfterFirstUseOr90DaysAfterIssue_isOver() {
    var used = shop.app.install();
    refresh(used.refreshToken().reveal());
    shop.pass(Duration.ofDays(30));
    assertThat(refresh(used.refreshToken().reveal()).status()).isEqualTo(401);

    var unused = shop.app.install();
    shop.pass(Duration.ofDays(90));
    shop.shopify.refreshRefusal(400);
    var refused = refresh(unused.refreshToken().reveal());

    assertThat(refused.status()).isEqualTo(400);
    assertThat(json(refused).get("error").asText()).isEqualTo("invalid_grant");
  }

  @Test
  void refresh_afterANewAcquisition_isOverButTheAccessTokenLivesOutItsHour() {
    var old = shop.app.install();
    grant(shop.app.secret(), "grant_type=client_credentials");

    assertThat(refresh(old.refreshToken().reveal()).status()).isEqualTo(401);
    shop.token = old.accessToken();
    assertThat(status()).isEqualTo(200);
    shop.pass(Duration.ofHours(1));
    assertThat(status()).isEqualTo(401);
  }

  @Test
  void revokedSecret_killsTheTokensItMinted() {
    var before = shop.app.secret();
    var pinned = access(json(grant(before, "grant_type=client_credentials")));
    var newer = shop.app.addSecret();
    var moved = access(json(grant(newer, "grant_type=client_credentials")));

    shop.app.revokeSecret(before);

    shop.token = pinned;
    assertThat(status()).isEqualTo(401);
    shop.token = moved;
    assertThat(status()).isEqualTo(200);
    assertThat(grant(before, "grant_type=client_credentials").status()).isEqualTo(400);
    assertThatThrownBy(() -> shop.app.revokeSecret(newer)).hasMessageContaining("one secret");
  }

  @Test
  void revokedToken_is401() {
    shop.app.revokeToken(shop.token);

    assertThat(status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10, 2026-10",
    "2026-01, 2026-01",
    "2027-01, 2027-01",
    "unstable, unstable",
    "2025-10, 2026-01",
    "2020-01, 2026-01",
    "2026-9, 404",
    "2026-05, 404",
    "2027-04, 404"
  })
  void version_asked_isServedOrFallsForward(String asked, String served) {
    var reply = shop.get("/admin/api/" + asked + "/shop.json");

    assertThat(reply.status() == 404 ? "404" : reply.headers().get("x-shopify-api-version"))
        .isEqualTo(served);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-10-16T14:59:59Z, 2025-10",
    "2026-10-16T15:00:00Z, 2026-01",
    "2027-04-16T14:59:59Z, 2026-04",
    "2027-04-16T15:00:00Z, 2026-07"
  })
  void version_atItsEnd_fallsForward(Instant now, String served) {
    try (var then = new ShopifyFixture(now)) {
      var reply = then.get("/admin/api/2025-10/shop.json");

      assertThat(reply.headers()).containsEntry("x-shopify-api-version", served);
    }
  }

  @Test
  void unversionedPath_scopes_areServedByTheOldest() {
    var reply = shop.get("/admin/oauth/access_scopes.json");

    assertThat(Objects.requireNonNull(json(reply).get("access_scopes"))).isNotEmpty();
    assertThat(reply.headers()).containsEntry("x-shopify-api-version", "2026-01");
    assertThat(shop.get("/admin/api/api_versions.json").status()).isEqualTo(404);
  }

  @Test
  void deprecatedField_asked_isNamedInAHeader() {
    shop.shopify.deprecate("callbackUrl");

    var reply =
        shop.reply("{ webhookSubscriptions(first: 1) { nodes { callbackUrl } } }", Map.of());

    assertThat(reply.headers()).containsEntry("x-shopify-api-deprecated-reason", "callbackUrl");
    assertThat(shop.reply(ORDERS, Map.of()).headers())
        .doesNotContainKey("x-shopify-api-deprecated-reason");
  }

  @Test
  void nothing_printed_holdsAToken() {
    var reply = grant(shop.app.secret(), "grant_type=client_credentials");

    assertThat(shop.shopify + " " + shop.app + " " + reply + " " + shop.app.install())
        .doesNotContain("shpat_")
        .doesNotContain("shpss_")
        .doesNotContain("shprt_");
  }
}
