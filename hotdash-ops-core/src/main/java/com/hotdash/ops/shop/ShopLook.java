package com.hotdash.ops.shop;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;

/**
 * One look at a shop's interface. Readings never throw, and one that fails leaves the others as
 * they are. Ask in the order of the methods: that is the order of their worth.
 *
 * <p>Not thread-safe, but {@link #close} may be called from any thread: the reading under way ends
 * at once as not checked, and no further one begins.
 */
public interface ShopLook extends AutoCloseable {
  /** Whether the shop answers at all. */
  ReadingKey<ShopAnswer> ANSWER = key("the shop's answer");

  /** What the token may do. */
  ReadingKey<ShopScopes> SCOPES = key("granted scopes of the shop");

  /** Which version of the interface answers. */
  ReadingKey<ShopVersion> VERSION = key("version of the shop's interface");

  /** What is subscribed to. */
  ReadingKey<ShopSubscriptions> SUBSCRIPTIONS = key("subscriptions of the shop");

  /** What this process itself has called. */
  ReadingKey<ShopCalls> CALLS = key("this process's own calls to the shop");

  /** What is left of the budget of calls, and who else draws on it. */
  ReadingKey<ShopBudget> BUDGET = key("budget of calls to the shop");

  private static <T> ReadingKey<T> key(String name) {
    return new ReadingKey<>(name, "set SHOPIFY_SHOP and SHOPIFY_ADMIN_TOKEN");
  }

  /**
   * Asks the least that can be asked. A refusal is an answer; only silence is none.
   *
   * @return the answer
   */
  Reading<ShopAnswer> answer();

  /**
   * Reads what the token may do.
   *
   * @return the scopes
   */
  Reading<ShopScopes> scopes();

  /**
   * Reads which version of the interface was asked for, and which one answered.
   *
   * @return the versions
   */
  Reading<ShopVersion> version();

  /**
   * Reads what is subscribed to.
   *
   * @return the subscriptions
   */
  Reading<ShopSubscriptions> subscriptions();

  /**
   * Tells what this process itself has called of late. Sends nothing.
   *
   * @return the calls; unread if there was none
   */
  Reading<ShopCalls> calls();

  /**
   * Watches the budget for some seconds.
   *
   * @return the budget, and what others took from it meanwhile
   */
  Reading<ShopBudget> budget();

  /** Ends the look, with the reading that is under way. Throws nothing; may be called twice. */
  @Override
  void close();
}
