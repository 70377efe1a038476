package com.hotdash.ops.logs;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
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
  private static final Pattern DURATION = Pattern.compile("(?i)duration|elapsed|latency|took|time");
  private static final Pattern NO_DURATION =
      Pattern.compile(
          "(?i)timeout|retry|delay|interval|ttl|uptime|expir|max_?age|timestamp|threshold|limit|deadline|since|epoch"
              + "|^(?:start|end|created|updated)");
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE / 2);

  private Durations() {}

  /** The duration of one entry; what the application itself calls {@code durationMs} goes first. */
  static @Nullable Took in(Map<String, String> fields) {
    Took found = null;
    for (var field : fields.entrySet()) {
      var name = field.getKey().substring(field.getKey().lastIndexOf('.') + 1);
      if (found == null || name.equals("durationMs")) {
        var took = field(field.getKey(), field.getValue());
        if (took != null && name.equals("durationMs")) {
          return took;
        }
        found = found == null ? took : found;
      }
    }
    return found;
  }

  static @Nullable Took field(String name, String value) {
    var text = value.strip();
    if (text.length() > 60) {
      return null;
    }
    if (WHOLE.matcher(text).matches()) {
      return told(name) && named(name) ? took(text) : null;
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

  /** Whether a field of that name, or one below it, tells a duration if its value has a unit. */
  static boolean named(String name) {
    return DURATION.matcher(name).find();
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
    if (!told(path)) {
      return null;
    }
    if (name.endsWith("Ms")
        || lower.endsWith("_ms")
        || lower.endsWith("millis")
        || lower.equals("responsetime")) {
      return "ms";
    }
    if (lower.endsWith("_seconds") || name.endsWith("Seconds") || lower.endsWith("_s")) {
      return "s";
    }
    if (lower.endsWith("_ns") || name.endsWith("Ns") || lower.endsWith("nanos")) {
      return "ns";
    }
    if (lower.endsWith("_us") || name.endsWith("Us") || lower.endsWith("micros")) {
      return "us";
    }
    return switch (lower) {
      case "duration", "elapsed", "latency", "took" -> "?";
      default -> null;
    };
  }

  /**
   * Whether a name tells how long something took, rather than a limit, an age or a point in time.
   */
  private static boolean told(String path) {
    return !NO_DURATION.matcher(path.substring(path.lastIndexOf('.') + 1)).find();
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
