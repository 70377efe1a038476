package com.hotdash.ops.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.monitor.Hysteresis.Belief;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HysteresisTest {
  private static final Instant BEGUN = Instant.parse("2026-11-23T03:00:00Z");

  private final Hysteresis belief = new Hysteresis(MonitorSettings.DEFAULT);
  private Instant now = BEGUN;

  /** P a problem, X an outage, O fine, U unknown; one each five minutes. */
  private Belief after(String ticks) {
    var last = belief.belief();
    for (int i = 0; i < ticks.length(); i++) {
      var tick = ticks.charAt(i);
      var verdict =
          switch (tick) {
            case 'P', 'X' -> Verdict.PROBLEM;
            case 'O' -> Verdict.OK;
            default -> Verdict.UNKNOWN;
          };
      last = belief.take(verdict, tick == 'X', now);
      now = now.plus(Duration.ofMinutes(5));
    }
    return last;
  }

  @ParameterizedTest
  @CsvSource({
    "P, UNDECIDED",
    "PP, OPEN",
    "POP, OPEN",
    "PUUUP, OPEN",
    "POOP, UNDECIDED",
    "X, OPEN",
    "OOOX, OPEN",
    "O, UNDECIDED",
    "OO, UNDECIDED",
    "OOO, CLOSED",
    "OOUO, CLOSED",
    "OOPOO, UNDECIDED",
    "PPOO, OPEN",
    "PPOOO, CLOSED",
    "PPOOPOO, OPEN",
    "PPUUUUUU, OPEN",
    "OOOUUUUUU, CLOSED",
    "UUUUUU, UNDECIDED",
    "OOOP, CLOSED",
    "OOOPP, OPEN",
    "PPOOOP, CLOSED"
  })
  void take_ticks_opensAndClosesByHysteresis(String ticks, Belief expected) {
    assertThat(after(ticks)).isEqualTo(expected);
  }

  @Test
  void take_comesBackWithinTheHour_closesLater() {
    after("PPOOO" + "PP");
    assertThat(belief.flapping()).isTrue();

    assertThat(after("OOOOO")).as("three are not enough").isEqualTo(Belief.OPEN);
    assertThat(after("O")).as("six are").isEqualTo(Belief.CLOSED);
  }

  @Test
  void take_flapsForEver_isDampedEightTimesAtMost() {
    after("XXXX");
    for (int i = 0; i < 20; i++) {
      after("OOOX");
    }

    assertThat(belief.closeAfter()).isLessThanOrEqualTo(8 * 3);
    assertThat(after("O".repeat(24))).isEqualTo(Belief.CLOSED);
  }

  @Test
  void take_comesBackAfterAnHour_closesAsUsual() {
    after("PPOOO" + "O".repeat(12) + "PP");

    assertThat(belief.flapping()).isFalse();
    assertThat(after("OOO")).isEqualTo(Belief.CLOSED);
  }

  @ParameterizedTest
  @CsvSource({"UU, false", "UUU, true", "UUO, false", "UUOU, false", "PUUU, true", "UUUP, false"})
  void blind_unknownInARow_isSoAfterThree(String ticks, boolean expected) {
    after(ticks);

    assertThat(belief.blind()).isEqualTo(expected);
  }

  @Test
  void settings_outOfBounds_areRefused() {
    var hour = Duration.ofHours(1);

    assertThatThrownBy(() -> new MonitorSettings(0, 1, 1, hour, hour, hour, hour))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MonitorSettings(1, 1, 1, hour, hour, Duration.ZERO, hour))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
