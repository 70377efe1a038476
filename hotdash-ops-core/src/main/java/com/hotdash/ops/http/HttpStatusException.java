package com.hotdash.ops.http;

import com.hotdash.ops.error.Fault;

/**
 * The service answered with a status that the caller did not ask for. The message holds the start
 * of the body, redacted; {@link #answer} holds up to 64 KiB of it, for the vendor's own error
 * format.
 *
 * <p>For a write, {@link #outcomeUnknown} is true after a redirect, 408 and 5xx (but 501): a
 * service, or a proxy before it, may answer so although the change was made. It is false where the
 * caller declared the status a proof that nothing ran.
 */
public final class HttpStatusException extends HttpException {
  private static final long serialVersionUID = 1L;

  private final transient HttpAnswer answer;

  HttpStatusException(Fault fault, int attempts, HttpAnswer answer) {
    super(fault, attempts, null);
    this.answer = answer;
  }

  /**
   * Returns the status.
   *
   * @return the HTTP status code
   */
  public int status() {
    return answer.status();
  }

  /**
   * Returns the answer, its body cut after 64 KiB or where it broke off. The body is as the service
   * sent it: redact what you print of it.
   *
   * @return the answer
   */
  public HttpAnswer answer() {
    return answer;
  }

  @Override
  HttpStatusException asLastOf(int tries, boolean outcomeUnknown) {
    return new HttpStatusException(withOutcome(fault(), outcomeUnknown), tries, answer);
  }
}
