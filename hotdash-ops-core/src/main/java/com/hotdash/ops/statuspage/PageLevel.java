package com.hotdash.ops.statuspage;

import java.util.Locale;

/** What the words of a status page come to, best first. */
public enum PageLevel {
  /** The vendor says that all is well. That clears nobody: the pages lag. */
  OPERATIONAL,
  /** Work that was announced. */
  MAINTENANCE,
  /** Slow or faulty in part. */
  DEGRADED,
  /** The page's word is not known; see the word itself. */
  UNKNOWN,
  /** Down in part. */
  PARTIAL_OUTAGE,
  /** Down. */
  MAJOR_OUTAGE;

  /** Reads a component's word, or a page's, in the words of the products that we know. */
  static PageLevel ofState(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "operational", "none", "up" -> OPERATIONAL;
      case "under_maintenance", "undermaintenance", "maintenance" -> MAINTENANCE;
      case "degraded_performance", "degradedperformance", "degraded", "minor", "hasissues" ->
          DEGRADED;
      case "partial_outage", "partialoutage", "major" -> PARTIAL_OUTAGE;
      case "major_outage", "majoroutage", "critical", "downtime" -> MAJOR_OUTAGE;
      default -> UNKNOWN;
    };
  }

  /**
   * Returns the graver of two.
   *
   * @param other the other
   * @return the later one of the list
   */
  public PageLevel worst(PageLevel other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
