package com.hotdash.ops.shopify;

import com.hotdash.ops.shopify.ShopifyException.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is done about a refusal, by the error tables of shopify.md, section 5.
 *
 * @param again when the same call is made again
 * @param ran whether the call may have been carried out all the same
 * @param failure whether it counts as a failure of the service for the breaker
 * @param stop for how long nothing more is sent to the shop, or {@code null}
 * @param nextStep what a person can do
 */
record Treatment(
    Again again, boolean ran, boolean failure, @Nullable Duration stop, String nextStep) {
  /** When the same call is made again. */
  enum Again {
    NEVER,
    /** When the bucket has enough. */
    WITH_POINTS,
    /** After the time that the service asks for, or 1 s. */
    WHEN_ASKED,
    /** After a growing, uneven wait. */
    BACKED_OFF
  }

  private static final Duration HOUR = Duration.ofHours(1);

  static Treatment of(Kind kind) {
    return switch (kind) {
      case NOT_ADMITTED -> never("wait longer, send less, or lower page sizes");
      case BREAKER_OPEN ->
          never("look at Shopify's status page; calls go on after a ping succeeds");
      case THROTTLED ->
          new Treatment(Again.WITH_POINTS, false, false, null, "wait longer, or lower page sizes");
      case MAX_COST_EXCEEDED ->
          never("lower the innermost page size, split the document, or use a bulk operation");
      case UNAUTHORIZED ->
          never("renew the access token; rotate the client secret only if it leaked");
      case ACCESS_DENIED ->
          never("compare the token's scopes with what the field needs, and grant what is missing");
      case SHOP_INACTIVE -> stop(HOUR, "look at the shop in Shopify's admin; this takes hours");
      case SHOP_FROZEN -> stop(HOUR, "pay the shop's bill in Shopify's admin");
      case SHOP_LOCKED -> stop(HOUR, "stop all callers of this shop and ask Shopify's support");
      case REJECTED_AS_ATTACK ->
          stop(HOUR, "stop all callers and ask Shopify's support: going on makes it worse");
      case REST_LIMITED ->
          new Treatment(Again.WHEN_ASKED, false, false, null, "send fewer REST calls");
      case RESOURCE_LIMITED -> never("wait until the day is over, or ask Shopify for more");
      case PRODUCT_BUSY ->
          new Treatment(
              Again.BACKED_OFF, false, false, null, "send the changes of one product one by one");
      case TIMED_OUT ->
          new Treatment(
              Again.BACKED_OFF,
              true,
              true,
              null,
              "lower the page sizes or use a bulk operation: Shopify gives up after about 10 s");
      case INTERNAL_ERROR ->
          new Treatment(
              Again.BACKED_OFF, true, true, null, "try again later; look at Shopify's status page");
      case NOT_FOUND -> never("check shop, API version and path");
      case CONFLICT -> never("read the resource again before deciding");
      case BAD_REQUEST -> never("change the call: Shopify refuses it as it is");
      case OTHER -> new Treatment(Again.NEVER, true, false, null, "read the message");
      case NOT_UNDERSTOOD ->
          new Treatment(Again.NEVER, true, true, null, "check that no proxy stands before Shopify");
    };
  }

  private static Treatment never(String nextStep) {
    return new Treatment(Again.NEVER, false, false, null, nextStep);
  }

  private static Treatment stop(Duration time, String nextStep) {
    return new Treatment(Again.NEVER, false, false, time, nextStep);
  }
}
