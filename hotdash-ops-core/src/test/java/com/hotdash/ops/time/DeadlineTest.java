package com.hotdash.ops.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private final ManualTime clock = new ManualTime();

  @Test
  void remaining_afterTheLimit_isZeroAndNeverLess() {
    var deadline = clock.time().deadline(Duration.ofSeconds(2));

    clock.advance(Duration.ofSeconds(5));

    assertThat(deadline.remaining()).isZero();
    assertThat(deadline.expired()).isTrue();
  }

  @Test
  void atMost_lessIsLeftThanTheLimit_isWhatIsLeft() {
    var deadline = clock.time().deadline(Duration.ofSeconds(2));
    clock.advance(Duration.ofMillis(1500));

    assertThat(deadline.atMost(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(500));
    assertThat(deadline.atMost(Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void within_longerThanTheWhole_endsWithTheWhole() {
    var whole = clock.time().deadline(Duration.ofSeconds(2));

    var part = whole.within(Duration.ofMinutes(1));
    clock.advance(Duration.ofSeconds(2));

    assertThat(part.expired()).isTrue();
    assertThat(whole.within(Duration.ofSeconds(1)).expired()).isTrue();
  }

  @Test
  void after_limitIsZero_isRefused() {
    assertThatThrownBy(() -> clock.time().deadline(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
