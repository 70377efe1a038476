package com.hotdash.ops.resolution;

import org.jspecify.annotations.Nullable;

/**
 * One step of an execution, and how far it got.
 *
 * @param step the step
 * @param outcome what became of it, or {@code null} if it was not begun
 * @param why why it was not begun, or the outcome's detail
 */
public record StepResult(Step step, @Nullable StepOutcome outcome, String why) {
  static StepResult of(Step step, StepOutcome outcome) {
    return new StepResult(step, outcome, outcome.detail());
  }

  static StepResult notBegun(Step step, String why) {
    return new StepResult(step, null, why);
  }

  /**
   * Returns whether the step was made.
   *
   * @return true if it was seen to be made
   */
  public boolean done() {
    return is(StepOutcome.Status.DONE);
  }

  boolean is(StepOutcome.Status status) {
    return outcome != null && outcome.status() == status;
  }

  @Override
  public String toString() {
    return (outcome == null ? "NOT BEGUN" : outcome.status()) + " " + step + ": " + why;
  }
}
