package com.hotdash.ops.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnsetTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  /** One letter a minute: g good, b bad, . no request; the minute in which the run began. */
  @ParameterizedTest
  @CsvSource({
    "gggbbb, 3",
    "gggbgb, 3",
    "gbbggb, 5",
    "gggb.b, 3",
    "g..bbb, 3",
    "bbb, 0",
    "gggbb., 3",
    "ggg, none",
    "bbgg, none",
    "..., none",
    "bbbg, 0",
    "gggbg, 3"
  })
  void find_minutes_isWhereTheRunThatStillLastsBegan(String minutes, String began) {
    var onset = Onset.find(traffic(minutes), 0.05);

    assertThat(
            onset.map(each -> "" + Duration.between(START, each.at()).toMinutes()).orElse("none"))
        .isEqualTo(began);
  }

  @Test
  void find_dataBeginsWithErrors_saysThatTheyMayBeOlder() {
    var onset = Onset.find(traffic("bbb"), 0.05);

    assertThat(onset).map(Onset::atOrBefore).contains(true);
  }

  private static Traffic traffic(String minutes) {
    var points = new ArrayList<Traffic.Point>();
    for (int i = 0; i < minutes.length(); i++) {
      double requests = minutes.charAt(i) == '.' ? 0 : 100;
      double errors = minutes.charAt(i) == 'b' ? 40 : 0;
      points.add(new Traffic.Point(START.plus(Duration.ofMinutes(i + 1L)), requests, errors));
    }
    return new Traffic(Duration.ofMinutes(1), points);
  }
}
