package com.hotdash.ops.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  @Test
  void positive_anyTime_isReturned() {
    assertThat(Limits.positive(Duration.ofNanos(1), "wait")).isEqualTo(Duration.ofNanos(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-5M"})
  void positive_noTime_isRefusedByName(String none) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Limits.positive(Duration.parse(none), "wait"))
        .withMessage("wait must be more than zero, not " + Duration.parse(none));
  }
}
