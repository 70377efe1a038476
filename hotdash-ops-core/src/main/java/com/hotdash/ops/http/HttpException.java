package com.hotdash.ops.http;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP call that did not give its result: the service refused ({@link HttpStatusException}), was
 * not reached or stopped answering ({@link HttpUnreachableException}), or answered something that
 * cannot be used ({@link HttpProtocolException}).
 */
public abstract class HttpException extends OpsException {
  private static final long serialVersionUID = 1L;

  private final transient Fault fault;
  private final int attempts;

  HttpException(Fault fault, int attempts, @Nullable Throwable cause) {
    super(attempts > 1 ? told(fault, attempts) : fault, cause);
    this.fault = fault;
    this.attempts = attempts;
  }

  /**
   * Returns how often the call was made.
   *
   * @return the number of tries, at least one
   */
  public int attempts() {
    return attempts;
  }

  /** What is known, before the number of tries was added to its text. */
  Fault fault() {
    return fault;
  }

  /** The same failure as the last of several tries. */
  abstract HttpException asLastOf(int tries, boolean outcomeUnknown);

  static Fault withOutcome(Fault fault, boolean outcomeUnknown) {
    return outcomeUnknown ? fault.asOutcomeUnknown() : fault;
  }

  private static Fault told(Fault fault, int attempts) {
    return new Fault(
        fault.operation(),
        fault.problem() + " (" + attempts + " tries)",
        fault.nextStep(),
        fault.requestId(),
        fault.retryable(),
        fault.retryAfter(),
        fault.outcomeUnknown());
  }
}
