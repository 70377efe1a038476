package com.hotdash.ops.fly;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Small readings of Fly's texts. */
final class Texts {
  private static final int LONGEST = 400;

  // Go's own printing of a time, as in "2022-10-20 19:59:06 +0000 UTC".
  private static final DateTimeFormatter GO =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .appendPattern(" xx")
          .toFormatter(Locale.ROOT);

  private Texts() {}

  static String line(String text) {
    var line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  /** Reads a time in RFC 3339 or as Go prints it; null for anything else. */
  static @Nullable Instant time(@Nullable String text) {
    if (text == null || text.length() < 19 || text.length() > 60) {
      return null;
    }
    var bare = text.strip().replaceFirst(" [A-Z]{3,4}$", "");
    for (var format : List.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME, GO)) {
      try {
        return OffsetDateTime.parse(bare, format).toInstant();
      } catch (DateTimeException otherForm) {
        // it may fit the next
      }
    }
    return null;
  }
}
