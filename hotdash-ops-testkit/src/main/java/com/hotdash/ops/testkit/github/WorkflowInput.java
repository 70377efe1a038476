package com.hotdash.ops.testkit.github;

import org.jspecify.annotations.Nullable;

/**
 * An input of {@code workflow_dispatch}.
 *
 * @param name as the file spells it
 * @param required whether a dispatch without it is refused
 * @param fallback the value if it is not given, or null
 */
public record WorkflowInput(String name, boolean required, @Nullable String fallback) {
  /**
   * Makes an input that must be given.
   *
   * @param name as the file spells it
   * @return the input
   */
  public static WorkflowInput required(String name) {
    return new WorkflowInput(name, true, null);
  }

  /**
   * Makes an input that may be left out.
   *
   * @param name as the file spells it
   * @return the input
   */
  public static WorkflowInput optional(String name) {
    return new WorkflowInput(name, false, null);
  }
}
