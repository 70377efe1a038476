package com.hotdash.ops.examples.gameday;

/** The fifth incident: the shop no longer tells HotDash of new orders. */
final class LostWebhooksDrill implements Drill {
  @Override
  public String title() {
    return "Shopify deletes a webhook";
  }

  @Override
  public String story() {
    return "HotDash answers a merchant's webhooks with 500 for four minutes. After the eighth failure in"
        + " a row Shopify deletes the subscription, and HotDash recovers without ever hearing of"
        + " an order again: no call fails, so nothing in its log or counters tells. The runbook"
        + " compares what is subscribed to with what must be, and makes what is missing again.";
  }
}
