package com.hotdash.ops.shop;

import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import java.util.Map;

/**
 * The words in which steps on a shop's subscriptions are written, which the resolution and a shop's
 * control share. Plans and journals hold them, so their form does not change.
 */
public final class SubscriptionSteps {
  /** Subscribes. */
  public static final String CREATE = "subscription.create";

  /** Ends a subscription. */
  public static final String DELETE = "subscription.delete";

  /** The kind of a subscription as a target; it is there whether subscribed to or not. */
  public static final String SUBSCRIPTION = "shop.subscription";

  /** The kind of a shop as a target. */
  public static final String SHOP = "shop";

  /** The field that tells whether it is subscribed to: {@value #YES} or {@value #NO}. */
  public static final String SUBSCRIBED = "subscribed";

  /** The field that tells the service's id of it, or {@value #NONE}. */
  public static final String ID = "id";

  /** The id of what is not there. */
  public static final String NONE = "none";

  /** Yes. */
  public static final String YES = "yes";

  /** No. */
  public static final String NO = "no";

  private SubscriptionSteps() {}

  /**
   * Names a shop as a target.
   *
   * @param shop its identity
   * @return the target
   */
  public static Target shop(String shop) {
    return new Target(SHOP, shop, shop);
  }

  /**
   * Names a subscription as a target.
   *
   * @param shop the shop's identity
   * @param subscription which one
   * @return the target
   */
  public static Target target(String shop, Subscription subscription) {
    return new Target(
        SUBSCRIPTION,
        shop + " " + subscription.topic() + " " + subscription.uri(),
        subscription.toString());
  }

  /**
   * Reads a target's shop back.
   *
   * @param target of {@link #target}
   * @return the shop's identity
   * @throws IllegalArgumentException if it is no such target
   */
  public static String shopOf(Target target) {
    return parts(target)[0];
  }

  /**
   * Reads a target's subscription back.
   *
   * @param target of {@link #target}
   * @return the subscription
   * @throws IllegalArgumentException if it is no such target
   */
  public static Subscription subscriptionOf(Target target) {
    var parts = parts(target);
    return new Subscription(parts[1], parts[2]);
  }

  private static String[] parts(Target target) {
    var parts = target.id().split(" ", -1);
    if (!target.kind().equals(SUBSCRIPTION) || parts.length != 3) {
      throw new IllegalArgumentException("no subscription: " + target.kind());
    }
    return parts;
  }

  static Step create(Target subscription) {
    var no = Map.of(SUBSCRIBED, NO);
    var yes = Map.of(SUBSCRIBED, YES);
    var undo = new Step(DELETE, subscription, yes, yes, no, null);
    // The id is assumed, so that an undo knows the one that was made from one made since.
    return new Step(CREATE, subscription, Map.of(SUBSCRIBED, NO, ID, NONE), no, yes, undo);
  }
}
