package com.hotdash.ops.shopify;

import com.hotdash.ops.shop.ShopBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The levels of a bucket that replies reported, and what others must have taken between them. */
final class BudgetWatch {
  // Below this the times of replies say too little.
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final double NANOS = 1e9;

  private final ShopifyClient client;
  private final List<Sample> samples = new ArrayList<>();

  BudgetWatch(ShopifyClient client) {
    this.client = client;
  }

  /** A level, and what this process had spent or held until then. */
  private record Sample(long at, ThrottleStatus status, double own) {}

  void saw(@Nullable Charge charge) {
    if (charge != null && charge.throttleStatus() != null) {
      var state = client.state();
      samples.add(
          new Sample(
              client.time().ticker().nanos(),
              charge.throttleStatus(),
              state.calls().spent() + state.gate().status().held()));
    }
  }

  boolean any() {
    return !samples.isEmpty();
  }

  int samples() {
    return samples.size();
  }

  Duration span() {
    return Duration.ofNanos(samples.get(samples.size() - 1).at - samples.get(0).at);
  }

  ShopBudget budget() {
    var last = samples.get(samples.size() - 1);
    double taken = 0;
    boolean atLeast = false;
    for (int i = 0; i + 1 < samples.size(); i++) {
      var from = samples.get(i);
      var to = samples.get(i + 1);
      if (from.status.maximumAvailable() != to.status.maximumAvailable()) {
        continue; // the limits changed between the two, and with them the level
      }
      double refilled =
          from.status.currentlyAvailable() + from.status.restoreRate() * (to.at - from.at) / NANOS;
      atLeast |= refilled >= from.status.maximumAvailable();
      double expected = Math.min(from.status.maximumAvailable(), refilled) - (to.own - from.own);
      taken += expected - to.status.currentlyAvailable();
    }
    // Levels are rounded down, the first and the last by up to one point.
    taken = Math.max(0, taken - 2 * Ledger.ROUNDED);
    boolean watched = span().compareTo(SHORTEST) >= 0;
    return new ShopBudget(
        last.status.maximumAvailable(),
        last.status.restoreRate(),
        last.status.currentlyAvailable(),
        watched ? taken / (span().toNanos() / NANOS) : 0,
        atLeast,
        watched ? span() : Duration.ZERO);
  }
}
