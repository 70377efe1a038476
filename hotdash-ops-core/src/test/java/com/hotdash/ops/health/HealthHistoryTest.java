package com.hotdash.ops.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthHistoryTest {
  private static final Instant START = Instant.parse("2026-11-23T03:00:00Z");

  /** P pass, W warn, F fail, U unknown; one probe every 15 s. */
  private static HealthHistory history(String probes) {
    var history = HealthHistory.empty(Duration.ofMinutes(5), 100);
    for (int i = 0; i < probes.length(); i++) {
      var status =
          switch (probes.charAt(i)) {
            case 'P' -> HealthStatus.PASS;
            case 'W' -> HealthStatus.WARN;
            case 'F' -> HealthStatus.FAIL;
            default -> HealthStatus.UNKNOWN;
          };
      history = history.with(START.plusSeconds(15L * i), status);
    }
    return history;
  }

  @ParameterizedTest
  @CsvSource({
    "PPPP, 1.0, 0, 0, false",
    "PWPF, 0.75, 1, 1, false",
    "FFFF, 0.0, 0, 4, false",
    "PFPF, 0.5, 3, 1, true",
    "PFUFU, 0.33, 1, 2, false",
    "PUUUP, 1.0, 0, 0, false",
  })
  void figures_ofProbes(String probes, double rate, int changes, int row, boolean flapping) {
    var history = history(probes);

    assertThat(history.successRate().orElseThrow())
        .isCloseTo(rate, org.assertj.core.data.Offset.offset(0.01));
    assertThat(history.changes()).isEqualTo(changes);
    assertThat(history.consecutiveFailures()).isEqualTo(row);
    assertThat(history.flapping()).isEqualTo(flapping);
  }

  @Test
  void successRate_nothingTold_isEmpty() {
    assertThat(history("UU").successRate()).isEmpty();
    assertThat(history("").successRate()).isEmpty();
  }

  @Test
  void with_windowAndNumber_bound() {
    assertThat(history("P".repeat(50)).points()).hasSize(21);
    var two = HealthHistory.empty(Duration.ofHours(1), 2);
    for (int i = 0; i < 5; i++) {
      two = two.with(START.plusSeconds(i), HealthStatus.PASS);
    }
    assertThat(two.points()).hasSize(2).first().extracting("at").isEqualTo(START.plusSeconds(3));
  }

  @Test
  void with_lateProbe_isPutInItsPlace() {
    var history = history("PF").with(START.minusSeconds(5), HealthStatus.FAIL);

    assertThat(history.consecutiveFailures()).isEqualTo(1);
    assertThat(history).hasToString("the last one failed, 1 of 3 probes served");
  }

  @Test
  void empty_outOfRange_isRefused() {
    assertThatThrownBy(() -> HealthHistory.empty(Duration.ZERO, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HealthHistory.empty(Duration.ofSeconds(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
