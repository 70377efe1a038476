package com.hotdash.ops.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.NearbyChange.Kind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearbyChangeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PT4M10S | release v63 at 2026-11-23T11:56:00Z, 4 min before it began",
        "PT1M | release v63 at 2026-11-23T11:56:00Z, 1 min before it began",
        "PT27S | release v63 at 2026-11-23T11:56:00Z, within a minute of when it began",
        "-PT7S | release v63 at 2026-11-23T11:56:00Z, within a minute of when it began",
        "-PT61S | release v63 at 2026-11-23T11:56:00Z, 1 min after it began",
        "| release v63 at 2026-11-23T11:56:00Z"
      })
  void toString_saysTheTimeToTheSecondAndTheLagToTheMinute(Duration lag, String said) {
    var at = Instant.parse("2026-11-23T11:56:00.054375687Z");

    assertThat(new NearbyChange(Kind.RELEASE, "release v63", at, lag, NearbyChange.Fit.NONE, null))
        .hasToString(said);
  }
}
