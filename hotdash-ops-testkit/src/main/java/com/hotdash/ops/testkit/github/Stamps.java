package com.hotdash.ops.testkit.github;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times in the several forms that GitHub writes them in. */
final class Stamps {
  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter LOG =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Stamps() {}

  static @Nullable String seconds(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** A step's time: which of the recorded forms comes is not to be relied on. */
  static @Nullable String step(@Nullable Instant at, int number) {
    if (at == null) {
      return null;
    }
    return switch (number % 3) {
      case 0 -> at.truncatedTo(ChronoUnit.SECONDS).toString();
      case 1 -> MILLIS.format(at) + 'Z';
      default -> MILLIS.format(at) + "+00:00";
    };
  }

  static String http(Instant at) {
    return HTTP.format(at);
  }

  static String log(Instant at) {
    return LOG.format(at);
  }

  /** Tells whether a time is within GitHub's {@code created} filter. */
  static boolean within(String range, Instant at) {
    int dots = range.indexOf("..");
    if (dots >= 0) {
      var from = range.substring(0, dots);
      var to = range.substring(dots + 2);
      return (from.equals("*") || !at.isBefore(start(from)))
          && (to.equals("*") || !at.isAfter(end(to)));
    }
    if (range.startsWith(">=")) {
      return !at.isBefore(start(range.substring(2)));
    }
    if (range.startsWith("<=")) {
      return !at.isAfter(end(range.substring(2)));
    }
    if (range.startsWith(">")) {
      return at.isAfter(end(range.substring(1)));
    }
    if (range.startsWith("<")) {
      return at.isBefore(start(range.substring(1)));
    }
    return !at.isBefore(start(range)) && !at.isAfter(end(range));
  }

  private static Instant start(String text) {
    return text.length() == 10 ? day(text) : instant(text);
  }

  private static Instant end(String text) {
    return text.length() == 10
        ? day(text).plus(1, ChronoUnit.DAYS).minusSeconds(1)
        : instant(text).plusMillis(999);
  }

  private static Instant day(String text) {
    try {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw Problem.of(422, "Invalid date: " + text);
    }
  }

  static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Problem.of(422, "Invalid date: " + text);
    }
  }
}
