package com.hotdash.ops.http;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How long a service asks to wait.
 *
 * @param delay the wait, or {@code null} if there is none that can be used
 * @param note what is odd about the header, or {@code null}
 */
record RetryAfter(@Nullable Duration delay, @Nullable String note) {
  static final Duration LONGEST = Duration.ofDays(1);

  private static final RetryAfter NONE = new RetryAfter(null, null);
  private static final Pattern SECONDS = Pattern.compile("\\d+(?:\\.\\d*)?|\\.\\d+");

  static RetryAfter of(HttpHead head, Instant now) {
    var value = head.header("Retry-After").map(String::strip).orElse("");
    if (value.isEmpty()) {
      return NONE;
    }
    if (value.length() <= 40 && SECONDS.matcher(value).matches()) {
      return capped(new BigDecimal(value));
    }
    var until = date(value);
    if (until == null) {
      return new RetryAfter(null, "its Retry-After could not be understood and was ignored");
    }
    // The service's own clock made the date, so the service's own clock measures it.
    var from = head.header("Date").map(RetryAfter::date).orElse(null);
    var wait = Duration.between(from == null ? now : from, until);
    return wait.isNegative()
        ? new RetryAfter(Duration.ZERO, null)
        : capped(BigDecimal.valueOf(wait.toMillis(), 3));
  }

  private static RetryAfter capped(BigDecimal seconds) {
    if (seconds.compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) > 0) {
      return new RetryAfter(LONGEST, "its Retry-After is beyond a day and was cut to that");
    }
    return new RetryAfter(Duration.ofNanos(seconds.movePointRight(9).longValue()), null);
  }

  private static @Nullable Instant date(String value) {
    if (value.length() > 40 || !value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      return null;
    }
    return Headers.of("Date", value).getInstant("Date");
  }
}
