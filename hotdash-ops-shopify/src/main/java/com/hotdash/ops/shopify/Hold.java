package com.hotdash.ops.shopify;

/** The requested cost of one call in flight. Guarded by its gate's lock. */
final class Hold {
  final double cost;
  final long sentAt;

  /** All that had been spent when this was sent: what is spent since may come after its reply. */
  final double spentBefore;

  /** Whether the call is taken to have reached the bucket. */
  boolean arrived;

  boolean settled;

  /** What its reply gave back. */
  double refund;

  Hold(double cost, long sentAt, double spentBefore) {
    this.cost = cost;
    this.sentAt = sentAt;
    this.spentBefore = spentBefore;
  }
}
