package com.hotdash.ops.shopify;

import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Callers that go through a gate to a shop in virtual time. */
final class Load {
  static final Duration LONG = Duration.ofHours(10);

  final World world = new World();
  final ModelShop shop;
  final ShopGate gate;
  final Random random;
  final List<Double> interactiveWaits = new ArrayList<>();
  final List<Spent> spent = new ArrayList<>();
  long calls;

  /** How much later than usual a reply may come, so that some overtake others. */
  int latestReplyMs;

  Load(double maximum, double rate, long seed) {
    shop = new ModelShop(world, maximum, rate);
    random = new Random(seed);
    gate = new ShopGate("hotdash.myshopify.com", world::nanos, world, 0.2, 10_000);
  }

  /** What a call costs and how long the shop works on it. */
  record Shape(double requested, double actual, long runsMs) {}

  record Spent(double seconds, Lane lane, double points) {}

  /** Callers who ask again as soon as they were answered. */
  void saturate(int callers, Lane lane, Shape... shapes) {
    for (int i = 0; i < callers; i++) {
      again(lane, shapes);
    }
  }

  private void again(Lane lane, Shape[] shapes) {
    call(lane, shapes[random.nextInt(shapes.length)], () -> again(lane, shapes));
  }

  /** Callers without a gate, who wait exactly as long as a refusal says and then try again. */
  void retryPlainly(int callers, Shape shape) {
    for (int i = 0; i < callers; i++) {
      plain(shape);
    }
  }

  private void plain(Shape shape) {
    long runs = (long) (shape.runsMs() * World.MS * (0.7 + 0.6 * random.nextDouble()));
    shop.call(
        shape.requested(),
        shape.actual(),
        line(),
        runs,
        line(),
        charge -> {
          var status = charge.throttleStatus();
          calls++;
          double missing =
              charge.actualQueryCost() != null || status == null
                  ? 0
                  : shape.requested() - status.currentlyAvailable();
          double rate = status == null ? 1 : status.restoreRate();
          world.in((long) Math.max(0, missing / rate * 1e9), () -> plain(shape));
        });
  }

  /** Calls at random moments. */
  void poisson(double perSecond, Lane lane, Shape shape) {
    world.in(
        (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9),
        () -> {
          call(lane, shape, () -> {});
          poisson(perSecond, lane, shape);
        });
  }

  /** Somebody else's calls at random moments, taking this many points a second. */
  void foreign(double pointsPerSecond, Shape shape) {
    world.in(
        (long) (-Math.log(1 - random.nextDouble()) / (pointsPerSecond / shape.actual()) * 1e9),
        () -> {
          insist(shape);
          foreign(pointsPerSecond, shape);
        });
  }

  private void insist(Shape shape) {
    if (!shop.foreign(shape.requested(), shape.actual(), shape.runsMs() * World.MS)) {
      world.in((50 + random.nextInt(100)) * World.MS, () -> insist(shape));
    }
  }

  void call(Lane lane, Shape shape, Runnable then) {
    long asked = world.nanos();
    var deadline = Deadline.after(LONG, world::nanos);
    var sent =
        gate.acquireAsync(shape.requested(), lane, deadline)
            .thenAccept(permit -> send(permit, lane, shape, asked, then));
    if (sent.isCompletedExceptionally()) {
      sent.join();
    }
  }

  private void send(Permit permit, Lane lane, Shape shape, long asked, Runnable then) {
    if (lane == Lane.INTERACTIVE) {
      interactiveWaits.add((world.nanos() - asked) / 1e9);
    }
    long runs = (long) (shape.runsMs() * World.MS * (0.7 + 0.6 * random.nextDouble()));
    shop.call(
        shape.requested(),
        shape.actual(),
        line(),
        runs,
        line() + (latestReplyMs == 0 ? 0 : random.nextInt(latestReplyMs) * World.MS),
        charge -> {
          permit.settle(charge);
          calls++;
          spent.add(new Spent(world.seconds(), lane, charge.spent()));
          then.run();
        });
  }

  /** One way over the line: 10 to 40 ms. */
  private long line() {
    return (10 + random.nextInt(31)) * World.MS;
  }

  double used(Lane lane, double from, double to) {
    return spent.stream()
        .filter(s -> s.lane() == lane && s.seconds() >= from && s.seconds() < to)
        .mapToDouble(Spent::points)
        .sum();
  }

  /** What one shape can use in a second (shopify.md, section 4), if nothing is left over. */
  static double sustained(double maximum, double rate, Shape shape) {
    return Math.min(rate, mostHeld(maximum, shape) * shape.actual() / seconds(shape));
  }

  /**
   * The most that one shape can use in a time. At the rate: all that comes back and the full
   * bucket, less what the calls hold that are in flight then, as many as it takes to use so much.
   * Held up by what calls hold: what these use, and the full bucket adds nothing, for it stays
   * full.
   */
  static double ceiling(double maximum, double rate, Shape shape, double seconds) {
    double flying = rate * shape.runsMs() / 1e3 / shape.actual();
    return Math.min(
        rate * seconds + maximum - flying * shape.requested(),
        mostHeld(maximum, shape) * shape.actual() / seconds(shape) * seconds);
  }

  private static double mostHeld(double maximum, Shape shape) {
    return Math.floor(maximum / shape.requested());
  }

  /** Shopify's work, and both ways over the line. */
  private static double seconds(Shape shape) {
    return shape.runsMs() / 1e3 + 0.05;
  }
}
