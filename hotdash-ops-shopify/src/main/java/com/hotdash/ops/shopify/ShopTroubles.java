package com.hotdash.ops.shopify;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.http.HttpUnreachableException;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.shop.ShopTrouble;
import com.hotdash.ops.shopify.ShopifyException.Kind;
import org.jspecify.annotations.Nullable;

/** Turns what a call throws into what the shop has, or into why it could not be read. */
final class ShopTroubles {
  private ShopTroubles() {}

  /** Returns what the shop answered, or {@code null} if it answered nothing. */
  static @Nullable ShopTrouble of(Kind kind) {
    return switch (kind) {
      case NOT_ADMITTED, BREAKER_OPEN -> null; // nothing was sent
      case THROTTLED, REST_LIMITED -> ShopTrouble.THROTTLED;
      case RESOURCE_LIMITED -> ShopTrouble.RESOURCE_LIMITED;
      case UNAUTHORIZED -> ShopTrouble.UNAUTHORIZED;
      case ACCESS_DENIED -> ShopTrouble.NOT_PERMITTED;
      case SHOP_INACTIVE -> ShopTrouble.INACTIVE;
      case SHOP_FROZEN -> ShopTrouble.FROZEN;
      case SHOP_LOCKED -> ShopTrouble.LOCKED;
      case REJECTED_AS_ATTACK -> ShopTrouble.REJECTED;
      case TIMED_OUT -> ShopTrouble.TIMED_OUT;
      case INTERNAL_ERROR, PRODUCT_BUSY -> ShopTrouble.FAILED;
      case NOT_FOUND -> ShopTrouble.NOT_FOUND;
      case MAX_COST_EXCEEDED, BAD_REQUEST, CONFLICT, OTHER, NOT_UNDERSTOOD ->
          ShopTrouble.NOT_UNDERSTOOD;
    };
  }

  static NotChecked notChecked(String what, OpsException e, Redactor redactor) {
    return new NotChecked(
        what,
        why(e),
        redactor.redact(e.problem()),
        redactor.redact(e.nextStep().orElse("try again")));
  }

  private static Why why(OpsException e) {
    if (e instanceof InterruptedOpsException) {
      return Why.CANCELLED;
    }
    if (e instanceof HttpUnreachableException unreachable) {
      return unreachable.kind() == HttpUnreachableException.Kind.TIMED_OUT
          ? Why.TIMED_OUT
          : Why.UNREACHABLE;
    }
    if (e instanceof ShopifyException refused) {
      return switch (refused.kind()) {
        case NOT_ADMITTED -> Why.TIMED_OUT;
        case UNAUTHORIZED, ACCESS_DENIED, NOT_FOUND -> Why.NOT_PERMITTED;
        case NOT_UNDERSTOOD, OTHER, BAD_REQUEST, MAX_COST_EXCEEDED -> Why.NOT_UNDERSTOOD;
        default -> Why.UNREACHABLE;
      };
    }
    return Why.NOT_UNDERSTOOD;
  }
}
