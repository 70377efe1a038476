package com.hotdash.ops.shopify;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shopify refused a call, or the guard did not send it. {@link #kind} says what to do about it. */
public final class ShopifyException extends OpsException {
  static final String SERVICE = "shopify";

  private static final long serialVersionUID = 1L;

  /** Why a call did not give its result. */
  public enum Kind {
    /** Not sent: there were no points in time, or too many calls wait. */
    NOT_ADMITTED,
    /** Not sent: too many calls failed of late, or the shop is stopped. */
    BREAKER_OPEN,
    /** The bucket had less than the requested cost, and time ran out before it had enough. */
    THROTTLED,
    /** The document costs more than 1,000 points, the bound on every plan. */
    MAX_COST_EXCEEDED,
    /** The token is absent, wrong, expired, revoked, or of a kind no longer accepted. */
    UNAUTHORIZED,
    /** The token lacks a scope or permission. */
    ACCESS_DENIED,
    /** The shop is paused, or blocked for abuse or fraud: hours, and a person. */
    SHOP_INACTIVE,
    /** The shop is frozen for an unpaid bill. */
    SHOP_FROZEN,
    /** The shop is locked for repeated abuse of limits, or because it was broken into. */
    SHOP_LOCKED,
    /** Shopify takes the traffic for an attack: more of it makes it worse. */
    REJECTED_AS_ATTACK,
    /** The REST bucket is full. */
    REST_LIMITED,
    /** A limit on a resource, such as new variants in a day; not a matter of seconds. */
    RESOURCE_LIMITED,
    /** Other calls change the same product: send one at a time. */
    PRODUCT_BUSY,
    /** Shopify gave up after about 10 s: the query is too large. */
    TIMED_OUT,
    /** Something broke on Shopify's side. */
    INTERNAL_ERROR,
    /** There is nothing at that address: wrong shop, version or path. */
    NOT_FOUND,
    /** The resource has changed or is being changed. */
    CONFLICT,
    /** The call is wrong as it is. */
    BAD_REQUEST,
    /** An error that this version does not know. */
    OTHER,
    /** The reply is not what Shopify answers. */
    NOT_UNDERSTOOD
  }

  private final Kind kind;
  private final int status;
  private final transient Map<String, @Nullable Object> data;
  private final transient @Nullable Charge charge;

  ShopifyException(
      Kind kind, int status, Fault fault, Map<String, ? extends @Nullable Object> data) {
    this(kind, status, fault, data, null);
  }

  ShopifyException(
      Kind kind,
      int status,
      Fault fault,
      Map<String, ? extends @Nullable Object> data,
      @Nullable Charge charge) {
    super(fault, null);
    this.charge = charge;
    this.kind = kind;
    this.status = status;
    this.data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  static ShopifyException notAdmitted(String operation, String problem, String nextStep) {
    return new ShopifyException(
        Kind.NOT_ADMITTED,
        0,
        Fault.of(SERVICE, operation, problem).withNextStep(nextStep).asRetryable(null),
        Map.of());
  }

  /**
   * Returns why the call did not give its result.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the HTTP status of the reply. Most refusals of the GraphQL API come as 200.
   *
   * @return the status, or 0 if there was no reply
   */
  public int status() {
    return status;
  }

  /** What the reply said about the cost, or {@code null} if nothing. */
  @Nullable Charge charge() {
    return charge;
  }

  /**
   * Returns what the reply held all the same: when one field of a document is refused, others may
   * have been answered, and other mutations made.
   *
   * @return the data; empty if there was none
   */
  public Map<String, @Nullable Object> data() {
    return data;
  }
}
