package com.hotdash.ops.logs;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How grave a line says it is, the mildest first. */
public enum Level {
  /** Finest. */
  TRACE,
  /** For developers. */
  DEBUG,
  /** The ordinary course. */
  INFO,
  /** Something to look at. */
  WARN,
  /** Something failed. */
  ERROR,
  /** The process ends. */
  FATAL;

  static @Nullable Level of(@Nullable String word) {
    if (word == null) {
      return null;
    }
    return switch (word.trim().toLowerCase(Locale.ROOT)) {
      case "trace", "silly", "verbose", "10" -> TRACE;
      case "debug", "20" -> DEBUG;
      case "info", "log", "notice", "http", "30" -> INFO;
      case "warn", "warning", "40" -> WARN;
      case "error", "err", "severe", "50" -> ERROR;
      case "fatal", "critical", "crit", "alert", "emerg", "panic", "60" -> FATAL;
      default -> null;
    };
  }
}
