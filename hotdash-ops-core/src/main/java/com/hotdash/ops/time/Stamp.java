package com.hotdash.ops.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Writes moments for people: in UTC, to the second. */
public final class Stamp {
  private Stamp() {}

  /**
   * Writes a moment.
   *
   * @param at the moment, or {@code null} if nobody knows it
   * @return such as {@code 2026-11-23T22:36:22Z}, with fractions of a second cut off; or {@code
   *     unknown}
   */
  public static String of(@Nullable Instant at) {
    return at == null ? "unknown" : at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
