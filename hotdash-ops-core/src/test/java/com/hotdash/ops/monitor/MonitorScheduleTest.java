package com.hotdash.ops.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.escalation.Escalation;
import com.hotdash.ops.monitor.Tick.Outcome;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.ManualTime;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MonitorScheduleTest {
  private static final Duration FIVE = MonitorSchedule.EVERY;

  private final ManualTime clock = new ManualTime();
  private final LinkedBlockingQueue<Tick> beats = new LinkedBlockingQueue<>();

  /** Each wait takes as long as the test wants it to. */
  private final SynchronousQueue<Duration> waits = new SynchronousQueue<>();

  private Time stepped() {
    return new Time(clock.time().clock(), clock.time().ticker(), waits::put);
  }

  private Monitor monitor(Look look) {
    var escalation = new Escalation("production", List.of(), Redactor.SHAPES, clock.time());
    return Monitor.builder(look, escalation).time(clock.time()).heartbeat(beats::add).build();
  }

  private Tick beat() throws InterruptedException {
    return beats.poll(10, TimeUnit.SECONDS);
  }

  private @Nullable Duration nextRound() throws InterruptedException {
    return waits.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void start_callsAtOnceAndAfterEachWait() throws Exception {
    var threads = new LinkedBlockingQueue<Thread>();
    var monitor =
        monitor(
            deadline -> {
              threads.add(Thread.currentThread());
              return List.of();
            });
    var over = new Semaphore(0);
    Executor executor =
        task ->
            new Thread(
                    () -> {
                      task.run();
                      over.release();
                    })
                .start();
    try (var schedule = MonitorSchedule.start(monitor, FIVE, stepped(), executor)) {
      assertThat(beat().outcome()).isEqualTo(Outcome.BLIND);
      assertThat(over.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
      assertThat(nextRound()).isEqualTo(FIVE);
      assertThat(beat().outcome()).isEqualTo(Outcome.BLIND);
      assertThat(schedule.toString()).isEqualTo("ticks every 300 s");
    }
    try (var schedule = MonitorSchedule.start(monitor, FIVE, stepped())) {
      assertThat(beat()).isNotNull();
      assertThat(schedule).isNotNull();
    }
    assertThat(threads).hasSize(3);
    assertThat(threads)
        .filteredOn(thread -> thread.getName().equals("hotdash-ops-monitor"))
        .singleElement()
        .satisfies(own -> assertThat(own.isDaemon()).isTrue());
  }

  @Test
  void start_tickHangs_isInterruptedNeverOverlapsAndIsHeard() throws Exception {
    var inside = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var monitor =
        monitor(
            deadline -> {
              inside.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
                awaitUninterrupted(goOn);
              }
              return List.of();
            });
    try (var schedule = MonitorSchedule.start(monitor, FIVE, stepped())) {
      assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
      nextRound();

      var missed = beat();
      assertThat(missed.outcome()).isEqualTo(Outcome.SKIPPED);
      assertThat(missed.notes()).singleElement().asString().contains("not over after 300 s");
      assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
      nextRound();
      assertThat(beat().outcome()).as("still under way").isEqualTo(Outcome.SKIPPED);
      goOn.countDown();
      assertThat(beat().outcome()).as("the one that hung").isEqualTo(Outcome.BLIND);
      assertThat(schedule).isNotNull();
    }
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    boolean over = false;
    while (!over) {
      try {
        over = latch.await(10, TimeUnit.SECONDS);
        assertThat(over).isTrue();
      } catch (InterruptedException e) {
        over = false; // a tick that will not end is interrupted in every round
      }
    }
  }

  @Test
  void start_callersExecutor_runsTheTicksAndIsNotInterruptedAfterwards() throws Exception {
    var flag = new AtomicReference<@Nullable Boolean>();
    var done = new CountDownLatch(1);
    try (var schedule =
        MonitorSchedule.start(
            monitor(deadline -> List.of()),
            FIVE,
            stepped(),
            task -> {
              task.run();
              flag.compareAndSet(null, Thread.currentThread().isInterrupted());
              done.countDown();
            })) {
      assertThat(beat()).isNotNull();
      assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(flag.get()).isFalse();
      assertThat(schedule).isNotNull();
    }
  }

  @Test
  void start_executorRefuses_isHeard() throws Exception {
    try (var schedule =
        MonitorSchedule.start(
            monitor(deadline -> List.of()),
            FIVE,
            stepped(),
            task -> {
              throw new RejectedExecutionException("full");
            })) {
      assertThat(beat().outcome()).isEqualTo(Outcome.SKIPPED);
      assertThat(schedule).isNotNull();
    }
  }

  @Test
  void close_endsTheTicks() throws Exception {
    var schedule = MonitorSchedule.start(monitor(deadline -> List.of()), FIVE, stepped());
    beat();

    schedule.close();
    schedule.close();

    waits.poll(50, TimeUnit.MILLISECONDS);
    assertThat(beats.poll(50, TimeUnit.MILLISECONDS)).isNull();
    assertThat(schedule.toString()).endsWith("closed");
    assertThatThrownBy(
            () -> MonitorSchedule.start(monitor(deadline -> List.of()), Duration.ZERO, stepped()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
