package com.hotdash.ops.observation;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ObserverTest {
  private static final ReadingKey<String> FIRST = new ReadingKey<>("first", "set FIRST");
  private static final ReadingKey<String> SECOND = new ReadingKey<>("second", "set SECOND");
  private static final ReadingKey<String> THIRD = new ReadingKey<>("third", "set THIRD");
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(150);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    never.countDown();
    threads.shutdownNow();
  }

  @Test
  void observe_twoSources_lookSideBySide() throws Exception {
    // Each waits for the other: one after the other they would wait for ever.
    var meeting = new CyclicBarrier(2);
    var one =
        new Fake(
            sink -> {
              meet(meeting);
              sink.put(FIRST, read("1"));
            },
            FIRST);
    var two =
        new Fake(
            sink -> {
              meet(meeting);
              sink.put(SECOND, read("2"));
            },
            SECOND);

    var seen = observe(LONG, one, two);

    assertThat(seen.get(FIRST).toOptional()).contains("1");
    assertThat(seen.get(SECOND).toOptional()).contains("2");
    assertClosed(one, two);
  }

  @Test
  void observe_sourceHangs_keepsTheOthersAndWhatItHadDelivered() throws Exception {
    var delivered = new CountDownLatch(1);
    var quick = new Fake(sink -> sink.put(FIRST, read("1")), FIRST);
    var hangs =
        new Fake(
            sink -> {
              sink.put(SECOND, read("2"));
              delivered.countDown();
              await(never);
            },
            SECOND,
            THIRD);
    long began = System.nanoTime();

    var seen = observe(SHORT, quick, hangs);

    var took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(took).isLessThan(SHORT.plusMillis(250).multipliedBy(3));
    assertThat(took).isGreaterThanOrEqualTo(SHORT);
    await(delivered);
    assertThat(seen.get(FIRST).toOptional()).contains("1");
    assertThat(seen.get(SECOND).toOptional()).contains("2");
    assertThat(why(seen, THIRD)).isEqualTo(Why.TIMED_OUT);
    assertClosed(quick, hangs);
  }

  @Test
  void observe_listener_hearsOfEachSourceAndThatTheRestIsUnderWay() throws Exception {
    var first = new CountDownLatch(1);
    var quick = new Fake(sink -> sink.put(FIRST, read("1")), FIRST);
    var waits =
        new Fake(
            sink -> {
              await(first);
              sink.put(SECOND, read("2"));
            },
            SECOND);
    var heard = new ArrayList<String>();

    var seen =
        new Observer(List.of(quick, waits), threads, Time.SYSTEM, Redactor.SHAPES)
            .observe(
                Set.of(FIRST, SECOND),
                Time.SYSTEM.deadline(LONG),
                LONG,
                (soFar, outstanding) -> {
                  heard.add(soFar.get(FIRST).toOptional() + " " + outstanding);
                  assertThat(why(soFar, SECOND)).isEqualTo(Why.TIMED_OUT);
                  first.countDown();
                });

    assertThat(heard).containsExactly("Optional[1] [second]");
    assertThat(seen.get(SECOND).toOptional()).contains("2");
  }

  @Test
  void observe_nothingEndsInTime_tellsOnceThatAllIsUnderWay() {
    var hangs = new Fake(sink -> await(never), FIRST);
    var heard = new ArrayList<String>();

    var seen =
        new Observer(List.of(hangs), threads, Time.SYSTEM, Redactor.SHAPES)
            .observe(
                Set.of(FIRST),
                Time.SYSTEM.deadline(SHORT.multipliedBy(2)),
                SHORT,
                (soFar, outstanding) -> heard.add(outstanding.toString()));

    assertThat(heard).containsExactly("[first]");
    assertThat(why(seen, FIRST)).isEqualTo(Why.TIMED_OUT);
  }

  @Test
  void observe_lateReading_isIgnored() throws Exception {
    var late = new CountDownLatch(1);
    var put = new CountDownLatch(1);
    var source =
        new Fake(
            sink -> {
              await(late);
              sink.put(FIRST, read("late"));
              put.countDown();
            },
            FIRST);

    var seen = observe(SHORT, source);
    late.countDown();
    await(put);

    assertThat(why(seen, FIRST)).isEqualTo(Why.TIMED_OUT);
  }

  @Test
  void observe_sourceThrows_tellsSoRedactedAndKeepsWhatItHadDelivered() throws Exception {
    var throwing =
        new Fake(
            sink -> {
              sink.put(FIRST, read("1"));
              throw new IllegalStateException("no such user canary-7421");
            },
            FIRST,
            SECOND);

    var seen = observe(LONG, throwing);

    assertThat(seen.get(FIRST).toOptional()).contains("1");
    assertThat(obstacle(seen, SECOND).why()).isEqualTo(Why.NOT_UNDERSTOOD);
    assertThat(obstacle(seen, SECOND).detail())
        .contains("IllegalStateException", "***")
        .doesNotContain("canary");
    assertClosed(throwing);
  }

  @Test
  void observe_sourceCannotBegin_costsItsOwnReadingsOnly() throws Exception {
    var broken =
        new Fake(sink -> {}, FIRST) {
          @Override
          public Look open(Deadline deadline) {
            throw new IllegalStateException("canary-7421");
          }
        };
    var fine = new Fake(sink -> sink.put(SECOND, read("2")), SECOND);

    var seen = observe(LONG, broken, fine);

    assertThat(obstacle(seen, FIRST).detail()).contains("could not begin").doesNotContain("canary");
    assertThat(seen.get(SECOND).toOptional()).contains("2");
  }

  @Test
  void observe_sourceDiesOfAnError_isNotToldAsADeadline() throws Exception {
    threads.execute(() -> Thread.currentThread().setUncaughtExceptionHandler((t, e) -> {}));
    var dying =
        new Fake(
            sink -> {
              Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> {});
              throw new NoClassDefFoundError("org/example/Driver");
            },
            FIRST);

    var seen = observe(LONG, dying);

    assertThat(obstacle(seen, FIRST).why()).isEqualTo(Why.NOT_UNDERSTOOD);
    assertThat(obstacle(seen, FIRST).detail()).contains("died");
  }

  @Test
  void observe_sourceLeavesAReadingOut_isNotToldAsADeadline() throws Exception {
    var seen = observe(LONG, new Fake(sink -> {}, FIRST));

    assertThat(obstacle(seen, FIRST).why()).isEqualTo(Why.NOT_UNDERSTOOD);
    assertThat(obstacle(seen, FIRST).detail()).contains("left it out");
  }

  @Test
  void observe_noThreadIsFree_saysSoAndCloses() throws Exception {
    Executor full =
        task -> {
          throw new RejectedExecutionException("full");
        };
    var source = new Fake(sink -> sink.put(FIRST, read("1")), FIRST);

    var seen = observer(full, source).observe(Set.of(FIRST), Time.SYSTEM.deadline(SHORT));

    assertThat(why(seen, FIRST)).isEqualTo(Why.TIMED_OUT);
    assertThat(obstacle(seen, FIRST).detail()).contains("other looks of this process held all");
    assertClosed(source);
  }

  @Test
  void observe_looksSideBySideOnOneThread_waitForItAndLoseNothing() throws Exception {
    var one = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
    try {
      var looks = new ArrayList<Future<Observation>>();
      for (int i = 0; i < 6; i++) {
        var first = new Fake(sink -> sink.put(FIRST, read("1")), FIRST);
        var second = new Fake(sink -> sink.put(SECOND, read("2")), SECOND);
        looks.add(
            threads.submit(
                () ->
                    observer(one, first, second)
                        .observe(Set.of(FIRST, SECOND), Time.SYSTEM.deadline(LONG))));
      }
      for (var look : looks) {
        var seen = look.get();
        assertThat(seen.get(FIRST).toOptional()).contains("1");
        assertThat(seen.get(SECOND).toOptional()).contains("2");
      }
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void observe_threadsShutDown_saysSoAtOnce() throws Exception {
    var gone = Executors.newCachedThreadPool();
    gone.shutdownNow();
    var source = new Fake(sink -> sink.put(FIRST, read("1")), FIRST);

    var seen = observer(gone, source).observe(Set.of(FIRST), Time.SYSTEM.deadline(LONG));

    assertThat(obstacle(seen, FIRST).detail()).contains("closed");
    assertClosed(source);
  }

  @Test
  void observe_callerInterrupted_isCancelledWithTheFlagKept() throws Exception {
    var source = new Fake(sink -> await(never), FIRST);
    Thread.currentThread().interrupt();

    var seen = observe(LONG, source);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(why(seen, FIRST)).isEqualTo(Why.CANCELLED);
    assertClosed(source);
  }

  @Test
  void observe_readingMadeTwice_keepsTheFirst() throws Exception {
    var source =
        new Fake(
            sink -> {
              sink.put(FIRST, read("1"));
              sink.put(FIRST, read("again"));
            },
            FIRST);

    assertThat(observe(LONG, source).get(FIRST).toOptional()).contains("1");
    assertThat(source.reads).hasValue(1);
  }

  @Test
  void observe_closeHangs_doesNotKeepTheLookWaiting() throws Exception {
    var source = new Fake(sink -> sink.put(FIRST, read("1")), FIRST);
    source.closing = () -> await(never);

    assertThat(observe(LONG, source).get(FIRST).toOptional()).contains("1");
  }

  @Test
  void observe_keyThatNobodyReads_isNotConfiguredWithItsRemedy() throws Exception {
    var other = new Fake(sink -> sink.put(SECOND, read("2")), SECOND);

    var seen = observer(threads, other).observe(Set.of(FIRST), Time.SYSTEM.deadline(LONG));

    assertThat(why(seen, FIRST)).isEqualTo(Why.NOT_CONFIGURED);
    assertThat(obstacle(seen, FIRST).remedy()).isEqualTo("set FIRST");
    assertThat(other.reads).hasValue(0);
  }

  private Observation observe(Duration within, Fake... sources) {
    var keys = new LinkedHashSet<ReadingKey<?>>();
    for (var source : sources) {
      keys.addAll(source.keys());
    }
    return observer(threads, sources).observe(keys, Time.SYSTEM.deadline(within));
  }

  private static Observer observer(Executor executor, Fake... sources) {
    var redactor = Redactor.of(List.of(Secret.of("canary-7421")));
    return new Observer(List.of(sources), executor, Time.SYSTEM, redactor);
  }

  private static void assertClosed(Fake... sources) throws InterruptedException {
    for (var source : sources) {
      assertThat(source.closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Why why(Observation seen, ReadingKey<?> key) {
    return obstacle(seen, key).why();
  }

  private static NotChecked obstacle(Observation seen, ReadingKey<?> key) {
    return seen.get(key).obstacle().orElseThrow();
  }

  private static Reading<String> read(String value) {
    return Reading.of(value, Evidence.of(value, "test", Instant.EPOCH));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) { // Whatever kept them apart fails the test.
      throw new AssertionError(e);
    }
  }

  private static class Fake implements Source {
    final AtomicInteger reads = new AtomicInteger();
    final CountDownLatch closed = new CountDownLatch(1);
    Runnable closing = () -> {};
    private final Consumer<Sink> script;
    private final Set<ReadingKey<?>> keys;

    Fake(Consumer<Sink> script, ReadingKey<?>... keys) {
      this.script = script;
      this.keys = Set.of(keys);
    }

    @Override
    public Set<ReadingKey<?>> keys() {
      return keys;
    }

    @Override
    public Look open(Deadline deadline) {
      return new Look() {
        @Override
        public void read(Sink sink) {
          reads.incrementAndGet();
          script.accept(sink);
        }

        @Override
        public void close() {
          closed.countDown();
          closing.run();
        }
      };
    }
  }
}
