package com.hotdash.ops.shopify;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;

/**
 * A document was not sent, because Shopify would refuse it: one may cost 1,000 points at most, on
 * every plan. Nothing was tried and nothing spent; {@link #nextStep} names the page size to lower.
 */
public final class QueryCostException extends OpsException {
  private static final long serialVersionUID = 1L;

  private final int cost;

  QueryCostException(int cost, String advice) {
    super(
        Fault.of(
                "shopify",
                "graphql",
                "not sent: the document would cost "
                    + cost
                    + " points, Shopify allows "
                    + CostPredictor.MOST)
            .withNextStep(advice),
        null);
    this.cost = cost;
  }

  /**
   * Returns what the document would have cost.
   *
   * @return points, more than 1,000; reckoned, or learned from a reply
   */
  public int cost() {
    return cost;
  }
}
