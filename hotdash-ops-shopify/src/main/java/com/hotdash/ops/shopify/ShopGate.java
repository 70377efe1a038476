package com.hotdash.ops.shopify;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Ticker;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The gate before one shop: a call asks for its requested cost, waits in a fair queue until the
 * bucket will take it, and tells afterwards what it cost. It makes no call itself.
 *
 * <p>Until the first reply told how large the bucket is, one call at a time goes through. A call
 * that is never settled is booked as spent after 30 s. Thread-safe.
 */
public final class ShopGate {
  /** No single document may cost more, on any plan (shopify.md, section 1). */
  static final double MOST_FOR_ONE = 1_000;

  private static final String OPERATION = "points.acquire";

  private final String shop;
  private final Alarm alarm;
  private final Admission admission;

  ShopGate(String shop, Ticker ticker, Alarm alarm, double batchWeight, int mostWaiting) {
    this(
        shop,
        ticker,
        alarm,
        batchWeight,
        mostWaiting,
        new Ledger(Ledger.SMALLEST_BUCKET, Ledger.SMALLEST_RATE, MOST_FOR_ONE, ticker.nanos()));
  }

  ShopGate(
      String shop, Ticker ticker, Alarm alarm, double batchWeight, int mostWaiting, Ledger ledger) {
    this.shop = shop;
    this.alarm = alarm;
    this.admission = new Admission(shop, ticker, alarm, batchWeight, mostWaiting, ledger);
  }

  /**
   * Takes leave for a call if there is any at this moment and nobody waits.
   *
   * @param cost the requested cost, in points, 0 to 1,000
   * @param lane who waits for it
   * @return the permit, or empty
   */
  public Optional<Permit> tryAcquire(double cost, Lane lane) {
    check(cost);
    return Optional.ofNullable(admission.atOnce(cost, lane));
  }

  /**
   * Waits for leave to make a call. Who is interrupted or too late leaves the queue at once.
   *
   * @param cost the requested cost, in points, 0 to 1,000
   * @param lane who waits for it
   * @param deadline how long to wait at most
   * @return the permit
   * @throws ShopifyException if there were no points in time, or too many wait already
   * @throws InterruptedOpsException if the thread was interrupted
   */
  public Permit acquire(double cost, Lane lane, Deadline deadline) {
    return acquire(cost, lane, deadline, false, Cancellation.NEVER);
  }

  /**
   * @param front whether it goes before all others of its lane
   * @throws java.util.concurrent.CancellationException if the call was cancelled meanwhile
   */
  Permit acquire(
      double cost, Lane lane, Deadline deadline, boolean front, Cancellation cancellation) {
    check(cost);
    var now = admission.atOnce(cost, lane);
    if (now != null) {
      return now;
    }
    var waiter = admission.enter(cost, lane, front);
    cancellation.then(() -> waiter.granted.cancel(false));
    return await(waiter, deadline);
  }

  /**
   * Asks for leave to make a call, without a thread that waits. The future ends with the permit, or
   * with a {@link ShopifyException} at the deadline; who cancels it leaves the queue at once. What
   * hangs on it runs on whichever thread freed the points, and has to be short.
   *
   * @param cost the requested cost, in points, 0 to 1,000
   * @param lane who waits for it
   * @param deadline how long to wait at most
   * @return the permit, sooner or later
   */
  public CompletableFuture<Permit> acquireAsync(double cost, Lane lane, Deadline deadline) {
    check(cost);
    var waiter = admission.enter(cost, lane, false);
    if (!waiter.granted.isDone()) {
      var off = alarm.after(deadline.remaining().toNanos(), () -> late(waiter));
      var unused =
          waiter.granted.whenComplete(
              (permit, failure) -> {
                off.run();
                if (failure != null) {
                  admission.leave(waiter);
                }
              });
    }
    return waiter.granted;
  }

  /**
   * Returns what is known of the bucket.
   *
   * @return the state at this moment
   */
  public GateStatus status() {
    return admission.status();
  }

  double used() {
    return admission.used();
  }

  private static void check(double cost) {
    if (!(cost >= 0 && cost <= MOST_FOR_ONE)) {
      throw new IllegalArgumentException(
          "a call costs 0 to 1,000 points, not " + cost + ": Shopify refuses more on any plan");
    }
  }

  private Permit await(Waiter waiter, Deadline deadline) {
    try {
      return waiter.granted.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      var late = tooLate(waiter);
      if (waiter.granted.completeExceptionally(late)) {
        throw late;
      }
      return waiter.granted.join(); // ended in this very moment
    } catch (InterruptedException e) {
      if (!waiter.granted.cancel(false) && !waiter.granted.isCancelled()) {
        waiter.granted.join().unused();
      }
      throw new InterruptedOpsException(
          Fault.of(
              ShopifyException.SERVICE,
              OPERATION,
              "the wait for points of " + shop + " was given up: the thread was interrupted"));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nobody else ends a blocking wait so
    } finally {
      admission.leave(waiter); // whoever was let through has left already
    }
  }

  private void late(Waiter waiter) {
    waiter.granted.completeExceptionally(tooLate(waiter));
  }

  private ShopifyException tooLate(Waiter waiter) {
    if (!admission.calibrated()) {
      return ShopifyException.notAdmitted(
          OPERATION,
          String.format(
              Locale.ROOT,
              "not sent to %s: the first call, which finds out how large its bucket is, was not"
                  + " answered within %d ms",
              shop,
              (admission.now() - waiter.since) / 1_000_000),
          "look whether the shop answers at all; others wait for that first answer");
    }
    return ShopifyException.notAdmitted(
        OPERATION,
        String.format(
            Locale.ROOT,
            "not sent to %s: %.0f points were not to be had within %d ms (%s)",
            shop,
            waiter.cost,
            (admission.now() - waiter.since) / 1_000_000,
            status()),
        "wait longer, send less, or lower page sizes");
  }

  @Override
  public String toString() {
    return "ShopGate[" + shop + ", " + status() + "]";
  }
}
