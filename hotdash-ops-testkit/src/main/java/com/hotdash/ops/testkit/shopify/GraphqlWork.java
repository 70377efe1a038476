package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.testkit.shopify.IdempotencyMemory.Turn;
import com.hotdash.ops.testkit.web.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one document that was let in reads and changes. Made at its arrival, carried out at its end.
 */
final class GraphqlWork {
  private final World world;
  private final ShopifyApp app;
  private final AppTokens.Access token;
  private final AskedDocument document;
  private final Map<Asked, Turn> turns = new HashMap<>();

  GraphqlWork(World world, ShopifyApp app, AppTokens.Access token, AskedDocument document) {
    this.world = world;
    this.app = app;
    this.token = token;
    this.document = document;
    if (document.mutation()) {
      for (var field : document.rootFields()) {
        if (field.idempotencyKey != null && ShopifyApp.allows(token, scope(field))) {
          turns.put(field, app.memory.begin(field, field.idempotencyKey, world.now()));
        }
      }
    }
  }

  /** Returns {@code data}, and {@code errors} if there are any. */
  Map<String, @Nullable Object> carryOut(Made made) {
    var data = new LinkedHashMap<String, @Nullable Object>();
    var errors = new ArrayList<Object>();
    for (var field : document.rootFields()) {
      var scope = scope(field);
      if (!ShopifyApp.allows(token, scope)) {
        errors.add(Bodies.accessDenied(field, String.valueOf(scope)));
        data.put(field.key, null);
      } else {
        data.put(field.key, document.mutation() ? changed(field, made) : read(field, made));
      }
    }
    var body = Json.of("data", data);
    if (!errors.isEmpty()) {
      body.put("errors", errors);
    }
    return body;
  }

  private @Nullable String scope(Asked field) {
    return world.scopes.get(field.name);
  }

  private @Nullable Object read(Asked field, Made made) {
    Object known =
        switch (field.name) {
          case "shop" -> Made.shop(world.domain);
          case "publicApiVersions" -> Versions.listed(world.now());
          case "currentAppInstallation" -> Json.of("accessScopes", scopes());
          case "webhookSubscriptions" ->
              app.subscriptions.list(
                  field.arguments.get("topics") instanceof List<?> topics ? topics : List.of());
          default -> null;
        };
    return made.value(field, known, 1);
  }

  private List<Object> scopes() {
    var names = token.scopes().isEmpty() ? world.scopes.values() : token.scopes();
    var found = new ArrayList<Object>();
    names.stream().distinct().sorted().forEach(name -> found.add(Json.of("handle", name)));
    return found;
  }

  private @Nullable Object changed(Asked field, Made made) {
    var turn = turns.getOrDefault(field, Turn.FIRST);
    if (turn == Turn.MISMATCH) {
      return refused(field, made, "IDEMPOTENCY_KEY_PARAMETER_MISMATCH");
    }
    if (turn == Turn.CONCURRENT) {
      return refused(field, made, "IDEMPOTENCY_CONCURRENT_REQUEST");
    }
    if (turn == Turn.FAILED) {
      return refused(field, made, "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED");
    }
    var known = new LinkedHashMap<String, @Nullable Object>();
    field.everything().stream()
        .filter(GraphqlWork::userErrors)
        .forEach(child -> known.put(child.name, List.of()));
    if (turn == Turn.FIRST) {
      var objection = WebhookChanges.carryOut(app.subscriptions, field, known);
      if (objection != null) {
        if (field.idempotencyKey != null) {
          app.memory.failed(field.idempotencyKey);
        }
        return payload(field, made, objection, null);
      }
      world.effect(field.name, field.arguments, field.idempotencyKey);
      if (field.idempotencyKey != null) {
        app.memory.done(field.idempotencyKey);
      }
    }
    return made.value(field, known, 1);
  }

  private static Object refused(Asked field, Made made, String code) {
    return payload(
        field, made, "The idempotency key cannot be used for this request: " + code, code);
  }

  /** Such as {@code userErrors}, or {@code locationActivateUserErrors}. */
  private static boolean userErrors(Asked field) {
    return field.name.equals("userErrors") || field.name.endsWith("UserErrors");
  }

  /** A payload with an error of the business, and nothing else. */
  private static Object payload(Asked field, Made made, String message, @Nullable String code) {
    var error = Json.of("field", null, "message", message, "code", code);
    var shaped = new LinkedHashMap<String, @Nullable Object>();
    for (var child : field.everything()) {
      shaped.put(child.key, userErrors(child) ? made.value(child, List.of(error), 1) : null);
    }
    return shaped;
  }
}
