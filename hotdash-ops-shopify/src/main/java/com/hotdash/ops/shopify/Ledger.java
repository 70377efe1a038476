package com.hotdash.ops.shopify;

import java.util.LinkedHashSet;

/**
 * What is left in the bucket of one app in one shop, as far as it can be known from here. Holds the
 * requested cost from sending to reply, as Shopify does, and gives the rest back; what replies
 * report corrects it. Time comes in with each call. Guarded by its gate's lock.
 *
 * <p>It must never believe in more than there is. Two things are not seen from here: when a call
 * reaches the bucket, and who else draws on it. A full bucket loses what would come back, so a call
 * is taken to arrive as late as it can: half of the shortest round trip after it was sent. Until
 * then it is held without anything coming back for it.
 */
final class Ledger {
  /** The smallest plan's bucket, until a reply tells (shopify.md, section 3). */
  static final double SMALLEST_BUCKET = 2_000;

  /** The smallest plan's rate, until a reply tells (shopify.md, section 3). */
  static final double SMALLEST_RATE = 100;

  /** Levels are reported in whole points, rounded down (shopify.md, section 3). */
  static final double ROUNDED = 1;

  /** Three times as long as Shopify works on any call (504 after 10 s, shopify.md, section 5). */
  static final long LONGEST_FLIGHT = 30_000_000_000L;

  private static final double NANOS = 1e9;
  private static final double NOTHING = 1e-6;
  private static final long SHORTEST_WAIT = 100_000;

  private final LinkedHashSet<Hold> flying = new LinkedHashSet<>();
  private final Window underway = new Window();
  private final Refunds refunds = new Refunds();
  private final RoundTrips roundTrips = new RoundTrips();
  private final ForeignUse foreign;
  private final Clearing clearing;
  private double maximum;
  private double rate;
  private double level;
  private double held;
  private double spent;
  private long at;
  private long limitsSince;
  private boolean calibrated;

  /**
   * @param bucket the size that is assumed until a reply tells
   * @param restored the rate that is assumed until a reply tells
   * @param largestCall the most that one call can cost
   */
  Ledger(double bucket, double restored, double largestCall, long now) {
    maximum = bucket;
    rate = restored;
    level = bucket;
    at = now;
    limitsSince = now;
    foreign = new ForeignUse(restored, largestCall, now);
    clearing = new Clearing(largestCall, now);
  }

  /** What can be asked for now without being refused, headroom for others left out. */
  double available(long now) {
    advance(now);
    return level - underway.sum();
  }

  /**
   * Returns how long until a call can be sent, if nothing comes back before: 0 for now.
   *
   * @param reserve what must be left after it
   */
  long wait(double cost, double reserve, long now) {
    advance(now);
    if (!calibrated && !flying.isEmpty()) {
      // One alone finds out how large the bucket is, and what is left in it.
      return flying.iterator().next().sentAt + LONGEST_FLIGHT - now;
    }
    double room = Math.max(0, maximum - cost);
    double free = level - underway.sum();
    double kept = Math.max(foreign.headroom(), clearing.keep(free, held, maximum, rate, now));
    double missing = cost + Math.min(room, kept + reserve) - free;
    if (missing <= NOTHING) {
      return 0;
    }
    double seconds = missing / rate;
    long nanos = (long) Math.ceil(seconds * NANOS);
    var next = underway.oldest();
    if (next != null && level + seconds * rate >= maximum) {
      // Full: nothing comes back before the next call has arrived.
      nanos = Math.max(nanos, next.sentAt + roundTrips.half() - now);
    }
    // What is kept free changes while it is being cleared.
    return Math.max(
        SHORTEST_WAIT, clearing.running() ? Math.min(nanos, Clearing.LOOKED_AT) : nanos);
  }

  Hold send(double cost, long now) {
    advance(now);
    var hold = new Hold(cost, now, spent);
    flying.add(hold);
    underway.add(hold);
    held += cost;
    return hold;
  }

  /** Gives back a call that was never sent, or refused before it ran. */
  void unused(Hold hold, long now) {
    settle(hold, 0, now);
  }

  /** Books a reply. */
  void reply(Hold hold, Charge charge, long now) {
    boolean last = settle(hold, charge.spent(), now);
    if (!last) {
      return;
    }
    if (charge.actualQueryCost() != null) {
      roundTrips.took(now - hold.sentAt, now);
    }
    var status = charge.throttleStatus();
    if (status != null) {
      audit(hold, charge, status, now);
    }
    calibrated = true;
  }

