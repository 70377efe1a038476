package com.hotdash.ops.shopify;

import com.hotdash.ops.shopify.ShopifyException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What {@code errors} means in a reply with status 200: an array, or, as of HTTP-level errors, a
 * string or an object.
 */
final class GraphqlErrors {
  private GraphqlErrors() {}

  /** Returns why the reply is no result, or {@code null} if it is one. */
  static @Nullable Kind kind(@Nullable Object errors, Map<String, @Nullable Object> body) {
    if (errors == null || (errors instanceof List<?> list && list.isEmpty())) {
      return body.containsKey("data") || body.containsKey("extensions")
          ? null
          : Kind.NOT_UNDERSTOOD;
    }
    if (!(errors instanceof List<?> list)) {
      return ofText(message(errors));
    }
    // The first that decides what to do: that nothing ran outweighs the rest.
    Kind first = null;
    for (var error : list) {
      var kind = ofOne(error);
      if (kind == Kind.THROTTLED || kind == Kind.MAX_COST_EXCEEDED) {
        return kind;
      }
      first = first == null || first == Kind.OTHER ? kind : first;
    }
    return first;
  }

  /**
   * Whether the document may have been carried out, in whole or in part: something came back, or
   * one of the errors does not prove the contrary.
   */
  static boolean ran(@Nullable Object errors, Map<String, @Nullable Object> body) {
    var data = ReplyJson.map(body.get("data"));
    if (data != null && data.values().stream().anyMatch(Objects::nonNull)) {
      return true;
    }
    if (!(errors instanceof List<?> list)) {
      return Treatment.of(ofText(message(errors))).ran();
    }
    var kinds = list.stream().map(GraphqlErrors::ofOne).toList();
    return !kinds.contains(Kind.THROTTLED)
        && !kinds.contains(Kind.MAX_COST_EXCEEDED)
        && kinds.stream().anyMatch(kind -> Treatment.of(kind).ran());
  }

  private static Kind ofOne(@Nullable Object error) {
    var code = ReplyJson.text(ReplyJson.at(error, "extensions", "code"));
    var message = ReplyJson.text(ReplyJson.at(error, "message"));
    if (code == null) {
      return ofText(message == null ? String.valueOf(error) : message);
    }
    return switch (code) {
      case "THROTTLED" -> Kind.THROTTLED;
      case "MAX_COST_EXCEEDED" -> Kind.MAX_COST_EXCEEDED;
      case "ACCESS_DENIED" -> Kind.ACCESS_DENIED;
      case "SHOP_INACTIVE" -> Kind.SHOP_INACTIVE;
      case "INTERNAL_SERVER_ERROR" -> Kind.INTERNAL_ERROR;
      case "BAD_REQUEST" -> Kind.BAD_REQUEST;
      case "TOO_MANY_PARALLEL_REQUESTS_FOR_THIS_PRODUCT" -> Kind.PRODUCT_BUSY;
      default -> Kind.OTHER;
    };
  }

  private static Kind ofText(String message) {
    var text = message.strip().toLowerCase(Locale.ROOT);
    if (text.equals("throttled")) {
      return Kind.THROTTLED;
    }
    if (text.equals("timeout") || text.equals("timeout.")) {
      return Kind.TIMED_OUT;
    }
    if (HttpRefusals.token(text)) {
      return Kind.UNAUTHORIZED;
    }
    return text.contains("protected customer data") || text.contains("access denied")
        ? Kind.ACCESS_DENIED
        : Kind.OTHER;
  }

  static String message(@Nullable Object errors) {
    if (errors instanceof List<?> list) {
      var messages = new ArrayList<String>();
      for (var error : list) {
        var message = ReplyJson.text(ReplyJson.at(error, "message"));
        messages.add(message == null ? String.valueOf(error) : message);
      }
      return String.join("; ", messages);
    }
    return errors == null ? "" : String.valueOf(errors);
  }

  static @Nullable String requestId(@Nullable Object errors) {
    for (var error : ReplyJson.list(errors)) {
      var id = ReplyJson.text(ReplyJson.at(error, "extensions", "requestId"));
      if (id != null) {
        return id;
      }
    }
    return null;
  }
}
