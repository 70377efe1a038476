package com.hotdash.ops.http;

import com.hotdash.ops.error.Fault;

/** An answer arrived and cannot be used. Asking again, unchanged, would bring the same. */
public final class HttpProtocolException extends HttpException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the answer. */
  public enum Kind {
    /** Something else stands where JSON was expected: an HTML page, plain text, nothing. */
    NOT_JSON,
    /** The JSON is broken, nested too deep, or does not fit what was expected. */
    BAD_JSON,
    /** The body is longer than the bound. */
    BODY_TOO_LARGE,
    /** The redirect is one that is not followed. */
    REDIRECT_REFUSED,
    /** What was sent is not HTTP. */
    NOT_HTTP
  }

  private final Kind kind;

  HttpProtocolException(Fault fault, int attempts, Kind kind) {
    super(fault, attempts, null);
    this.kind = kind;
  }

  /**
   * Returns what is wrong with the answer.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  @Override
  HttpProtocolException asLastOf(int tries, boolean outcomeUnknown) {
    return new HttpProtocolException(withOutcome(fault(), outcomeUnknown), tries, kind);
  }
}
