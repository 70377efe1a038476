package com.hotdash.ops.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");

  private static RetryAfter parse(@Nullable String retryAfter, @Nullable String date) {
    Map<String, List<String>> headers = new HashMap<>();
    if (retryAfter != null) {
      headers.put("retry-after", List.of(retryAfter));
    }
    if (date != null) {
      headers.put("date", List.of(date));
    }
    return RetryAfter.of(new HttpHead(429, headers, null), NOW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30      |                               | PT30S",
        "2.0     |                               | PT2S",
        "0.5     |                               | PT0.5S",
        ".25     |                               | PT0.25S",
        "0       |                               | PT0S",
        "86400   |                               | PT24H",
        "Mon, 23 Nov 2026 03:00:10 GMT   |                               | PT10S",
        "Mon, 23 Nov 2026 04:00:10 GMT   | Mon, 23 Nov 2026 04:00:00 GMT | PT10S",
        "Monday, 23-Nov-26 03:00:10 GMT  |                               | PT10S",
        "Mon, 23 Nov 2026 02:59:00 GMT   |                               | PT0S",
        "Mon, 23 Nov 2026 03:00:10 GMT   | yesterday                     | PT10S",
      })
  void of_usableForms_giveTheWait(String value, @Nullable String date, Duration expected) {
    var parsed = parse(value, date);

    assertThat(parsed.delay()).isEqualTo(expected);
    assertThat(parsed.note()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"86401", "99999999999999999999", "'Mon, 23 Nov 2099 03:00:00 GMT'"})
  void of_hugeValues_areCutAndSaid(String value) {
    var parsed = parse(value, null);

    assertThat(parsed.delay()).isEqualTo(Duration.ofDays(1));
    assertThat(parsed.note()).contains("cut");
  }

  @ParameterizedTest
  @CsvSource({
    "-1",
    "soon",
    "1e9",
    "NaN",
    "1;2",
    "é",
    "1111111111111111111111111111111111111111111111"
  })
  void of_nonsense_isIgnoredAndSaid(String value) {
    var parsed = parse(value, null);

    assertThat(parsed.delay()).isNull();
    assertThat(parsed.note()).contains("ignored");
  }

  @Test
  void of_noHeader_isNothing() {
    assertThat(parse(null, null)).isEqualTo(new RetryAfter(null, null));
  }
}
