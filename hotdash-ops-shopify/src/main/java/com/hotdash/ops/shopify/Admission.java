package com.hotdash.ops.shopify;

import com.hotdash.ops.time.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Decides who goes when: the one place where a shop's ledger and lanes are looked at and changed,
 * under one lock. Whoever waits is told by a future, outside the lock. Thread-safe.
 */
final class Admission {
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

  Admission(
      String shop, Ticker ticker, Alarm alarm, double batchWeight, int mostWaiting, Ledger ledger) {
    this.shop = shop;
    this.ticker = ticker;
    this.alarm = alarm;
    this.mostWaiting = mostWaiting;
    this.ledger = ledger;
    this.lanes = new Lanes(batchWeight);
  }

  /** Returns a permit, or {@code null} if there are no points now or others wait for them. */
  @Nullable Permit atOnce(double cost, Lane lane) {
    lock.lock();
    try {
      return now(cost, lane);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a call in, which may be let through at once.
   *
   * @param front whether it goes before all others of its lane
   * @throws ShopifyException if too many wait already
   */
  Waiter enter(double cost, Lane lane, boolean front) {
    List<Grant> grants = List.of();
    Waiter waiter;
    lock.lock();
    try {
      waiter = new Waiter(cost, lane, now());
      var permit = now(cost, lane);
      if (permit != null) {
        waiter.granted.complete(permit);
        return waiter;
      }
      bounded();
      lanes.add(waiter, front);
      grants = pump();
    } finally {
      lock.unlock();
    }
    hand(grants);
    return waiter;
  }

  /** Who waits no longer, holds up nobody. Does nothing for one that was let through. */
  void leave(Waiter waiter) {
    List<Grant> grants = List.of();
    lock.lock();
    try {
      if (waiter.queued) {
        lanes.remove(waiter);
        grants = pump();
      }
    } finally {
      lock.unlock();
    }
    hand(grants);
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

  GateStatus status() {
    lock.lock();
    try {
      return new GateStatus(
          ledger.maximum(),
          ledger.rate(),
          ledger.available(now()),
          ledger.held(),
          ledger.headroom(),
          ledger.inFlight(),
          lanes.waiting(Lane.INTERACTIVE),
          lanes.waiting(Lane.BATCH));
    } finally {
      lock.unlock();
    }
  }

  /** Returns what all calls through here have spent or hold, whichever way they came. */
  double used() {
    lock.lock();
    try {
      return ledger.used();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a reply has told how large the bucket is. */
  boolean calibrated() {
    lock.lock();
    try {
      return ledger.calibrated();
    } finally {
      lock.unlock();
    }
  }

  long now() {
    return ticker.nanos();
  }

  private @Nullable Permit now(double cost, Lane lane) {
    if (!lanes.empty()) {
      return null;
    }
    long now = now();
    return ledger.wait(cost, lanes.reserve(lane, ledger.maximum(), now), now) > 0
        ? null
        : send(cost, lane, now);
  }

  private Permit send(double cost, Lane lane, long now) {
    return new Permit(this, ledger.send(cost, now), lane, lanes.sent(lane, cost, now));
  }

  private void bounded() {
    int waiting = lanes.waiting(Lane.INTERACTIVE) + lanes.waiting(Lane.BATCH);
    if (waiting >= mostWaiting) {
      throw ShopifyException.notAdmitted(
          OPERATION,
          "not sent to " + shop + ": " + waiting + " calls wait for points already, the bound",
          "send less, or raise the bound by mostWaiting");
    }
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
    if (alarmOff != null && lanes.empty()) {
      alarmOff.run();
      alarmOff = null;
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
      if (!grant.waiter().granted.complete(grant.permit())) {
        grant.permit().unused();
      }
    }
  }

  private record Grant(Waiter waiter, Permit permit) {}
}
