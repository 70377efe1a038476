package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.time.Ticker;

/**
 * The points of one app on one shop. A call holds its requested cost while it runs and gets the
 * difference to its actual cost back at its end.
 *
 * <p>Points come back continuously, and are counted when a call arrives, not when one ends: a reply
 * of 2 points said 3,998 of 4,000 and one of 158 said 3,842 although both took long enough for more
 * than that to come back, while a refusal said 20 more than had been left.
 */
final class PointBucket {
  private static final double NANOS = 1e9;

  private final Ticker ticker;
  private double maximum;
  private double rate;
  private double foreignRate;
  private double available;
  private long counted;

  PointBucket(ShopifyLimits limits, Ticker ticker) {
    this.ticker = ticker;
    this.maximum = limits.maximumAvailable();
    this.rate = limits.restoreRate();
    this.available = maximum;
    this.counted = ticker.nanos();
  }

  /** Takes a call in, or refuses it and takes nothing. */
  boolean admit(int requested) {
    restore();
    if (available < requested) {
      return false;
    }
    available -= requested;
    return true;
  }

  void settle(int requested, int actual) {
    available = Math.min(maximum, available + requested - actual);
  }

  void limits(ShopifyLimits limits) {
    restore();
    boolean full = available == maximum;
    maximum = limits.maximumAvailable();
    rate = limits.restoreRate();
    available = full ? maximum : Math.min(maximum, available);
  }

  /** Another process of the same app takes so many points in each second, as far as there are. */
  void foreign(double pointsPerSecond) {
    restore();
    foreignRate = pointsPerSecond;
  }

  void take(double points) {
    restore();
    available = Math.max(0, available - points);
  }

  double now() {
    restore();
    return available;
  }

  /** What was left at the last count, as replies tell it. */
  double available() {
    return available;
  }

  double maximum() {
    return maximum;
  }

  double rate() {
    return rate;
  }

  private void restore() {
    long now = ticker.nanos();
    double gained = (rate - foreignRate) * (now - counted) / NANOS;
    available = Math.max(0, Math.min(maximum, available + gained));
    counted = now;
  }
}
