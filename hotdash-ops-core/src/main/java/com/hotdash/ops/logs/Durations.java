package com.hotdash.ops.logs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads durations, and says how their unit is known. */
final class Durations {
  private static final String NUMBER = "\\d{1,12}(?:,\\d{3}){0,4}(?:\\.\\d{1,9})?";
  private static final String UNIT = "(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h)";
  private static final Pattern WHOLE =
      Pattern.compile("(?:" + NUMBER + "\\s?" + UNIT + "\\s?){1,5}+");
  private static final Pattern PART = Pattern.compile("(" + NUMBER + ")\\s?(" + UNIT + ")");
  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(?i:(?:\\b(?:took|in|after|(?:duration|elapsed|latency|time)[=:])|:)\\s{0,3})((?:"
              + NUMBER
              + "\\s?"
              + UNIT
              + "){1,5}+)(?![\\w])");
  private static final Pattern BARE = Pattern.compile(NUMBER);
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE / 2);

  private Durations() {}

  static @Nullable Took field(String name, String value) {
    var text = value.strip();
    if (text.length() > 60) {
      return null;
    }
    if (WHOLE.matcher(text).matches()) {
      return took(text);
    }
    var unit = BARE.matcher(text).matches() ? unitOf(name) : null;
    if (unit == null) {
      return null;
    }
    boolean named = !unit.equals("?");
    return new Took(
        Duration.ofNanos(nanos(text, named ? unit : "ms")),
        named ? UnitSource.FIELD_NAME : UnitSource.ASSUMED);
  }

  static @Nullable Took inText(String text) {
    var found = IN_TEXT.matcher(text.length() > 4_000 ? text.substring(0, 4_000) : text);
    return found.find() ? took(found.group(1)) : null;
  }

  private static Took took(String text) {
    var parts = PART.matcher(text);
    long nanos = 0;
    while (parts.find()) {
      nanos += Math.min(nanos(parts.group(1), parts.group(2)), Long.MAX_VALUE / 8);
    }
    return new Took(Duration.ofNanos(nanos), UnitSource.EXPLICIT);
  }

  private static @Nullable String unitOf(String path) {
    var name = path.substring(path.lastIndexOf('.') + 1);
    var lower = name.toLowerCase(Locale.ROOT);
    if (name.endsWith("Ms") || lower.endsWith("_ms") || lower.equals("responsetime")) {
      return "ms";
    }
    if (lower.endsWith("_seconds") || name.endsWith("Seconds") || lower.endsWith("_s")) {
      return "s";
    }
    if (lower.endsWith("_ns") || name.endsWith("Ns")) {
      return "ns";
    }
    return switch (lower) {
      case "duration", "elapsed", "latency", "took" -> "?";
      default -> null;
    };
  }

  private static long nanos(String number, String unit) {
    long factor =
        switch (unit) {
          case "ns" -> 1L;
          case "us", "\u00b5s", "\u03bcs" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          default -> 3_600_000_000_000L;
        };
    return new BigDecimal(number.replace(",", ""))
        .multiply(BigDecimal.valueOf(factor))
        .min(LONGEST)
        .setScale(0, RoundingMode.HALF_UP)
        .longValue();
  }
}
