package com.hotdash.ops.http;

import com.hotdash.ops.error.Fault;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * No whole answer arrived. {@link #kind} tells where it ended; {@link #outcomeUnknown} is true for
 * a write of which a byte may have been sent.
 */
public final class HttpUnreachableException extends HttpException {
  private static final long serialVersionUID = 1L;

  /** Where a call ended. */
  public enum Kind {
    /** The host's name has no address, or the name server did not answer. */
    NAME_NOT_RESOLVED,
    /** Nothing listens at the address. */
    REFUSED,
    /** There is no way to the address. */
    NO_ROUTE,
    /** No secure connection could be made: certificate, protocol version or a proxy in between. */
    TLS,
    /** The time for connecting, or the time for the whole call, ran out. */
    TIMED_OUT,
    /** The connection ended before the answer did. */
    CLOSED,
    /** The transport itself failed, for example in an interceptor that was handed in. */
    FAILED
  }

  /** Why no secure connection could be made. */
  public enum TlsProblem {
    /** The certificate has expired, by this machine's clock. */
    EXPIRED,
    /** The certificate is not good yet, by this machine's clock. */
    NOT_YET_VALID,
    /** The certificate is good for other hosts. */
    NAME_MISMATCH,
    /** Nobody whom this machine trusts has signed the certificate. */
    UNTRUSTED,
    /** Something else: protocol version, cipher, a peer that does not speak TLS. */
    HANDSHAKE
  }

  private final Kind kind;
  private final @Nullable TlsProblem tlsProblem;
  private final boolean worthAnother;

  HttpUnreachableException(
      Fault fault,
      int attempts,
      @Nullable Throwable cause,
      Kind kind,
      @Nullable TlsProblem tlsProblem,
      boolean worthAnother) {
    super(fault, attempts, cause);
    this.kind = kind;
    this.tlsProblem = tlsProblem;
    this.worthAnother = worthAnother;
  }

  /**
   * Returns where the call ended.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Returns what was wrong with the secure connection.
   *
   * @return the problem, if {@link #kind} is {@link Kind#TLS}
   */
  public Optional<TlsProblem> tlsProblem() {
    return Optional.ofNullable(tlsProblem);
  }

  /** Whether a second try within the same call could help: not if its time is used up. */
  boolean worthAnother() {
    return worthAnother;
  }

  @Override
  HttpUnreachableException asLastOf(int tries, boolean outcomeUnknown) {
    return new HttpUnreachableException(
        withOutcome(fault(), outcomeUnknown), tries, getCause(), kind, tlsProblem, worthAnother);
  }
}
