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
  private long sentAt;
  private double usedBefore;

  BudgetWatch(ShopifyClient client) {
    this.client = client;
  }

  /**
   * A level that was read somewhen between two moments.
   *
   * @param from when it was asked for, in nanoseconds
   * @param to when the answer was there
   * @param least the least that this process had spent or held meanwhile, in points
   * @param most the most
   */
  private record Sample(ThrottleStatus status, long from, long to, double least, double most) {
    long at() {
      return from + (to - from) / 2;
    }

    double own() {
      return (least + most) / 2;
    }
  }

  /** A call is sent in this moment. */
  void sending() {
    sentAt = now();
    usedBefore = client.state().gate().used();
  }

  /** Returns when the newest call was sent. */
  long sentAt() {
    return sentAt;
  }

  void saw(@Nullable Charge charge) {
    if (charge != null && charge.throttleStatus() != null) {
      double used = client.state().gate().used();
      samples.add(
          new Sample(
              charge.throttleStatus(),
              sentAt,
              now(),
              Math.min(usedBefore, used),
              Math.max(usedBefore, used)));
    }
  }

  private long now() {
    return client.time().ticker().nanos();
  }

  boolean any() {
    return !samples.isEmpty();
  }

  int samples() {
    return samples.size();
  }

  Duration span() {
    return Duration.ofNanos(last().at() - samples.get(0).at());
  }

  private Sample last() {
    return samples.get(samples.size() - 1);
  }

  ShopBudget budget() {
    double taken = 0;
    boolean atLeast = false;
    for (int i = 0; i + 1 < samples.size(); i++) {
      var from = samples.get(i);
      var to = samples.get(i + 1);
      if (from.status.maximumAvailable() != to.status.maximumAvailable()) {
        continue; // the limits changed between the two, and with them the level
      }
      double refilled =
          from.status.currentlyAvailable()
              + from.status.restoreRate() * (to.at() - from.at()) / NANOS;
      atLeast |= refilled >= from.status.maximumAvailable();
      double expected =
          Math.min(from.status.maximumAvailable(), refilled) - (to.own() - from.own());
      taken += expected - to.status.currentlyAvailable();
    }
    var last = last();
    // Levels are rounded down, the first and the last by up to one point. Nobody is blamed for what
    // may have been ours, or may have come back while an answer was under way.
    taken = Math.max(0, taken - 2 * Ledger.ROUNDED - doubt(samples.get(0)) - doubt(last));
    boolean watched = span().compareTo(SHORTEST) >= 0;
    double seconds = span().toNanos() / NANOS;
    return new ShopBudget(
        last.status.maximumAvailable(),
        last.status.restoreRate(),
        last.status.currentlyAvailable(),
        watched ? taken / seconds : 0,
        watched ? Math.max(0, last.own() - samples.get(0).own()) / seconds : 0,
        atLeast,
        watched ? span() : Duration.ZERO);
  }

  private static double doubt(Sample sample) {
    double halfWay = (sample.to - sample.from) / (2 * NANOS);
    return sample.status.restoreRate() * halfWay + (sample.most - sample.least) / 2;
  }
}
