package com.hotdash.ops.postgres;

/** By what statements are ranked, most first. */
public enum StatementOrder {
  /** The time that all its calls took together: what burns the server. */
  TOTAL,
  /** The time of one call on average: what a user waits for. */
  MEAN,
  /**
   * The time spent reading and writing blocks, or the blocks read from outside the server's own
   * memory where {@code track_io_timing} is off.
   */
  IO
}
