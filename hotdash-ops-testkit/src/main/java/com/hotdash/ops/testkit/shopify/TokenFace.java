package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code POST /admin/oauth/access_token}: client credentials and refresh, as form or as JSON. */
final class TokenFace {
  private final World world;

  TokenFace(World world) {
    this.world = world;
  }

  ShopifyReply answer(Call call) {
    var sent = members(call);
    var app =
        world.apps.stream()
            .filter(a -> a.clientId().equals(sent.get("client_id")))
            .findFirst()
            .orElse(null);
    var secret = app == null ? null : app.secrets.find(secret(sent.get("client_secret")));
    if (app == null || secret == null) {
      return refused(400, "invalid_client");
    }
    var grant = Objects.requireNonNullElse(sent.get("grant_type"), "");
    if (grant.equals("client_credentials")) {
      var token = app.tokens.forADay(app.granted, secret, world.now());
      return ShopifyReply.json(
          200,
          Json.of(
              "access_token", token.reveal(),
              "scope", scope(app.granted),
              "expires_in", AppTokens.DAY.toSeconds()));
    }
    if (!grant.equals("refresh_token")) {
      return refused(400, "unsupported_grant_type");
    }
    var presented = secret(sent.get("refresh_token"));
    var pair = presented == null ? null : app.tokens.refreshed(presented, secret, world.now());
    if (pair == null) {
      // The documents say 401; 400 with invalid_grant was reported.
      return refused(world.refreshRefusal, "invalid_grant");
    }
    return ShopifyReply.json(
        200,
        Json.of(
            "access_token", pair.accessToken().reveal(),
            "expires_in", AppTokens.HOUR.toSeconds(),
            "refresh_token", pair.refreshToken().reveal(),
            "refresh_token_expires_in", AppTokens.REFRESH_LIFE.toSeconds(),
            "scope", scope(app.granted)));
  }

  private String scope(Set<String> granted) {
    var names = granted.isEmpty() ? new TreeSet<>(world.scopes.values()) : granted;
    return String.join(",", names);
  }

  private static ShopifyReply refused(int status, String error) {
    return ShopifyReply.json(status, Json.of("error", error));
  }

  private static @Nullable Secret secret(@Nullable String text) {
    return text == null || text.isEmpty() ? null : Secret.of(text);
  }

  private static Map<String, @Nullable String> members(Call call) {
    var found = new HashMap<String, @Nullable String>();
    var json = Json.object(call.body());
    if (json != null) {
      json.forEach((name, value) -> found.put(name, value instanceof String text ? text : null));
      return found;
    }
    for (String pair : call.body().split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        found.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return found;
  }
}
