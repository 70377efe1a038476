package com.hotdash.ops.shopify;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.http.HttpAnswer;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.shopify.ShopifyException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the token endpoint answered to one grant (shopify.md, section 8). */
record TokenAnswer(ShopDomain shop, String operation, HttpAnswer answer) {
  /** No token lives longer, and no date is too far away to be told. */
  private static final double LONGEST_SECONDS = Duration.ofDays(36_500).toSeconds();

  private static final String CHECK_PAIR =
      "check SHOPIFY_API_KEY and SHOPIFY_API_SECRET: they belong together";
  private static final String OPEN_APP = "the merchant has to open the app again";

  boolean given() {
    return answer.status() == 200;
  }

  /**
   * Returns the tokens.
   *
   * @param sent when they were asked for: they live from before the answer came
   */
  ShopifyToken token(Instant sent) {
    var body = ReplyJson.object(answer.bytes());
    var access = body == null ? null : ReplyJson.text(body.get("access_token"));
    if (body == null || access == null || access.isEmpty()) {
      throw exception(
          Kind.NOT_UNDERSTOOD,
          fault("status 200 without an access_token")
              .withNextStep("check that no proxy stands before Shopify, then try again")
              .asOutcomeUnknown());
    }
    var refresh = ReplyJson.text(body.get("refresh_token"));
    return new ShopifyToken(
        Secret.of(access),
        after(sent, ReplyJson.number(body.get("expires_in"))),
        refresh == null || refresh.isEmpty() ? null : Secret.of(refresh),
        after(sent, ReplyJson.number(body.get("refresh_token_expires_in"))),
        scopes(ReplyJson.text(body.get("scope"))));
  }

  /** Whatever it says: the pair that came with it must not be lost over it. */
  private static @Nullable Instant after(Instant sent, @Nullable Double seconds) {
    return seconds == null
        ? null
        : sent.plusSeconds((long) Math.max(0, Math.min(LONGEST_SECONDS, seconds)));
  }

  private static Set<String> scopes(@Nullable String text) {
    var all = new TreeSet<String>();
    for (var each : (text == null ? "" : text).split(",", -1)) {
      if (!each.isBlank()) {
        all.add(each.strip());
      }
    }
    return all;
  }

  /**
   * Returns the refusal.
   *
   * @param refresh whether a refresh token was presented
   * @param known keeps the secrets that were sent out of it
   */
  ShopifyException refused(boolean refresh, Redactor known) {
    int status = answer.status();
    var body = ReplyJson.object(answer.bytes());
    var error = body == null ? null : ReplyJson.text(body.get("error"));
    var fault = fault(known.redact("status " + status + (error == null ? "" : ", " + error)));
    // 401 by the documents, 400 with invalid_grant by reports (shopify.md, section 8).
    if (status == 401 || "invalid_grant".equals(error) || "invalid_client".equals(error)) {
      return exception(Kind.UNAUTHORIZED, fault.withNextStep(renewal(refresh, error)));
    }
    var kind = HttpRefusals.kind(status, said(body).toLowerCase(Locale.ROOT));
    return exception(
        kind,
        switch (kind) {
          case INTERNAL_ERROR, TIMED_OUT ->
              fault.withNextStep("try again later, with the same credentials").asOutcomeUnknown();
          case REST_LIMITED ->
              fault
                  .withNextStep("wait, then try again")
                  .asRetryable(Judgement.wait(answer.header("retry-after").orElse(null)));
          case RESOURCE_LIMITED,
              SHOP_FROZEN,
              SHOP_LOCKED,
              SHOP_INACTIVE,
              REJECTED_AS_ATTACK,
              UNAUTHORIZED ->
              fault.withNextStep(Treatment.of(kind).nextStep());
          case ACCESS_DENIED ->
              fault.withNextStep("check that the app is installed in the shop, and may do this");
          default -> fault.withNextStep("check the shop and the kind of app");
        });
  }

  private static String renewal(boolean refresh, @Nullable String error) {
    if (!refresh || "invalid_client".equals(error)) {
      return CHECK_PAIR;
    }
    // A secret that was revoked is answered like a refresh token that is no longer good.
    return "invalid_grant".equals(error) ? OPEN_APP : CHECK_PAIR + "; if they do, " + OPEN_APP;
  }

  private String said(@Nullable Map<String, @Nullable Object> body) {
    return body == null ? answer.text() : GraphqlErrors.message(body.get("errors"));
  }

  private Fault fault(String problem) {
    return Fault.of(ShopifyException.SERVICE, operation, "of " + shop + ": " + problem)
        .withRequestId(answer.header("x-request-id").orElse(null));
  }

  private ShopifyException exception(Kind kind, Fault fault) {
    return new ShopifyException(kind, answer.status(), fault, Map.of());
  }
}
