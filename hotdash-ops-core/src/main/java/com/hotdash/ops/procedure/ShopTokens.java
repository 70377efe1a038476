package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Recommendation;
import java.util.List;

/**
 * What to do where the shop's interface refuses a token, said alike by whoever finds it. No call
 * presents the client secret: it buys tokens, and a token dies with the secret that bought it. The
 * key is the app's permanent id (facts on Shopify, section 8).
 */
final class ShopTokens {
  private static final String KEY = "SHOPIFY_API_KEY";
  private static final String SECRET = "SHOPIFY_API_SECRET";

  private ShopTokens() {}

  static Recommendation renew() {
    return Recommendation.advice(
        "shop.new-token",
        "have the application get a new token for each shop, with the " + SECRET + " it has",
        "no call presents the secret: it buys tokens, and those bought with a revoked one are dead",
        "ops.checkAccess()");
  }

  /** Corrects what was changed on the platform, once it is known that this is what is wrong. */
  static Recommendation correct(String changed, String because) {
    return changed.equals(KEY)
        ? SecretValues.from(
            KEY, "put " + KEY + " back: it is the app's permanent id, and not secret", because)
        : SecretValues.from(
            changed,
            "only if no new token is to be had with it: correct "
                + changed
                + "; the one before only if it was neither revoked nor leaked",
            because);
  }

  static List<Contraindication> not() {
    return List.of(
        new Contraindication(
            "shop.set-client-id",
            "do not set another " + KEY,
            "it is the app's permanent id: another one is another app"),
        new Contraindication(
            "shop.rotate-secret",
            "do not rotate " + SECRET + " for this",
            "no call presents it: a new token is the cure, a new secret is for a leak"));
  }
}
