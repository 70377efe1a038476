package com.hotdash.ops.testkit.github;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An input of {@code workflow_dispatch}.
 *
 * @param name as the file spells it
 * @param required whether a dispatch without it is refused
 * @param fallback the value if it is not given, or null
 * @param options what it may be, or an empty list for any text
 */
public record WorkflowInput(
    String name, boolean required, @Nullable String fallback, List<String> options) {
  /** Copies the options. */
  public WorkflowInput {
    options = List.copyOf(options);
  }

  /**
   * Makes an input of any text.
   *
   * @param name as the file spells it
   * @param required whether a dispatch without it is refused
   * @param fallback the value if it is not given, or null
   */
  public WorkflowInput(String name, boolean required, @Nullable String fallback) {
    this(name, required, fallback, List.of());
  }

  /**
   * Makes an input that must be given, and be one of a few.
   *
   * @param name as the file spells it
   * @param options what it may be
   * @return the input
   */
  public static WorkflowInput choice(String name, String... options) {
    return new WorkflowInput(name, true, null, List.of(options));
  }

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
