package com.hotdash.ops.resolution;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import org.jspecify.annotations.Nullable;

/** The journal could not be written or read. */
public final class JournalException extends OpsException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param operation what was tried, such as {@code append}
   * @param problem what came back
   * @param nextStep what to do next
   * @param cause the cause, or {@code null}
   */
  public JournalException(
      String operation, String problem, String nextStep, @Nullable Throwable cause) {
    super(Fault.of("journal", operation, problem).withNextStep(nextStep), cause);
  }
}
