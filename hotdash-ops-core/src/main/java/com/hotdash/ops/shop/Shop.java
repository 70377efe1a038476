package com.hotdash.ops.shop;

import com.hotdash.ops.resolution.Control;

/** A shop's interface that the runbook can see and change. Implementations are thread-safe. */
public interface Shop extends ShopReader {
  /**
   * Opens the hands for one execution. It understands the steps that {@link SubscriptionSteps}
   * names.
   *
   * @return a control that has sent nothing yet; the caller closes it
   */
  Control control();
}
