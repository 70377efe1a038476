package com.hotdash.ops.shopify;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.runbook.AccessCheck;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopReader;
import com.hotdash.ops.shop.ShopScopes;
import com.hotdash.ops.shop.ShopTrouble;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;

/** Tells what a shop's token is good for. Only reads. */
final class ShopifyAccess {
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private ShopifyAccess() {}

  static AccessCheck check(String credential, ShopReader shop, Time time) {
    try (var look = shop.look(time.deadline(WITHIN))) {
      var answer = look.answer();
      if (answer instanceof Reading.Unread<ShopAnswer> unread) {
        return unknown(credential, unread.notChecked());
      }
      var said = answer.toOptional().orElseThrow();
      if (said.trouble() == ShopTrouble.UNAUTHORIZED) {
        return new AccessCheck(
            credential, List.of(), List.of(said.toString()), List.of(said.nextStep()));
      }
      if (said.trouble() != ShopTrouble.NONE) {
        return AccessCheck.unknown(credential, said.toString(), said.nextStep());
      }
      return scopes(credential, shop, look.scopes());
    }
  }

  private static AccessCheck scopes(
      String credential, ShopReader shop, Reading<ShopScopes> scopes) {
    var works = "calls to " + shop.identity().identity();
    if (scopes instanceof Reading.Unread<ShopScopes> unread) {
      var gap = unread.notChecked();
      return new AccessCheck(
          credential,
          List.of(works),
          List.of(),
          List.of(gap.what() + ": " + gap.detail()),
          List.of(gap.remedy()));
    }
    var missing = scopes.toOptional().orElseThrow().missing().stream().toList();
    return new AccessCheck(
        credential,
        List.of(works),
        missing,
        missing.isEmpty()
            ? List.of()
            : List.of("grant them to the app, and let the merchant accept it"));
  }

  private static AccessCheck unknown(String credential, NotChecked gap) {
    return AccessCheck.unknown(credential, gap.what() + ": " + gap.detail(), gap.remedy());
  }
}
