package com.hotdash.ops.logs;

/** Whether something stands in a log. */
public enum Presence {
  /** It was seen. */
  PRESENT,
  /** All that was asked for was read, and it is not there. */
  ABSENT,
  /** It was not seen, but not all was read. */
  UNKNOWN
}
