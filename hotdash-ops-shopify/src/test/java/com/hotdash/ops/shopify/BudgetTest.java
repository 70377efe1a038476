package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.shopify.Load.Shape;
import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The budget in virtual time: three plans, fixed seeds, a model of the bucket as measured. */
class BudgetTest {
  private static final Shape FLAT = new Shape(13, 13, 100);
  private static final Shape SMALL = new Shape(51, 14, 200);
  private static final Shape NESTED = new Shape(156, 35, 600);

  @ParameterizedTest
  @CsvSource({
    "2000, 100, 1",
    "2000, 100, 2",
    "4000, 200, 1",
    "4000, 200, 2",
    "20000, 1000, 1",
    "20000, 1000, 2"
  })
  void saturated_alone_usesTheWholeBudgetAndIsNeverThrottled(
      double maximum, double rate, long seed) {
    var load = new Load(maximum, rate, seed);

    load.saturate(300, Lane.INTERACTIVE, FLAT, SMALL, NESTED);
    load.world.runUntil(600 * World.SECOND);

    assertThat(load.shop.throttled).isZero();
    assertThat(load.shop.used).isGreaterThan(0.99 * (rate * 600 + maximum));
  }

  /**
   * Points that came back already are not somebody else's use. What is missing to the whole are the
   * calls in flight at the end, and that a call is let in only while its requested cost is there.
   */
  @ParameterizedTest
  @CsvSource({
    "2000, 100, 51, 14, 300",
    "2000, 100, 431, 79, 2000",
    "2000, 100, 862, 158, 2000",
    "4000, 200, 862, 158, 300",
    "20000, 1000, 156, 35, 2000",
    "20000, 1000, 862, 158, 2000"
  })
  void replies_muchOutOfOrder_raiseNoHeadroom(
      double maximum, double rate, double requested, double actual, int latest) {
    var load = new Load(maximum, rate, 7);
    load.latestReplyMs = latest;

    load.saturate(300, Lane.INTERACTIVE, new Shape(requested, actual, 400));
    load.world.runUntil(600 * World.SECOND);

    assertThat(load.shop.throttled).isZero();
    assertThat(load.gate.status().headroom()).isZero();
    assertThat(load.shop.used).isGreaterThan(0.99 * (rate * 597 + maximum - requested));
  }

  @ParameterizedTest
  @CsvSource({
    "2000, 100, 500, 10, 450",
    "4000, 200, 862, 30, 950",
    "4000, 200, 1000, 20, 950",
    "20000, 1000, 1000, 20, 500"
  })
  void saturated_byWhatIsHeld_keepsAsManyInFlightAsFit(
      double maximum, double rate, double requested, double actual, long runs) {
    var load = new Load(maximum, rate, 1);
    var shape = new Shape(requested, actual, runs);

    load.saturate(100, Lane.INTERACTIVE, shape);
    load.world.runUntil(600 * World.SECOND);

    assertThat(load.shop.throttled).isZero();
    assertThat(load.shop.used).isGreaterThan(0.99 * Load.sustained(maximum, rate, shape) * 600);
  }

  /**
   * Two such calls need the whole of the smallest bucket, so each point that is kept free for
   * others in the first minute holds up the second one: nowhere is the loss as large.
   */
  @ParameterizedTest
  @CsvSource({
    "2000, 100, 150, 0.98, 0.98",
    "2000, 100, 300, 0.96, 0.99",
    "2000, 100, 450, 0.94, 0.96",
    "2000, 100, 950, 0.95, 0.97",
    "2000, 100, 4000, 1, 1",
    "4000, 200, 300, 0.98, 0.99",
    "4000, 200, 450, 1, 1",
    "20000, 1000, 300, 0.99, 0.99"
  })
  void saturated_muchHeldLittleUsed_comesNearTheCeiling(
      double maximum, double rate, long runs, double whole, double afterAMinute) {
    var load = new Load(maximum, rate, 1);
    var shape = new Shape(1_000, 20, runs);

    load.saturate(100, Lane.INTERACTIVE, shape);
    load.world.runUntil(60 * World.SECOND);
    double first = load.shop.used;
    load.world.runUntil(600 * World.SECOND);

    assertThat(load.shop.throttled).isZero();
    assertThat(load.shop.used).isGreaterThan(whole * Load.ceiling(maximum, rate, shape, 600));
    assertThat(load.shop.used - first)
        .isGreaterThan(afterAMinute * Load.sustained(maximum, rate, shape) * 540);
  }

