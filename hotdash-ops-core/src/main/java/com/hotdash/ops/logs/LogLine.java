package com.hotdash.ops.logs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line as a platform hands it over. Untrusted: it may hold anything, secrets included.
 *
 * @param time when the platform says it was written, or {@code null}
 * @param instance the machine that wrote it, or {@code null} if unknown
 * @param region where that machine stands, or {@code null}
 * @param provider who wrote it ({@code app}, {@code proxy}, {@code runner}), or {@code null}
 * @param level the platform's own level, which says little about the message, or {@code null}
 * @param message the text
 * @param httpStatus the HTTP status that the platform noted beside the line, or {@code null}
 */
public record LogLine(
    @Nullable Instant time,
    @Nullable String instance,
    @Nullable String region,
    @Nullable String provider,
    @Nullable String level,
    String message,
    @Nullable Integer httpStatus) {

  /**
   * Makes a line of which only the text is known.
   *
   * @param message the text
   * @return the line
   */
  public static LogLine of(String message) {
    return new LogLine(null, null, null, null, null, message, null);
  }

  @Override
  public String toString() {
    // The text may hold a credential: whoever prints it redacts it first.
    return "LogLine[" + time + " " + instance + ", " + message.length() + " characters]";
  }
}
