package com.hotdash.ops.logs;

/** How an error stands against the window before. */
public enum Trend {
  /** It was not there before. */
  NEW,
  /** At least twice as often as before, and more than chance explains. */
  RISING,
  /** As often as before, or less. */
  STEADY,
  /** There is no window before to compare with. */
  UNKNOWN
}
