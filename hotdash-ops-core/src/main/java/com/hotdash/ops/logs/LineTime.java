package com.hotdash.ops.logs;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the time on a line. One that cannot be read is none: the platform's stands then. */
final class LineTime {
  private static final Pattern LEADING =
      Pattern.compile(
          "^\\[?(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?)(Z|[+-]\\d\\d:\\d\\d)");
  private static final Pattern NUMBER = Pattern.compile("\\d{9,19}(?:\\.\\d{1,9})?");
  private static final DateTimeFormatter COMBINED =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);

  // Far from these a time is none, and its milliseconds do not even fit into a long.
  private static final Instant EARLIEST = Instant.EPOCH;
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private LineTime() {}

  /** ISO with a zone, or a number: seconds, milli-, micro- or nanoseconds by its size. */
  static @Nullable Instant of(@Nullable String text) {
    if (text == null || text.length() < 9 || text.length() > 40) {
      return null;
    }
    try {
      var time =
          NUMBER.matcher(text).matches()
              ? epoch(new BigDecimal(text))
              : text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
      return sane(time);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** A time that can be counted in milliseconds; none else. */
  static @Nullable Instant sane(@Nullable Instant time) {
    return time == null || time.isBefore(EARLIEST) || time.isAfter(LATEST) ? null : time;
  }

  private static Instant epoch(BigDecimal number) {
    int digits = number.precision() - number.scale();
    // 10 digits are seconds until the year 2286, 13 milliseconds, 16 microseconds.
    int point = digits <= 10 ? 0 : digits <= 13 ? 3 : digits <= 16 ? 6 : 9;
    var seconds = number.movePointLeft(point);
    var whole = seconds.toBigInteger();
    return Instant.ofEpochSecond(
        whole.longValueExact(),
        seconds.subtract(new BigDecimal(whole)).movePointRight(9).longValue());
  }

  static @Nullable Instant combined(String text) {
    try {
      return sane(OffsetDateTime.parse(text, COMBINED).toInstant());
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The time that a line of plain text begins with. */
  static @Nullable Instant leading(String text) {
    if (text.isEmpty() || (text.charAt(0) != '[' && !Character.isDigit(text.charAt(0)))) {
      return null;
    }
    var found = LEADING.matcher(text);
    return found.find()
        ? of(found.group(1) + "T" + found.group(2).replace(',', '.') + found.group(3))
        : null;
  }
}
