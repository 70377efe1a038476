package com.hotdash.ops.testkit.shopify;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with one call. Immutable; {@link ShopifySimulator#fault} lays it.
 *
 * <p>A caller cannot tell the faults that lose an answer after the work was carried out from those
 * that came before.
 */
public final class ShopifyFault {
  /** Shopify itself waits so long for an answer, and then says 504. */
  static final Duration GIVES_UP = Duration.ofSeconds(10);

  private final boolean worksFirst;
  private final Duration more;
  private final @Nullable ShopifyReply instead;

  private ShopifyFault(boolean worksFirst, Duration more, @Nullable ShopifyReply instead) {
    this.worksFirst = worksFirst;
    this.more = more;
    this.instead = instead;
  }

  /**
   * Takes longer than usual.
   *
   * @param more what is added to the usual time, not negative
   * @return the fault
   */
  public static ShopifyFault slow(Duration more) {
    if (more.isNegative()) {
      throw new IllegalArgumentException("no call ends before it began");
    }
    return new ShopifyFault(true, more, null);
  }

  /**
   * Answers 504 after 10 s.
   *
   * @param executed whether the work was carried out all the same
   * @return the fault
   */
  public static ShopifyFault gaveUp(boolean executed) {
    return new ShopifyFault(executed, GIVES_UP, gatewayTimeout());
  }

  /**
   * Cuts the connection, with nothing carried out.
   *
   * @return the fault
   */
  public static ShopifyFault resetBefore() {
    return new ShopifyFault(false, Duration.ZERO, ShopifyReply.cut());
  }

  /**
   * Carries the work out, and cuts the connection.
   *
   * @return the fault
   */
  public static ShopifyFault resetAfter() {
    return new ShopifyFault(true, Duration.ZERO, ShopifyReply.cut());
  }

  /**
   * Answers something else, with nothing carried out and no point taken.
   *
   * @param reply the answer
   * @return the fault
   */
  public static ShopifyFault instead(ShopifyReply reply) {
    return new ShopifyFault(false, Duration.ZERO, reply);
  }

  /**
   * Carries the work out, and answers something else.
   *
   * @param reply the answer
   * @return the fault
   */
  public static ShopifyFault after(ShopifyReply reply) {
    return new ShopifyFault(true, Duration.ZERO, reply);
  }

  /**
   * Answers as Shopify does on trouble of its own.
   *
   * @param status 500, 502 or 503
   * @param executed whether the work was carried out
   * @return the fault
   */
  public static ShopifyFault serverError(int status, boolean executed) {
    if (status != 500 && status != 502 && status != 503) {
      throw new IllegalArgumentException("not a trouble of Shopify's own: " + status);
    }
    var reply = Bodies.http(status, "An unexpected error occurred");
    return new ShopifyFault(executed, Duration.ZERO, reply);
  }

  /**
   * Answers 200 with {@code INTERNAL_SERVER_ERROR}.
   *
   * @param executed whether the work was carried out
   * @return the fault
   */
  public static ShopifyFault internalError(boolean executed) {
    var body = Bodies.internalError("1b355a21-7117-44c5-8d8b-8948082f40a8");
    return new ShopifyFault(executed, Duration.ZERO, ShopifyReply.json(200, body));
  }

  /**
   * Answers 200 with the message {@code Timeout} and no code.
   *
   * @param executed whether the work was carried out
   * @return the fault
   */
  public static ShopifyFault timeoutMessage(boolean executed) {
    return new ShopifyFault(executed, Duration.ZERO, ShopifyReply.json(200, Bodies.timeout()));
  }

  /**
   * Answers 200 with {@code SHOP_INACTIVE}.
   *
   * @return the fault
   */
  public static ShopifyFault shopInactive() {
    return instead(ShopifyReply.json(200, Bodies.shopInactive()));
  }

  /**
   * Answers 402: the shop's bill is unpaid.
   *
   * @return the fault
   */
  public static ShopifyFault frozen() {
    return instead(Bodies.http(402, "This shop's plan does not have access to this feature"));
  }

  /**
   * Answers 403 for a shop or user without the permission.
   *
   * @return the fault
   */
  public static ShopifyFault forbidden() {
    return instead(Bodies.http(403, "User does not have access"));
  }

  /**
   * Answers 423: the shop is locked.
   *
   * @return the fault
   */
  public static ShopifyFault locked() {
    return instead(Bodies.http(423, "This shop is unavailable"));
  }

  /**
   * Answers 430: the traffic looks malicious. The body is made up.
   *
   * @return the fault
   */
  public static ShopifyFault suspicious() {
    return instead(Bodies.http(430, "Shopify Security Rejection"));
  }

  /**
   * Answers 429 for the variants created in a day, which has nothing to do with points. The text is
   * made up.
   *
   * @return the fault
   */
  public static ShopifyFault dailyVariantLimit() {
    return instead(
        Bodies.http(429, "Daily variant creation limit reached, please try again later."));
  }

  static ShopifyReply gatewayTimeout() {
    return new ShopifyReply(504, Map.of("content-type", "text/html"), "");
  }

  boolean worksFirst() {
    return worksFirst;
  }

  Duration more() {
    return more;
  }

  @Nullable ShopifyReply instead() {
    return instead;
  }

  @Override
  public String toString() {
    return "ShopifyFault["
        + (worksFirst ? "after the work" : "instead of it")
        + (instead == null ? "" : ", " + instead)
        + (more.isZero() ? "" : ", " + more)
        + ']';
  }
}
