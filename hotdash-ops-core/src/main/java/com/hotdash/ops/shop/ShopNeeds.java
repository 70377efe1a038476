package com.hotdash.ops.shop;

import java.util.List;
import java.util.Set;

/**
 * What the application needs of a shop.
 *
 * @param scopes what its token must be allowed to do; empty if nobody said
 * @param subscriptions what it must be told of; empty if nobody said
 */
public record ShopNeeds(Set<String> scopes, List<Subscription> subscriptions) {
  /** Nobody said what is needed. */
  public static final ShopNeeds NOT_SAID = new ShopNeeds(Set.of(), List.of());

  /** Copies both. */
  public ShopNeeds {
    scopes = Set.copyOf(scopes);
    subscriptions = List.copyOf(subscriptions);
  }
}
