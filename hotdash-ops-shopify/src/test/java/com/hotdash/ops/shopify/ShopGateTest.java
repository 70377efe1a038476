package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopGateTest {
  private static final ThrottleStatus FULL = new ThrottleStatus(2_000, 2_000, 100);

  private final World world = new World();
  private final ShopGate gate = gate(world);

  private static ShopGate gate(World world) {
    return new ShopGate("hotdash.myshopify.com", world::nanos, world, 0.2, 200_000);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 1_000.5, Double.NaN, Double.POSITIVE_INFINITY})
  void acquire_costNoDocumentMayHave_isRefused(double cost) {
    assertThatIllegalArgumentException().isThrownBy(() -> gate.tryAcquire(cost, Lane.BATCH));
  }

  @Test
  void firstCall_untilItsReply_goesAlone() {
    var first = gate.tryAcquire(10, Lane.INTERACTIVE).orElseThrow();

    assertThat(gate.tryAcquire(10, Lane.INTERACTIVE)).isEmpty();
    world.runUntil(World.SECOND);
    first.settle(new Charge(10, 2.0, new ThrottleStatus(20_000, 19_998, 1_000)));

    assertThat(gate.tryAcquire(10, Lane.INTERACTIVE)).isPresent();
    assertThat(gate.status().maximumAvailable()).isEqualTo(20_000);
    assertThat(gate.status().restoreRate()).isEqualTo(1_000);
  }

  @Test
  void firstCall_notAnswered_isWhatTheOthersAreTold() {
    assertThat(gate.tryAcquire(10, Lane.INTERACTIVE)).isPresent();
    var second = gate.acquireAsync(10, Lane.BATCH, Deadline.after(ms(700), world::nanos));
    world.runUntil(World.SECOND);

    assertThatExceptionOfType(java.util.concurrent.CompletionException.class)
        .isThrownBy(second::join)
        .withMessageContaining("the first call")
        .withMessageNotContaining("page sizes");
  }

  @Test
  void firstCall_replyWithoutStatus_leavesTheSmallestPlan() {
    gate.tryAcquire(10, Lane.INTERACTIVE).orElseThrow().settle(10);

    assertThat(gate.status().toString())
        .isEqualTo(
            "1990 of 2000 points, +100/s; in flight 0 holding 0; waiting 0 interactive, 0 batch");
  }

  @Test
  void permit_neverSettled_isSpentAfterThirtySeconds() {
    calibrate();
    assertThat(gate.tryAcquire(1_000, Lane.BATCH)).isPresent();

    world.runUntil(29 * World.SECOND);
    assertThat(gate.status().inFlight()).isEqualTo(1);
    world.runUntil(31 * World.SECOND);

    assertThat(gate.status().inFlight()).isZero();
    assertThat(gate.status().held()).isZero();
  }

  @Test
  void permit_settledTwice_countsOnce() {
    calibrate();
    double before = gate.status().available();
    var permit = gate.tryAcquire(500, Lane.BATCH).orElseThrow();

    permit.settle(100);
    permit.settle(100);
    permit.unused();
    permit.close();

    assertThat(gate.status().available()).isEqualTo(before - 100);
  }

  @Test
  void permit_closedWithoutWord_isSpentInFull() {
    calibrate();
    double before = gate.status().available();

    gate.tryAcquire(500, Lane.BATCH).orElseThrow().close();

    assertThat(gate.status().available()).isEqualTo(before - 500);
  }

  @Test
  void throttled_costsNothingAndWaitsExactly() {
    calibrate();
    var permit = gate.tryAcquire(862, Lane.INTERACTIVE).orElseThrow();
    world.runUntil(world.nanos() + 100 * World.MS);

    // The measured refusal: 862 asked, 572 left (shopify.md, section 3).
    permit.settle(new Charge(862, null, new ThrottleStatus(4_000, 572, 200)));
    var again = gate.acquireAsync(862, Lane.INTERACTIVE, longTime());
    assertThat(again).isNotDone();

    // (862 - 572) / 200 s, and what is kept free for whoever emptied it.
    world.runUntil(world.nanos() + 1_450 * World.MS);
    assertThat(again).isNotDone();
    world.runUntil(world.nanos() + 5 * World.SECOND);
    assertThat(again).isCompleted();
  }

  @Test
  void acquireAsync_deadlinePasses_leavesTheQueueAndSaysWhy() {
    drain();

    var late = gate.acquireAsync(500, Lane.BATCH, Deadline.after(ms(700), world::nanos));
    world.runUntil(world.nanos() + World.SECOND);

    assertThat(late).isCompletedExceptionally();
    assertThatExceptionOfType(java.util.concurrent.CompletionException.class)
        .isThrownBy(late::join)
        .havingCause()
        .isInstanceOfSatisfying(
            ShopifyException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ShopifyException.Kind.NOT_ADMITTED);
              assertThat(e.retryable()).isTrue();
            })
        .withMessageContaining("shopify points.acquire: not sent to hotdash.myshopify.com")
        .withMessageContaining("500 points were not to be had within 700 ms")
        .withMessageContaining("Next: wait longer");
    assertThat(gate.status().batchWaiting()).isZero();
  }

  @Test
  void acquireAsync_headGivesUp_nextIsServedAtOnce() {
    drain();
    var large = gate.acquireAsync(900, Lane.BATCH, longTime());
    world.runUntil(world.nanos() + 3 * World.SECOND);
    var small = gate.acquireAsync(100, Lane.BATCH, longTime());
    assertThat(small).isNotDone();

    large.cancel(true);

    assertThat(small).isCompleted();
  }

  @Test
  void cancelled_hundredThousandCallers_leaveNothing() {
    drain();
    var waiting = new ArrayList<CompletableFuture<Permit>>();
    for (int i = 0; i < 100_000; i++) {
      waiting.add(
          gate.acquireAsync(1 + i % 1_000, i % 3 == 0 ? Lane.BATCH : Lane.INTERACTIVE, longTime()));
    }
    double held = gate.status().held();

    waiting.forEach(caller -> caller.cancel(false));

    assertThat(gate.status().interactiveWaiting()).isZero();
    assertThat(gate.status().batchWaiting()).isZero();
    assertThat(gate.status().held()).isEqualTo(held);
    assertThat(world.pending()).as("alarms").isLessThanOrEqualTo(1);
    world.runUntil(world.nanos() + 100 * World.SECOND);
    assertThat(gate.tryAcquire(1_000, Lane.INTERACTIVE)).isPresent();
  }

  @Test
  void cancelled_hundredThousandCallers_leaveNoThread() throws Exception {
    long before = alarmThreads();
    try (var alarms = new AlarmThread()) {
      var real = new ShopGate("hotdash.myshopify.com", System::nanoTime, alarms, 0.2, 200_000);
      real.tryAcquire(1, Lane.BATCH)
          .orElseThrow()
          .settle(new Charge(1, 1.0, new ThrottleStatus(2_000, 0, 100)));
      var deadline = Deadline.after(Duration.ofHours(1), System::nanoTime);
      var waiting = new ArrayList<CompletableFuture<Permit>>();
      for (int i = 0; i < 100_000; i++) {
        waiting.add(real.acquireAsync(900 + i % 100, Lane.BATCH, deadline));
      }

      assertThat(alarmThreads() - before).isLessThanOrEqualTo(1);
      for (var caller : waiting) {
        if (!caller.cancel(false)) {
          caller.join().unused(); // points have come back meanwhile
        }
      }

      assertThat(real.status().batchWaiting()).isZero();
      assertThat(real.status().held()).isZero();
    }
    for (var thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals(AlarmThread.NAME)) {
        thread.join(1_000); // ours ends; another test's may idle for longer
      }
    }
    assertThat(alarmThreads()).isLessThanOrEqualTo(before);
  }

  private static long alarmThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(AlarmThread.NAME))
        .count();
  }

  @Test
  void guardClosed_whoWaits_endsByItsDeadlineOrGoesInItsTurn() throws Exception {
    var guard = ShopifyGuard.builder().build();
    var real = guard.gate(ShopDomain.of("hotdash"));
    real.tryAcquire(1, Lane.BATCH).orElseThrow().settle(new Charge(1, 1.0, FULL));
    var all = real.tryAcquire(1_000, Lane.INTERACTIVE).orElseThrow();
    real.tryAcquire(1_000, Lane.INTERACTIVE).ifPresent(permit -> permit.settle(990));
    var late = real.acquireAsync(1_000, Lane.BATCH, Deadline.after(ms(50), System::nanoTime));
    guard.close();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> late.get(5, TimeUnit.SECONDS))
        .withMessageContaining("were not to be had");
    var next = real.acquireAsync(1_000, Lane.BATCH, Deadline.after(ms(5_000), System::nanoTime));
    all.settle(1);
    assertThat(next.get(5, TimeUnit.SECONDS).cost()).isEqualTo(1_000);
    assertThat(real.status().batchWaiting()).isZero();
  }

  @Test
  void acquire_bound_isKept() {
    var small = new ShopGate("hotdash.myshopify.com", world::nanos, world, 0.2, 1);
    var first = small.tryAcquire(1, Lane.BATCH).orElseThrow();
    var second = small.acquireAsync(1, Lane.BATCH, longTime());

    assertThatExceptionOfType(ShopifyException.class)
        .isThrownBy(() -> small.acquireAsync(1, Lane.INTERACTIVE, longTime()))
        .withMessageContaining("1 calls wait for points already, the bound");
    first.unused();
    assertThat(second).isCompleted();
  }

  @Test
  void acquire_manyThreads_interruptedOrServed_leaveNothing() throws Exception {
    try (var alarms = new AlarmThread()) {
      var real = new ShopGate("hotdash.myshopify.com", System::nanoTime, alarms, 0.2, 10_000);
      real.tryAcquire(1, Lane.BATCH).orElseThrow().settle(new Charge(1, 1.0, FULL));
      var threads = Executors.newFixedThreadPool(16);
      var asked = new ArrayList<Future<?>>();
      for (int i = 0; i < 2_000; i++) {
        asked.add(
            threads.submit(
                () -> {
                  try (var permit =
                      real.acquire(300, Lane.BATCH, Deadline.after(ms(20_000), System::nanoTime))) {
                    permit.settle(0.1);
                  }
                }));
      }
      for (int i = 0; i < 2_000; i += 2) {
        asked.get(i).cancel(true);
      }
      threads.shutdown();

      assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
      assertThat(real.status().inFlight()).isZero();
      assertThat(real.status().held()).isZero();
      assertThat(real.status().batchWaiting()).isZero();
    }
  }

  @Test
  void acquire_interrupted_leavesAtOnceWithTheFlagSet() {
    drain();
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedOpsException.class)
        .isThrownBy(() -> gate.acquire(900, Lane.BATCH, longTime()));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(gate.status().batchWaiting()).isZero();
  }

  private void calibrate() {
    var first = gate.tryAcquire(1, Lane.INTERACTIVE).orElseThrow();
    world.runUntil(world.nanos() + 100 * World.MS);
    first.settle(new Charge(1, 1.0, new ThrottleStatus(4_000, 3_999, 200)));
  }

  private void drain() {
    var first = gate.tryAcquire(1, Lane.INTERACTIVE).orElseThrow();
    world.runUntil(world.nanos() + 100 * World.MS);
    first.settle(new Charge(1, 1.0, new ThrottleStatus(2_000, 0, 100)));
  }

  private Deadline longTime() {
    return Deadline.after(Duration.ofHours(1), world::nanos);
  }

  private static Duration ms(long ms) {
    return Duration.ofMillis(ms);
  }
}
