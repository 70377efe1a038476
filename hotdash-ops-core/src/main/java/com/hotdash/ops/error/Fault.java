package com.hotdash.ops.error;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything an {@link OpsException} tells, as data. Make one with {@link #of} and add what is
 * known; each {@code with…} method returns a changed copy.
 *
 * @param operation what was tried
 * @param problem what came back, as a clause without a full stop; already redacted
 * @param nextStep what a person can do next, or {@code null} if not known
 * @param requestId the service's own id of the call, or {@code null} if it gave none
 * @param retryable whether the same call, unchanged, may succeed later
 * @param retryAfter how long the service asked callers to wait, or {@code null} if it did not say
 * @param outcomeUnknown whether a change may have been made although no answer arrived
 */
public record Fault(
    Operation operation,
    String problem,
    @Nullable String nextStep,
    @Nullable String requestId,
    boolean retryable,
    @Nullable Duration retryAfter,
    boolean outcomeUnknown) {

  /**
   * Makes a fault that is not retryable and whose outcome is known.
   *
   * @param service the system that was asked
   * @param operation the operation on it
   * @param problem what came back
   * @return the fault
   */
  public static Fault of(String service, String operation, String problem) {
    return new Fault(new Operation(service, operation), problem, null, null, false, null, false);
  }

  /**
   * Adds what to do next.
   *
   * @param step an imperative clause, such as {@code set DATABASE_URL}
   * @return a changed copy
   */
  public Fault withNextStep(@Nullable String step) {
    return new Fault(operation, problem, step, requestId, retryable, retryAfter, outcomeUnknown);
  }

  /**
   * Adds the service's id of the call.
   *
   * @param id the id, or {@code null} if there is none
   * @return a changed copy
   */
  public Fault withRequestId(@Nullable String id) {
    return new Fault(operation, problem, nextStep, id, retryable, retryAfter, outcomeUnknown);
  }

  /**
   * Marks the call as one that may succeed later.
   *
   * @param wait how long the service asked to wait, or {@code null} if it did not say
   * @return a changed copy
   */
  public Fault asRetryable(@Nullable Duration wait) {
    return new Fault(operation, problem, nextStep, requestId, true, wait, outcomeUnknown);
  }

  /**
   * Marks the call as a change that may have been made although no answer arrived.
   *
   * @return a changed copy
   */
  public Fault asOutcomeUnknown() {
    return new Fault(operation, problem, nextStep, requestId, retryable, retryAfter, true);
  }

  String message() {
    var text = new StringBuilder().append(operation).append(": ").append(problem);
    if (outcomeUnknown) {
      text.append("; the change may have been made");
    }
    if (nextStep != null) {
      text.append(". Next: ").append(nextStep);
    }
    if (requestId != null) {
      text.append(" (request id ").append(requestId).append(')');
    }
    return text.toString();
  }
}
