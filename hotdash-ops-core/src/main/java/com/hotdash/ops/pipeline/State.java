package com.hotdash.ops.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * Where a run, a job or a step stands and how it ended, with the service's own words beside.
 *
 * @param status where it stands
 * @param conclusion how it ended, or {@code null} as long as it has not
 * @param raw the service's own words, such as {@code completed/failure}
 */
public record State(RunStatus status, @Nullable Conclusion conclusion, String raw) {
  /**
   * Understands the service's words.
   *
   * @param status its word for the status, or {@code null}
   * @param conclusion its word for the conclusion, or {@code null}
   * @return the state; unknown words are kept as they came
   */
  public static State of(@Nullable String status, @Nullable String conclusion) {
    var words = status == null ? "no status" : status;
    return new State(
        RunStatus.of(status),
        Conclusion.of(conclusion),
        conclusion == null || conclusion.isEmpty() ? words : words + "/" + conclusion);
  }

  /**
   * Returns whether it succeeded. Nothing unknown did.
   *
   * @return true if it is over and was a success
   */
  public boolean succeeded() {
    return status == RunStatus.COMPLETED && conclusion == Conclusion.SUCCESS;
  }

  /**
   * Returns whether it failed.
   *
   * @return true if its conclusion counts as a failure
   */
  public boolean failed() {
    return conclusion != null && conclusion.failed();
  }

  /**
   * Returns whether it may still do something. What is unknown may.
   *
   * @return true unless it is over
   */
  public boolean active() {
    return status != RunStatus.COMPLETED && conclusion == null;
  }

  @Override
  public String toString() {
    return raw;
  }
}