  @ParameterizedTest
  @CsvSource({
    "2000, 100, 13, 13",
    "2000, 100, 51, 14",
    "4000, 200, 13, 13",
    "4000, 200, 156, 35",
    "20000, 1000, 13, 13",
    "20000, 1000, 156, 35",
    "2000, 100, 431, 79",
    "4000, 200, 431, 79",
    "4000, 200, 862, 158",
    "20000, 1000, 431, 79",
    "20000, 1000, 862, 158"
  })
  void saturated_besideAnotherThatTakesThirtyPercent_isHardlyEverThrottled(
      double maximum, double rate, double requested, double actual) {
    var load = new Load(maximum, rate, 1);

    load.saturate(300, Lane.INTERACTIVE, FLAT, SMALL);
    load.foreign(0.3 * rate, new Shape(requested, actual, 200));
    while (load.calls < 20_000) {
      load.world.runUntil(load.world.nanos() + 60 * World.SECOND);
    }

    assertThat(load.shop.throttled).isLessThanOrEqualTo(load.calls / 1_000);
    assertThat(load.shop.used + load.shop.usedByOthers)
        .isGreaterThan(0.95 * rate * load.world.seconds());
    // Who needs much at once must get it beside us: the application itself is such a one.
    assertThat(load.shop.usedByOthers).isGreaterThan(0.25 * rate * load.world.seconds());
    assertThat(load.gate.status().headroom()).isPositive();
  }