  /** Books a call of which nothing is known but that it may have run: as spent in full. */
  void lost(Hold hold, long now) {
    settle(hold, hold.cost, now);
  }

  /** Returns false if the call was settled before. */
  private boolean settle(Hold hold, double actual, long now) {
    advance(now);
    if (hold.settled) {
      return false;
    }
    hold.settled = true;
    flying.remove(hold);
    held -= hold.cost;
    spent += actual;
    if (hold.arrived) {
      level = Math.min(maximum, level + hold.cost - actual);
      hold.refund = Math.max(0, hold.cost - actual);
      refunds.add(hold.refund, now);
    } else {
      underway.settle(hold);
      level -= actual;
    }
    return true;
  }

  private void audit(Hold hold, Charge charge, ThrottleStatus status, long now) {
    if (!calibrated) {
      maximum = status.maximumAvailable();
      rate = status.restoreRate();
      level = status.currentlyAvailable();
      limitsSince = now;
      foreign.calibrated(rate, maximum, level);
      return;
    }
    if (maximum != status.maximumAvailable() || rate != status.restoreRate()) {
      maximum = status.maximumAvailable();
      rate = status.restoreRate();
      level = Math.min(level, maximum);
      limitsSince = now;
    }
    foreign.replied(rate, now);
    foreign.atMost(maximum / 2);
    boolean ours = hold.sentAt < limitsSince || charge.requestedQueryCost() > hold.cost;
    double believed = level - underway.sum();
    double reported = status.currentlyAvailable();
    if (charge.actualQueryCost() == null) {
      // Refused although we believed in enough.
      lower(believed, reported);
      if (!ours) {
        foreign.refused(hold.cost - reported, rate);
        foreign.atMost(maximum / 2);
      }
      return;
    }
    long age = Math.max(2 * roundTrips.half(), (now - hold.sentAt) / 2);
    double surprise = believed - rate * age / NANOS - (reported + ROUNDED);
    if (surprise > 0) {
      surprise -= refunds.since(now - age) - hold.refund;
    }
    if (surprise > 0) {
      lower(believed, reported);
      // A change of limits, or a cost that was guessed too low, is nobody else's doing.
      if (!ours) {
        foreign.jumped(surprise);
        foreign.atMost(maximum / 2);
      }
      return;
    }
    double least = reported - underway.sum();
    if (foreign.present(rate)) {
      // No benefit of the doubt: what was sent of late may have come after this was reported.
      foreign.took(Math.max(0, believed - least));
      lower(believed, least);
      return;
    }
    // Another call in flight may not have arrived when this was reported, or may have been refunded
    // already: then its refund is still to be booked here.
    least = reported - held - (spent - hold.spentBefore);
    if (least > believed) {
      level = Math.min(maximum, level + least - believed);
    }
  }

  private void lower(double believed, double to) {
    if (to < believed) {
      level -= believed - to;
    }
  }

  private void advance(long now) {
    long transit = roundTrips.half();
    for (var late = underway.leave(now, transit);
        late != null;
        late = underway.leave(now, transit)) {
      refill(late.sentAt + transit);
      level -= late.cost;
      late.arrived = true;
    }
    refill(now);
    while (!flying.isEmpty()) {
      var oldest = flying.iterator().next();
      if (now - oldest.sentAt < LONGEST_FLIGHT) {
        return;
      }
      // Its caller forgot it. Nothing may be held for ever.
      oldest.settled = true;
      flying.remove(oldest);
      held -= oldest.cost;
      spent += oldest.cost;
    }
  }

  private void refill(long now) {
    if (now > at) {
      level = Math.min(maximum, level + rate * (now - at) / NANOS);
      at = now;
    }
  }

  double maximum() {
    return maximum;
  }

  double rate() {
    return rate;
  }

  double held() {
    return held;
  }

  /** All that was spent, as far as it is known, and what is held for calls in flight. */
  double used() {
    return spent + held;
  }

  int inFlight() {
    return flying.size();
  }

  /** What is kept free for others, or 0 if none draw on the bucket. */
  double headroom() {
    return foreign.present(rate) ? foreign.headroom() : 0;
  }

  boolean calibrated() {
    return calibrated;
  }
}
