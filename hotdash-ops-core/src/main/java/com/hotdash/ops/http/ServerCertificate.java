package com.hotdash.ops.http;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the certificate says that a server showed and that this machine trusted.
 *
 * @param subject the subject's distinguished name
 * @param names the host names and addresses that it is good for; at most 100
 * @param notBefore from when it is good
 * @param notAfter until when it is good
 */
public record ServerCertificate(
    String subject, List<String> names, Instant notBefore, Instant notAfter) {
  private static final int MOST_NAMES = 100;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /** Copies the names. */
  public ServerCertificate {
    names = List.copyOf(names);
  }

  /**
   * Returns how long it is still good.
   *
   * @param now the time of day
   * @return the time left; negative once it has expired
   */
  public Duration left(Instant now) {
    return Duration.between(now, notAfter);
  }

  /** Takes the facts out of the first of a chain; {@code null} without TLS. */
  static @Nullable ServerCertificate of(List<Certificate> chain) {
    return !chain.isEmpty() && chain.get(0) instanceof X509Certificate x509
        ? new ServerCertificate(
            x509.getSubjectX500Principal().getName(),
            names(x509),
            x509.getNotBefore().toInstant(),
            x509.getNotAfter().toInstant())
        : null;
  }

  private static List<String> names(X509Certificate certificate) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      return all == null
          ? List.of()
          : all.stream()
              .filter(name -> name.size() > 1 && isHost(name.get(0)))
              .map(name -> String.valueOf(name.get(1)))
              .limit(MOST_NAMES)
              .toList();
    } catch (CertificateParsingException e) {
      return List.of(); // it was good enough to connect by: its dates are still worth telling
    }
  }

  private static boolean isHost(Object type) {
    return type.equals(DNS_NAME) || type.equals(IP_ADDRESS);
  }
}
