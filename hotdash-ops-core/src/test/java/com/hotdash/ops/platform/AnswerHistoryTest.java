package com.hotdash.ops.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.metrics.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerHistoryTest {
  private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  /**
   * One letter a minute: q quick, s slow for sure, m slow or quick, e one in twenty slow, . none.
   */
  @ParameterizedTest
  @CsvSource({
    "qqqsss, 3, false",
    "qqqmmm, 3, false",
    "mmmsss, 3, false",
    "qqe.ss, 4, false",
    "ssssss, 0, true",
    "qqqeee, none, false",
    "sssqq, none, false",
    "..., none, false"
  })
  void slowSince_minutes_isWhereTheRunThatStillLastsBegan(
      String minutes, String began, boolean atOrBefore) {
    var points = new ArrayList<AnswerHistory.Point>();
    for (int i = 0; i < minutes.length(); i++) {
      points.add(
          new AnswerHistory.Point(
              START.plus(Duration.ofMinutes(i + 1L)), answers(minutes.charAt(i))));
    }
    var history = new AnswerHistory(Duration.ofMinutes(1), points);

    var onset = history.slowSince(Duration.ofSeconds(3), 0.05);

    assertThat(
            onset.map(each -> "" + Duration.between(START, each.at()).toMinutes()).orElse("none"))
        .isEqualTo(began);
    assertThat(onset.map(Onset::atOrBefore).orElse(false)).isEqualTo(atOrBefore);
  }

  private static Buckets answers(char minute) {
    double all = minute == '.' ? 0 : 100;
    double to2 = minute == 's' || minute == 'm' ? 60 : minute == 'e' ? 95 : all;
    double to5 = minute == 's' ? 60 : minute == 'e' ? 95 : all;
    return Buckets.of(Map.of(2.0, to2, 5.0, to5, Double.POSITIVE_INFINITY, all));
  }
}