  /** Whether it was there before us, or comes when we take all: nobody sees who is refused. */
  @ParameterizedTest
  @CsvSource({
    "2000, 100, 862, 158, 0",
    "2000, 100, 862, 158, 60",
    "2000, 100, 431, 79, 60",
    "4000, 200, 862, 158, 0",
    "4000, 200, 862, 158, 60"
  })
  void foreign_whoNeedsMuchAtOnce_isLetInWithinMinutes(
      double maximum, double rate, double requested, double actual, int begins) {
    for (int seed = 1; seed <= 10; seed++) {
      var load = new Load(maximum, rate, seed);
      load.saturate(300, Lane.INTERACTIVE, FLAT, SMALL);
      load.world.runUntil(begins * World.SECOND);
      double wish = 0.3 * rate;
      load.foreign(wish, new Shape(requested, actual, 200));

      load.world.runUntil((begins + 600) * World.SECOND);

      assertThat(load.shop.usedByOthers).as("seed %s", seed).isGreaterThan(0.05 * wish * 600);
      while (seed <= 3 && load.calls < 20_000) {
        load.world.runUntil(load.world.nanos() + 60 * World.SECOND);
      }
      double seconds = load.world.seconds();
      assertThat(load.shop.used + load.shop.usedByOthers).isGreaterThan(0.95 * rate * seconds);
      if (seed > 3) {
        continue; // the long run is for some
      }
      assertThat(load.shop.throttled).as("seed %s", seed).isLessThanOrEqualTo(load.calls / 1_000);
      assertThat(load.shop.usedByOthers).as("seed %s", seed).isGreaterThan(0.5 * wish * seconds);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2000, 100, 51, 14, 13, 13", "2000, 100, 156, 35, 51, 14", "4000, 200, 431, 79, 156, 35",
    "4000, 200, 862, 158, 51, 14", "20000, 1000, 13, 13, 862, 158", "20000, 1000, 862, 158, 51, 14"
  })
  void interactive_underSaturatingBatch_hardlyWaits(
      double maximum, double rate, double held, double used, double requested, double actual) {
    var load = new Load(maximum, rate, 1);

    load.saturate(300, Lane.BATCH, new Shape(held, used, 600));
    load.poisson(0.1 * rate / actual, Lane.INTERACTIVE, new Shape(requested, actual, 100));
    load.world.runUntil(600 * World.SECOND);
    var waits = load.interactiveWaits;
    Collections.sort(waits);

    double twoRoundTrips = 2 * (0.1 + 0.05);
    assertThat(waits.get(waits.size() * 99 / 100))
        .isLessThanOrEqualTo(Math.max(twoRoundTrips, requested / rate + 0.05));
    assertThat(load.shop.throttled).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "2000, 100, 51, 14",
    "2000, 100, 13, 13",
    "4000, 200, 156, 35",
    "4000, 200, 862, 158",
    "20000, 1000, 13, 13",
    "20000, 1000, 156, 35"
  })
  void batch_underSaturatingInteractive_keepsItsWeightInAnyTenSeconds(
      double maximum, double rate, double requested, double actual) {
    var load = new Load(maximum, rate, 1);

    load.saturate(200, Lane.INTERACTIVE, new Shape(requested, actual, 300));
    load.saturate(200, Lane.BATCH, new Shape(requested, actual, 300));
    load.world.runUntil(120 * World.SECOND);

    // In the first seconds the bucket is full, and nobody has to share.
    for (int from = 5; from <= 110; from++) {
      double batch = load.used(Lane.BATCH, from, from + 10);
      double all = batch + load.used(Lane.INTERACTIVE, from, from + 10);
      // Points come in whole calls: one may end just after the window, one begin just before.
      assertThat(batch).as("from %s s", from).isGreaterThanOrEqualTo(0.199 * all - 2 * actual);
    }
    assertThat(load.used(Lane.BATCH, 20, 120)).isBetween(0.19 * rate * 100, 0.23 * rate * 100);
  }

  @ParameterizedTest
  @CsvSource({
    "2000, 100, 0.5",
    "2000, 100, 2",
    "4000, 200, 0.5",
    "4000, 200, 2",
    "20000, 1000, 0.5",
    "20000, 1000, 2"
  })
  void limits_changedInFlight_areFollowedAtOnce(double maximum, double rate, double factor) {
    var load = new Load(maximum, rate, 1);
    load.saturate(400, Lane.INTERACTIVE, FLAT, SMALL);
    load.world.runUntil(60 * World.SECOND);

    load.shop.limits(factor * maximum, factor * rate);
    load.world.runUntil(65 * World.SECOND);
    double after = load.shop.used;
    load.world.runUntil(125 * World.SECOND);

    assertThat(load.shop.throttled).isLessThanOrEqualTo(3);
    assertThat(load.shop.used - after).isGreaterThan(0.99 * factor * rate * 60);
    assertThat(load.gate.status().restoreRate()).isEqualTo(factor * rate);
  }

  @ParameterizedTest
  @CsvSource({"2000, 100", "4000, 200", "20000, 1000"})
  void bucket_alreadyDrainedByOthers_isFoundOutByOneCall(double maximum, double rate) {
    var load = new Load(maximum, rate, 1);
    load.shop.drain(60);

    load.saturate(100, Lane.INTERACTIVE, SMALL);
    load.world.runUntil(60 * World.SECOND);

    assertThat(load.shop.throttled).isZero();
    assertThat(load.shop.used).isGreaterThan(0.97 * rate * 60);
  }

  @ParameterizedTest
  @CsvSource({"2000, 100", "4000, 200", "20000, 1000"})
  void plainRetryAfterTheExactWait_sameWorkload_isRefusedMostOfTheTime(
      double maximum, double rate) {
    var guarded = new Load(maximum, rate, 1);
    var plain = new Load(maximum, rate, 1);

    guarded.saturate(50, Lane.INTERACTIVE, SMALL);
    plain.retryPlainly(50, SMALL);
    guarded.world.runUntil(600 * World.SECOND);
    plain.world.runUntil(600 * World.SECOND);

    assertThat(guarded.shop.throttled).isZero();
    assertThat(plain.shop.throttled).isGreaterThan(plain.shop.ran / 2);
    assertThat(guarded.shop.used).isGreaterThan(0.99 * plain.shop.used);
  }
}
