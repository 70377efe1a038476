package com.hotdash.ops.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StampTest {
  @Test
  void of_fractions_areCutOff() {
    assertThat(Stamp.of(Instant.parse("2026-11-23T22:36:22.999999999Z")))
        .isEqualTo("2026-11-23T22:36:22Z");
  }

  @Test
  void of_wholeMinute_keepsItsSeconds() {
    assertThat(Stamp.of(Instant.parse("2026-11-23T22:36:00Z"))).isEqualTo("2026-11-23T22:36:00Z");
  }

  @Test
  void of_nothing_saysSo() {
    assertThat(Stamp.of(null)).isEqualTo("unknown");
  }
}
