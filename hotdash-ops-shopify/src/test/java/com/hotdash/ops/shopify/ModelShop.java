package com.hotdash.ops.shopify;

import java.util.function.Consumer;

/**
 * A shop's bucket as measured: refilled continuously, holding the requested cost of a running call,
 * giving the rest back at its end, reporting whole points.
 */
final class ModelShop {
  private final World world;
  private double maximum;
  private double rate;
  private double level;
  private long at;
  long throttled;
  long ran;
  double used;
  double usedByOthers;

  ModelShop(World world, double maximum, double rate) {
    this.world = world;
    this.maximum = maximum;
    this.rate = rate;
    this.level = maximum;
  }

  /** A call of ours: arrives, runs, and its reply goes back. */
  void call(
      double requested, double actual, long up, long runs, long down, Consumer<Charge> reply) {
    world.in(
        up,
        () -> {
          if (!admit(requested)) {
            throttled++;
            var charge = new Charge(requested, null, status());
            world.in(down, () -> reply.accept(charge));
            return;
          }
          world.in(
              runs,
              () -> {
                end(requested, actual);
                ran++;
                used += actual;
                var charge = new Charge(requested, actual, status());
                world.in(down, () -> reply.accept(charge));
              });
        });
  }

  /** A call of somebody else, at this moment. Returns whether it ran. */
  boolean foreign(double requested, double actual, long runs) {
    if (!admit(requested)) {
      return false;
    }
    usedByOthers += actual;
    world.in(runs, () -> end(requested, actual));
    return true;
  }

  void limits(double newMaximum, double newRate) {
    refill();
    maximum = newMaximum;
    rate = newRate;
    level = Math.min(level, maximum);
  }

  void drain(double left) {
    refill();
    level = left;
  }

  private boolean admit(double requested) {
    refill();
    if (level < requested - 1e-6) {
      return false;
    }
    level -= requested;
    return true;
  }

  private void end(double requested, double actual) {
    refill();
    level = Math.min(maximum, level + requested - actual);
  }

  private ThrottleStatus status() {
    return new ThrottleStatus(maximum, Math.floor(level), rate);
  }

  private void refill() {
    level = Math.min(maximum, level + rate * (world.nanos() - at) / 1e9);
    at = world.nanos();
  }
}
