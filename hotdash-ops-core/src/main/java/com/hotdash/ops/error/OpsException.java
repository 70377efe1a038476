package com.hotdash.ops.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that did not give its result. Subtypes say why; the answers here say what to do next. The
 * message names service, operation, what came back and the next step, and holds no secret.
 */
public abstract class OpsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;

  /**
   * Makes an exception from what is known.
   *
   * @param fault what is known
   * @param cause the cause, already free of secrets, or {@code null} if there is none
   */
  protected OpsException(Fault fault, @Nullable Throwable cause) {
    super(fault.message(), cause);
    this.fault = fault;
  }

  /**
   * Returns the service and the operation that were tried.
   *
   * @return the operation
   */
  public Operation operation() {
    return fault.operation();
  }

  /**
   * Returns what came back, without operation and next step around it.
   *
   * @return a clause without a full stop
   */
  public String problem() {
    return fault.problem();
  }

  /**
   * Returns what a person can do next.
   *
   * @return the next step, if it is known
   */
  public Optional<String> nextStep() {
    return Optional.ofNullable(fault.nextStep());
  }

  /**
   * Returns the service's own id of the call.
   *
   * @return the id, if the service gave one
   */
  public Optional<String> requestId() {
    return Optional.ofNullable(fault.requestId());
  }

  /**
   * Returns whether the same call, unchanged, may succeed later.
   *
   * @return true if it may
   */
  public boolean retryable() {
    return fault.retryable();
  }

  /**
   * Returns how long the service asked callers to wait.
   *
   * @return the wait, if the service said so
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(fault.retryAfter());
  }

  /**
   * Returns whether a change may have been made although no answer arrived: look, then decide.
   *
   * @return true if the outcome is not known
   */
  public boolean outcomeUnknown() {
    return fault.outcomeUnknown();
  }
}
