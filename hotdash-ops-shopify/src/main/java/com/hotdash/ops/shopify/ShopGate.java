package com.hotdash.ops.shopify;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

  private final ReentrantLock lock = new ReentrantLock();
  private final String shop;
  private final Ticker ticker;
  private final Alarm alarm;
  private final int mostWaiting;
  private final Ledger ledger;
  private final Lanes lanes;
  private @Nullable Runnable alarmOff;
  private long alarmAt;

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
    this.ticker = ticker;
    this.alarm = alarm;
    this.mostWaiting = mostWaiting;
    this.ledger = ledger;
    this.lanes = new Lanes(batchWeight);
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
    lock.lock();
    try {
      return Optional.ofNullable(atOnce(cost, lane));
    } finally {
      lock.unlock();
    }
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
    return acquire(cost, lane, deadline, false);
  }

  Permit acquire(double cost, Lane lane, Deadline deadline, boolean front) {
    check(cost);
    Waiter waiter;
    List<Grant> grants;
    lock.lock();
    try {
      var now = atOnce(cost, lane);
      if (now != null) {
        return now;
      }
      waiter = enter(cost, lane, front);
      grants = pump();
    } finally {
      lock.unlock();
    }
    hand(grants);
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
    Waiter waiter;
    List<Grant> grants;
    lock.lock();
    try {
      var now = atOnce(cost, lane);
      if (now != null) {
        return CompletableFuture.completedFuture(now);
      }
      waiter = enter(cost, lane, false);
      waiter.alarmOff = alarm.after(deadline.remaining().toNanos(), () -> late(waiter));
      grants = pump();
    } finally {
      lock.unlock();
    }
    hand(grants);
    var unused =
        waiter.granted.whenComplete(
            (permit, failure) -> {
              if (failure != null) {
                leave(waiter);
              }
            });
    return waiter.granted;
  }

  /**
   * Returns what is known of the bucket.
   *
   * @return the state at this moment
   */
  public GateStatus status() {
    lock.lock();
    try {
      long now = now();
      return new GateStatus(
          ledger.maximum(),
          ledger.rate(),
          ledger.available(now),
          ledger.held(),
          ledger.headroom(),
          ledger.inFlight(),
          lanes.waiting(Lane.INTERACTIVE),
          lanes.waiting(Lane.BATCH));
    } finally {
      lock.unlock();
    }
  }

  long now() {
    return ticker.nanos();
  }

  void settle(Permit permit, Consumer<Ledger> booking, double spent) {
    List<Grant> grants;
    lock.lock();
    try {
      if (permit.hold().settled) {
        return;
      }
      booking.accept(ledger);
      lanes.settled(permit.lane(), permit.counted(), permit.cost(), spent);
      grants = pump();
    } finally {
      lock.unlock();
    }
    hand(grants);
  }

  private static void check(double cost) {
    if (!(cost >= 0 && cost <= MOST_FOR_ONE)) {
      throw new IllegalArgumentException(
          "a call costs 0 to 1,000 points, not " + cost + ": Shopify refuses more on any plan");
    }
  }

  private @Nullable Permit atOnce(double cost, Lane lane) {
    if (!lanes.empty()) {
      return null;
    }
    long now = now();
    if (ledger.wait(cost, lanes.reserve(lane, ledger.maximum(), now), now) > 0) {
      return null;
    }
    return send(cost, lane, now);
  }

  private Permit send(double cost, Lane lane, long now) {
    return new Permit(this, ledger.send(cost, now), lane, lanes.sent(lane, cost, now));
  }

  private Waiter enter(double cost, Lane lane, boolean front) {
    int waiting = lanes.waiting(Lane.INTERACTIVE) + lanes.waiting(Lane.BATCH);
    if (waiting >= mostWaiting) {
      throw ShopifyException.notAdmitted(
          OPERATION,
          "not sent to " + shop + ": " + waiting + " calls wait for points already, the bound",
          "send less, or raise the bound by mostWaiting");
    }
    var waiter = new Waiter(cost, lane, now());
    lanes.add(waiter, front);
    return waiter;
  }

  /** Lets in whoever can go; sets the alarm for the next. */
  private List<Grant> pump() {
    var grants = new ArrayList<Grant>();
    long now = now();
    double rate = ledger.rate();
    for (var next = lanes.next(rate); next != null; next = lanes.next(rate)) {
      long wait = ledger.wait(next.cost, lanes.reserve(next.lane, ledger.maximum(), now), now);
      if (wait > 0) {
        wakeIn(wait, now);
        break;
      }
      lanes.remove(next);
      grants.add(new Grant(next, send(next.cost, next.lane, now)));
    }
    return grants;
  }

  private void wakeIn(long wait, long now) {
    if (alarmOff != null) {
      if (alarmAt - now <= wait && alarmAt - now > 0) {
        return; // it will look again, and sleep on
      }
      alarmOff.run();
    }
    alarmAt = now + wait;
    alarmOff = alarm.after(wait, this::wake);
  }

  private void wake() {
    List<Grant> grants;
    lock.lock();
    try {
      alarmOff = null;
      grants = pump();
    } finally {
      lock.unlock();
    }
    hand(grants);
  }

  /** Outside the lock: what hangs on a future may do anything. */
  private static void hand(List<Grant> grants) {
    for (var grant : grants) {
      var off = grant.waiter().alarmOff;
      if (off != null) {
        off.run();
      }
      if (!grant.waiter().granted.complete(grant.permit())) {
        grant.permit().unused();
      }
    }
  }

  private Permit await(Waiter waiter, Deadline deadline) {
    try {
      return waiter.granted.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      var late = tooLate(waiter);
      if (waiter.granted.completeExceptionally(late)) {
        leave(waiter);
        throw late;
      }
      return waiter.granted.join(); // granted in this very moment
    } catch (InterruptedException e) {
      if (!waiter.granted.cancel(false)) {
        waiter.granted.join().unused();
      }
      leave(waiter);
      throw new InterruptedOpsException(
          Fault.of(
              ShopifyException.SERVICE,
              OPERATION,
              "the wait for points of " + shop + " was given up: the thread was interrupted"));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // nobody else ends a blocking wait
    }
  }

  private void late(Waiter waiter) {
    waiter.granted.completeExceptionally(tooLate(waiter));
  }

  private void leave(Waiter waiter) {
    List<Grant> grants = List.of();
    lock.lock();
    try {
      if (waiter.queued) {
        lanes.remove(waiter);
        grants = pump();
      }
      if (waiter.alarmOff != null) {
        waiter.alarmOff.run();
      }
    } finally {
      lock.unlock();
    }
    hand(grants);
  }

  private ShopifyException tooLate(Waiter waiter) {
    return ShopifyException.notAdmitted(
        OPERATION,
        String.format(
            Locale.ROOT,
            "not sent to %s: %.0f points were not to be had within %d ms (%s)",
            shop,
            waiter.cost,
            (now() - waiter.since) / 1_000_000,
            status()),
        "wait longer, send less, or lower page sizes");
  }

  @Override
  public String toString() {
    return "ShopGate[" + shop + ", " + status() + "]";
  }

  private record Grant(Waiter waiter, Permit permit) {}
}
