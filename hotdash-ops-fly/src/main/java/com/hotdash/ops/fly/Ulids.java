package com.hotdash.ops.fly;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Fly's machine versions are ULIDs: their first ten characters tell when they were made. */
final class Ulids {
  // Crockford's base 32, without I, L, O and U; 48 bits of milliseconds begin with 0 to 7.
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private Ulids() {}

  static Optional<Instant> time(String text) {
    if (!text.matches("[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}")) {
      return Optional.empty();
    }
    long millis = 0;
    for (char digit : text.substring(0, 10).toUpperCase(Locale.ROOT).toCharArray()) {
      millis = millis * 32 + DIGITS.indexOf(digit);
    }
    return Optional.of(Instant.ofEpochMilli(millis));
  }
}
