package com.hotdash.ops.shop;

import java.util.List;

/**
 * What is subscribed to. Subscriptions that the service keeps from the app's own file are not
 * listed, so one that is not here may be there.
 *
 * @param present what is there
 * @param wanted what the application needs; empty if nobody said
 * @param complete whether all could be listed
 */
public record ShopSubscriptions(
    List<Subscription> present, List<Subscription> wanted, boolean complete) {
  /** Copies the lists. */
  public ShopSubscriptions {
    present = List.copyOf(present);
    wanted = wanted.stream().distinct().toList();
  }

  /**
   * Returns what the application needs and is not listed.
   *
   * @return the subscriptions; empty if none is missing
   */
  public List<Subscription> missing() {
    return wanted.stream().filter(each -> !present.contains(each)).toList();
  }
}
