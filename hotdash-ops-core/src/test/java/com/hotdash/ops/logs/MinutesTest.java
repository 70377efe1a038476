package com.hotdash.ops.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinutesTest {
  /** Seconds at which lines come, and the second since which those come that come now. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | 7",
        "0 1500 1510 1520 1530 1540 1550 | 1500",
        "0 540 545 550 555 560 565 | 540",
        "0 300 600 900 1200 1500 | 0",
        "0 600 610 620 630 | 0",
        "0 1 2 3 4 5 6 600 601 602 603 604 605 | 600",
        "0 30 60 90 120 150 200 230 260 | 0",
      })
  void since_linesAtSeconds_isTheBeginningOfThoseThatComeNow(String seconds, long since) {
    var minutes = new Minutes();

    Arrays.stream(seconds.split(" ", -1)).forEach(each -> minutes.add(millis(each)));

    assertThat(minutes.since()).isEqualTo(Instant.ofEpochSecond(since));
  }

  @Test
  void since_noLine_isNull() {
    assertThat(new Minutes().since()).isNull();
  }

  @Test
  void merge_anyOrderAndMoreMinutesThanAreKept_isTheSame() {
    var all = new ArrayList<>(LongStream.range(0, 400).map(i -> i * 60_000).boxed().toList());
    var inOrder = of(all);
    Collections.shuffle(all, new Random(7));

    var merged = of(all.subList(0, 170));
    merged.merge(of(all.subList(170, 400)));

    assertThat(merged.since())
        .isEqualTo(inOrder.since())
        .isEqualTo(Instant.ofEpochSecond(160 * 60));
  }

  private static Minutes of(List<Long> times) {
    var minutes = new Minutes();
    times.forEach(minutes::add);
    return minutes;
  }

  private static long millis(String seconds) {
    return 1_000 * Long.parseLong(seconds);
  }
}
