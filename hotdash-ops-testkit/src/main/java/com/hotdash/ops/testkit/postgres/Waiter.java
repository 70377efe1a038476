package com.hotdash.ops.testkit.postgres;

import org.jspecify.annotations.Nullable;

/**
 * How it stands with a session that was sent to wait behind another.
 *
 * @param pid its server process
 * @param outcome what became of its statement; {@link Outcome#WAITING} also if the fault was closed
 *     while it waited
 * @param sqlState PostgreSQL's code if it failed, else {@code null}
 * @param message the error's text if it failed, else {@code null}
 */
public record Waiter(
    int pid, Outcome outcome, @Nullable String sqlState, @Nullable String message) {

  /** What became of a waiter's statement. */
  public enum Outcome {
    /** It has not come back. */
    WAITING,
    /** It did what it was sent to do. */
    FINISHED,
    /** It came back with an error, such as 57P01 when its session was ended. */
    FAILED
  }
}
