package com.hotdash.ops.testkit.github;

import java.time.Duration;

/**
 * What a step of a job will do.
 *
 * @param name as it is shown
 * @param conclusion in GitHub's words, such as {@code success} or {@code failure}
 * @param takes how long it runs
 * @param always whether it runs after a step that failed
 */
public record StepScript(String name, String conclusion, Duration takes, boolean always) {
  /**
   * Makes a step that succeeds.
   *
   * @param name as it is shown
   * @return the step, of 10 s
   */
  public static StepScript passing(String name) {
    return new StepScript(name, "success", Duration.ofSeconds(10), false);
  }

  /**
   * Makes a step that fails.
   *
   * @param name as it is shown
   * @return the step, of 10 s
   */
  public static StepScript failing(String name) {
    return new StepScript(name, "failure", Duration.ofSeconds(10), false);
  }
}
