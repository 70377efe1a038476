package com.hotdash.ops.shopify;

import com.hotdash.ops.shopify.ShopifyException.Kind;

/** What an HTTP status other than 2xx means; the text decides where one means several things. */
final class HttpRefusals {
  private HttpRefusals() {}

  /**
   * @param text the message, in lower case
   */
  static Kind kind(int status, String text) {
    return switch (status) {
      case 400, 406, 414, 415, 422, 783 -> Kind.BAD_REQUEST;
      case 401 -> Kind.UNAUTHORIZED;
      case 402 -> Kind.SHOP_FROZEN;
      case 403 -> forbidden(text);
      case 404 -> Kind.NOT_FOUND;
      case 409 -> Kind.CONFLICT;
      case 423 -> Kind.SHOP_LOCKED;
      case 429 -> daily(text) ? Kind.RESOURCE_LIMITED : Kind.REST_LIMITED;
      case 430 -> Kind.REJECTED_AS_ATTACK;
      case 504 -> Kind.TIMED_OUT;
      default ->
          status >= 500
              ? Kind.INTERNAL_ERROR
              : status >= 400 ? Kind.BAD_REQUEST : Kind.NOT_UNDERSTOOD;
    };
  }

  // A token of a retired kind is answered with 403 (shopify.md, sections 1 and 8).
  private static Kind forbidden(String text) {
    if (token(text)) {
      return Kind.UNAUTHORIZED;
    }
    return text.contains("fraud") ? Kind.SHOP_INACTIVE : Kind.ACCESS_DENIED;
  }

  static boolean token(String text) {
    return text.contains("invalid api key or access token")
        || text.contains("access tokens are no longer accepted");
  }

  private static boolean daily(String text) {
    return text.contains("daily") || text.contains("per day") || text.contains("a day");
  }
}
