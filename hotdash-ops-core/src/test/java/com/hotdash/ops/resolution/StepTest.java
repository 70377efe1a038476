package com.hotdash.ops.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"d1,d2,true", "d1,d1,false", "-,d2,false", "d1,-,false"})
  void reachedBy_anotherValue_needsOneToDifferFrom(String assumed, String now, boolean reached) {
    var step = step(assumed == null ? Map.of() : Map.of("digest", assumed));
    var state = TargetState.of(now == null ? Map.of() : Map.of("digest", now));

    assertThat(step.reachedBy(state)).isEqualTo(reached);
  }

  @Test
  void reachedBy_targetGone_isNotAnotherValue() {
    assertThat(step(Map.of("digest", "d1")).reachedBy(TargetState.GONE)).isFalse();
  }

  private static Step step(Map<String, String> assumes) {
    var target = new Target("thing", "t", "the thing");
    return new Step("set", target, assumes, Map.of(), Map.of("digest", Step.ANOTHER), null);
  }
}
