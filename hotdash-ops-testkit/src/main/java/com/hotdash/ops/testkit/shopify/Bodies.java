package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.testkit.web.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shopify's refusals to the letter, from live replies and its reference pages (the samples beside
 * the specification). What was made up for want of a sample says so.
 */
final class Bodies {
  private static final String LIMITS = "https://shopify.dev/api/usage/rate-limits";

  private Bodies() {}

  static Map<String, @Nullable Object> throttled(Object cost) {
    var error =
        Json.of(
            "message",
            "Throttled",
            "extensions",
            Json.of("code", "THROTTLED", "documentation", LIMITS));
    return Json.of("errors", List.of(error), "extensions", Json.of("cost", cost));
  }

  static Map<String, @Nullable Object> maxCostExceeded(int cost) {
    var message =
        "Query cost is "
            + cost
            + ", which exceeds the single query max cost limit (1000).\n\n"
            + "See https://shopify.dev/docs/api/usage/rate-limits for more information on how the\n"
            + "cost of a query is calculated.\n\n"
            + "To query larger amounts of data with fewer limits, bulk operations should be used"
            + " instead.\nSee https://shopify.dev/docs/api/usage/bulk-operations/queries for usage"
            + " details.\n";
    var extensions =
        Json.of(
            "code",
            "MAX_COST_EXCEEDED",
            "cost",
            cost,
            "maxCost",
            RequestedCost.MOST,
            "documentation",
            LIMITS);
    return Json.of("errors", List.of(Json.of("message", message, "extensions", extensions)));
  }

  static Map<String, @Nullable Object> internalError(String requestId) {
    var message =
        "Internal error. Looks like something went wrong on our end.\nRequest ID: "
            + requestId
            + " (include this in support requests).";
    var extensions = Json.of("code", "INTERNAL_SERVER_ERROR", "requestId", requestId);
    return Json.of("errors", List.of(Json.of("message", message, "extensions", extensions)));
  }

  /** Made up but for its code. */
  static Map<String, @Nullable Object> shopInactive() {
    return coded("Shop is inactive", "SHOP_INACTIVE");
  }

  /** The message alone is known, from public issues. */
  static Map<String, @Nullable Object> timeout() {
    return Json.of("errors", List.of(Json.of("message", "Timeout")));
  }

  /** One error of one root field; the others still have data. */
  static Map<String, @Nullable Object> accessDenied(Asked field, String scope) {
    var access = '`' + scope + "` access scope.";
    return Json.of(
        "message",
        "Access denied for " + field.name + " field. Required access: " + access,
        "path",
        List.of(field.key),
        "extensions",
        Json.of(
            "code",
            "ACCESS_DENIED",
            "documentation",
            "https://shopify.dev/api/usage/access-scopes",
            "requiredAccess",
            access));
  }

  static Map<String, @Nullable Object> coded(String message, @Nullable String code) {
    var error = Json.of("message", message);
    if (code != null) {
      error.put("extensions", Json.of("code", code));
    }
    return Json.of("errors", List.of(error));
  }

  static ShopifyReply http(int status, Object errors) {
    return ShopifyReply.json(status, Json.of("errors", errors));
  }

  static ShopifyReply unauthorized() {
    return http(
        401, "[API] Invalid API key or access token (unrecognized login or wrong password)");
  }

  static ShopifyReply nonExpiring() {
    return http(
        403,
        "[API] Non-expiring access tokens are no longer accepted for the Admin API. Start using"
            + " expiring offline tokens:"
            + " https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/"
            + "offline-access-tokens#expiring-vs-non-expiring-offline-tokens");
  }

  static ShopifyReply notFound() {
    return http(404, "Not Found");
  }

  static ShopifyReply badQuery() {
    return http(400, new TreeMap<>(Map.of("query", "Required parameter missing or invalid")));
  }

  static ShopifyReply tooManyCalls(int leak) {
    // The wait said was the number of calls a second in both replies on record: 4.0 and 2.0.
    return http(
            429,
            "Exceeded "
                + leak
                + " calls per second for api client. Reduce request rates to resume uninterrupted"
                + " service.")
        .with("retry-after", leak + ".0");
  }
}
