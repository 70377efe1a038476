package com.hotdash.ops.app;

import com.hotdash.ops.health.ProbeResult.Outcome;
import com.hotdash.ops.http.ServerCertificate;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether the application's front door can be trusted, and for how long yet.
 *
 * @param outcome {@link Outcome#ANSWERED}, or which TLS outcome it was
 * @param certificate what it showed; {@code null} if no secure connection was made
 * @param left how long it is still good; {@code null} if no secure connection was made
 */
public record CertificateState(
    Outcome outcome, @Nullable ServerCertificate certificate, @Nullable Duration left) {
  @Override
  public String toString() {
    if (certificate == null || left == null) {
      return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
    var how =
        left.isNegative()
            ? "certificate expired " + left.negated().toDays() + " days ago"
            : "certificate good for " + left.toDays() + " days";
    return how + ", until " + certificate.notAfter() + ", " + certificate.subject();
  }
}
