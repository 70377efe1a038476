package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.testkit.FakeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FakeTime clock = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final Shared<Integer> shared = new Shared<>(clock.time());
  private final AtomicInteger asked = new AtomicInteger();

  private Shared.Answer<Integer> get() {
    return shared.get(SECOND, clock.time().deadline(SECOND), asked::incrementAndGet);
  }

  @Test
  void get_withinTheTime_asksOnceAndSaysSinceWhen() {
    var began = clock.now();

    assertThat(get().value()).isEqualTo(1);
    clock.advance(SECOND);
    assertThat(get().value()).isEqualTo(1);
    assertThat(get().askedAt()).isEqualTo(began);
  }

  @Test
  void get_older_asksAgain() {
    get();
    clock.advance(SECOND.plusMillis(1));

    assertThat(get().value()).isEqualTo(2);
  }

  @Test
  void get_whileAnotherAsks_waitsForItsAnswer() throws InterruptedException {
    var asking = new CountDownLatch(1);
    var answer = new CountDownLatch(1);
    var first =
        CompletableFuture.supplyAsync(
            () ->
                shared.get(
                    SECOND,
                    clock.time().deadline(Duration.ofSeconds(20)),
                    () -> {
                      asking.countDown();
                      return awaited(answer);
                    }));
    asking.await();
    var second =
        CompletableFuture.supplyAsync(
            () ->
                shared.get(
                    SECOND, clock.time().deadline(Duration.ofSeconds(20)), asked::incrementAndGet));
    answer.countDown();

    assertThat(first.join().value()).isEqualTo(7);
    assertThat(second.join().value()).isEqualTo(7);
    assertThat(asked).hasValue(0);
  }

  @Test
  void get_firstFails_theNextAsksItself() {
    assertThatThrownBy(
            () ->
                shared.get(
                    SECOND,
                    clock.time().deadline(SECOND),
                    () -> {
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(get().value()).isEqualTo(1);
  }

  private static int awaited(CountDownLatch latch) {
    try {
      latch.await();
      return 7;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
