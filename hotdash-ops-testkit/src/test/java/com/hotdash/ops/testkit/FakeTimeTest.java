package com.hotdash.ops.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FakeTimeTest {
  private static final Instant START = Instant.parse("2026-11-23T03:00:00Z");

  private final FakeTime fake = FakeTime.startingAt(START);

  @Test
  void advance_movesClockAndTickerTogether() {
    var deadline = fake.time().deadline(Duration.ofSeconds(3));

    fake.advance(Duration.ofSeconds(2));

    assertThat(fake.time().now()).isEqualTo(START.plusSeconds(2));
    assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void await_movesTimeAndIsRemembered() {
    var goOn = fake.time().await(Duration.ofSeconds(5));

    assertThat(goOn).isTrue();
    assertThat(fake.now()).isEqualTo(START.plusSeconds(5));
    assertThat(fake.waits()).containsExactly(Duration.ofSeconds(5));
  }

  @Test
  void await_interrupted_saysStopAndKeepsTheFlag() {
    Thread.currentThread().interrupt();

    var goOn = fake.time().await(Duration.ofSeconds(5));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(goOn).isFalse();
    assertThat(fake.waits()).isEmpty();
  }

  @Test
  void advance_backwards_isRefused() {
    assertThatThrownBy(() -> fake.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
