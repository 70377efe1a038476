package com.hotdash.ops.shop;

import java.time.Duration;
import java.util.Locale;

/**
 * The budget of calls that one app has in a shop, in points, and what others took from it while it
 * was watched. All processes of the app share it, whether they know of each other or not.
 *
 * @param maximum how many points it holds
 * @param restoreRate how many come back each second
 * @param available how many are left
 * @param foreignPerSecond how many others took each second while it was watched
 * @param ownPerSecond how many this process took or holds of what came back meanwhile, each second
 * @param atLeast whether others may have taken more: a full budget does not show what is taken from
 *     that which would come back
 * @param watched for how long it was watched; zero if it was looked at once only
 */
public record ShopBudget(
    double maximum,
    double restoreRate,
    double available,
    double foreignPerSecond,
    double ownPerSecond,
    boolean atLeast,
    Duration watched) {
  /** Checks that the numbers can be a budget's. */
  public ShopBudget {
    if (!(maximum > 0)
        || !(restoreRate > 0)
        || !(available >= 0)
        || !(foreignPerSecond >= 0)
        || !(ownPerSecond >= 0)) {
      throw new IllegalArgumentException("a budget has a size and a rate above zero");
    }
  }

  /**
   * Returns the exact time until a call can be made, if nobody else draws meanwhile.
   *
   * @param requested what the call asks for, in points, zero or more
   * @return the time; zero if it can be made now
   */
  public Duration waitFor(double requested) {
    return Duration.ofMillis(
        (long) Math.ceil(Math.max(0, requested - available) / restoreRate * 1_000));
  }

  /**
   * Returns whether it is this process that uses the budget up: its calls wait for their turn, so a
   * low budget troubles nobody.
   *
   * @return true if it takes half or more of what comes back, and more than others do
   */
  public boolean usedByUs() {
    return ownPerSecond >= restoreRate / 2 && ownPerSecond > foreignPerSecond;
  }

  /**
   * Returns the share of what comes back that others take.
   *
   * @return 0, or more
   */
  public double foreignShare() {
    return foreignPerSecond / restoreRate;
  }

  /**
   * Returns how many points one kind of call can use each second, however many callers there are:
   * the calls in flight hold what they ask for until they end.
   *
   * @param requested what each call asks for, in points, more than zero
   * @param actual what each costs in the end
   * @param took how long each takes, more than zero
   * @return points each second
   */
  public double bound(double requested, double actual, Duration took) {
    double inFlight = Math.floor(maximum / requested);
    return Math.min(restoreRate, inFlight * actual / (took.toNanos() / 1e9));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.0f of %.0f points, +%.0f/s", available, maximum, restoreRate);
  }
}
