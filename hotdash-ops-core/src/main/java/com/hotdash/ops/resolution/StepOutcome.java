package com.hotdash.ops.resolution;

import java.util.Map;

/**
 * What became of one step.
 *
 * @param status whether the change was made
 * @param detail what happened, as a clause, in the service's own words; already redacted
 * @param left the target's fields as the step left them, which an undo compares with; empty if
 *     unknown or if the target is gone
 */
public record StepOutcome(Status status, String detail, Map<String, String> left) {
  /** Whether a change was made. */
  public enum Status {
    /** Made, and seen to be made. */
    DONE,
    /**
     * Not made, or asked for in vain: its effect did not come about within the time, and the detail
     * says which.
     */
    FAILED,
    /** The target was no longer as the step assumes it, so nothing was done. */
    MOVED,
    /** The answer was lost: it may or may not have been made. */
    UNCERTAIN
  }

  /** Copies the fields. */
  public StepOutcome {
    left = Map.copyOf(left);
  }

  /**
   * Says that the change was made.
   *
   * @param detail what happened
   * @return the outcome
   */
  public static StepOutcome done(String detail) {
    return new StepOutcome(Status.DONE, detail, Map.of());
  }

  /**
   * Says that the change was not made, or that its effect did not come about.
   *
   * @param detail what happened instead
   * @return the outcome
   */
  public static StepOutcome failed(String detail) {
    return new StepOutcome(Status.FAILED, detail, Map.of());
  }

  /**
   * Says that the target had moved, and nothing was done.
   *
   * @param detail how it differs
   * @return the outcome
   */
  public static StepOutcome moved(String detail) {
    return new StepOutcome(Status.MOVED, detail, Map.of());
  }

  /**
   * Says that nobody knows whether the change was made.
   *
   * @param detail what happened to the answer
   * @return the outcome
   */
  public static StepOutcome uncertain(String detail) {
    return new StepOutcome(Status.UNCERTAIN, detail, Map.of());
  }
}
