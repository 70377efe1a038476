package com.hotdash.ops.health;

import java.util.Locale;
import java.util.Set;

/** What a health endpoint's word comes to, best first. */
public enum HealthStatus {
  /** Well. */
  PASS,
  /** Serving, with something amiss. */
  WARN,
  /** Could not be told. Never a good sign. */
  UNKNOWN,
  /** Not well. */
  FAIL;

  private static final Set<String> PASSING =
      Set.of("ok", "up", "pass", "passed", "passing", "healthy", "alive", "ready", "true");
  private static final Set<String> WARNING = Set.of("warn", "warning", "degraded");
  private static final Set<String> FAILING =
      Set.of(
          "fail",
          "failed",
          "failing",
          "error",
          "down",
          "unhealthy",
          "critical",
          "out_of_service",
          "false");

  /**
   * Reads the word of an endpoint.
   *
   * @param word the word, in any letter case
   * @return what it comes to; {@link #UNKNOWN} for a word that is not known
   */
  public static HealthStatus parse(String word) {
    var known = word.strip().toLowerCase(Locale.ROOT);
    if (PASSING.contains(known)) {
      return PASS;
    }
    if (WARNING.contains(known)) {
      return WARN;
    }
    return FAILING.contains(known) ? FAIL : UNKNOWN;
  }

  /**
   * Returns the graver of two.
   *
   * @param other the other
   * @return {@link #FAIL} before {@link #UNKNOWN} before {@link #WARN} before {@link #PASS}
   */
  public HealthStatus worst(HealthStatus other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
