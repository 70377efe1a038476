package com.hotdash.ops.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.resolution.Locks;
import com.hotdash.ops.resolution.Locks.Attempt;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LeadershipTest {
  private static final Duration SHORT = Duration.ofMillis(30);
  private static final Duration LONG = Duration.ofSeconds(10);

  private final CountDownLatch goOn = new CountDownLatch(1);
  private final CountDownLatch givenBack = new CountDownLatch(1);

  private void waited(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void take_storeSilent_leadsAndGivesALateLockBack() {
    Locks silent =
        (resource, holder) -> {
          waited(goOn);
          return (Attempt.Held) givenBack::countDown;
        };
    try (var leadership = new Leadership(silent, "monitor", "one", SHORT)) {
      var standing = leadership.take();
      goOn.countDown();

      assertThat(standing.leads()).isTrue();
      assertThat(standing.note()).contains("silent", "another may watch as well");
      waited(givenBack);
    }
  }

  @Test
  void close_holderSilent_endsAllTheSame() {
    Locks locks = (resource, holder) -> (Attempt.Held) () -> waited(goOn);
    try (var leadership = new Leadership(locks, "monitor", "one", SHORT)) {
      assertThat(leadership.take().leads()).isTrue();
    }
    goOn.countDown();
  }

  @Test
  void take_interrupted_leadsWithTheFlagSet() {
    Locks silent =
        (resource, holder) -> {
          waited(goOn);
          return new Attempt.HeldBy("two");
        };
    try (var leadership = new Leadership(silent, "monitor", "one", SHORT)) {
      Thread.currentThread().interrupt();

      var standing = leadership.take();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(standing.leads()).isTrue();
      goOn.countDown();
    }
  }

  @Test
  void take_withoutLocks_leads() {
    try (var leadership = new Leadership(null, "monitor", "one", LONG)) {
      assertThat(leadership.take()).isEqualTo(new Leadership.Standing(true, ""));
    }
  }
}
