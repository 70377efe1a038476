package com.hotdash.ops.logs;

/** How the unit of a duration is known, the surest first. */
public enum UnitSource {
  /** The unit stands beside the number. */
  EXPLICIT,
  /** The field's name says it, such as {@code durationMs}. */
  FIELD_NAME,
  /** Nothing says it: milliseconds are assumed, as JavaScript counts. */
  ASSUMED
}
