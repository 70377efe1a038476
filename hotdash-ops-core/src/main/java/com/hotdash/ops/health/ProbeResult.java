package com.hotdash.ops.health;

import com.hotdash.ops.http.ServerCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One try to reach a health endpoint.
 *
 * @param path the endpoint
 * @param outcome how far it got
 * @param report what was answered, or {@code null} without an answer
 * @param took from the request to the last byte, or to the failure
 * @param at when it ended, by our clock
 * @param certificate what the server showed, or {@code null} without TLS or answer
 * @param detail what came instead of an answer, redacted, or {@code null} with one
 * @param nextStep what to do about that, or {@code null} if not known
 */
public record ProbeResult(
    String path,
    Outcome outcome,
    @Nullable HealthReport report,
    Duration took,
    Instant at,
    @Nullable ServerCertificate certificate,
    @Nullable String detail,
    @Nullable String nextStep) {

  /** How far a probe got. */
  public enum Outcome {
    /** There was an answer. */
    ANSWERED,
    /** Nothing listens. */
    REFUSED,
    /** No whole answer within the probe's own limit. */
    TIMED_OUT,
    /** The host's name has no address here. No sign of the application. */
    NAME_NOT_RESOLVED,
    /** There is no way to the address from here. No sign of the application. */
    NO_ROUTE,
    /** The connection ended before the answer did. */
    CLOSED,
    /** The certificate has expired. */
    TLS_EXPIRED,
    /** The certificate is not good yet. */
    TLS_NOT_YET_VALID,
    /** The certificate is for other hosts. */
    TLS_NAME_MISMATCH,
    /** The certificate's signer is not trusted here. */
    TLS_UNTRUSTED,
    /** No secure connection for another reason. */
    TLS_HANDSHAKE,
    /** What was answered is not HTTP. */
    NOT_HTTP,
    /** We stopped before the endpoint had its time: deadline or interrupt. No sign of anything. */
    NOT_LOOKED,
    /** Our own side failed. No sign of anything. */
    OUR_FAILURE
  }

  /**
   * Returns what the probe comes to.
   *
   * @return the report's, or {@link HealthStatus#FAIL} without an answer, or {@link
   *     HealthStatus#UNKNOWN} if we did not really look
   */
  public HealthStatus status() {
    if (report != null) {
      return report.overall();
    }
    return switch (outcome) {
      // Without an address or a way to it nobody was asked: a typing error, our name server and our
      // network look the same.
      case NAME_NOT_RESOLVED, NO_ROUTE, NOT_LOOKED, OUR_FAILURE -> HealthStatus.UNKNOWN;
      default -> HealthStatus.FAIL;
    };
  }

  /**
   * Returns whether the endpoint tells nothing because the probe is set up wrongly: 401, 403, 404.
   *
   * @return true if so
   */
  public boolean misconfigured() {
    return report != null && (report.code() == 401 || report.code() == 403 || report.code() == 404);
  }

  @Override
  public String toString() {
    var end = " in " + took.toMillis() + " ms";
    return report != null
        ? path + " " + report + end
        : path
            + " "
            + outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ')
            + end
            + (detail == null ? "" : ": " + detail)
            + (nextStep == null ? "" : "; " + nextStep);
  }
}
