package com.hotdash.ops.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.http.HttpUnreachableException.TlsProblem;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TlsProblemTest {
  static Stream<Arguments> failures() {
    var path = new CertPathValidatorException("path", null, null, -1, BasicReason.EXPIRED);
    return Stream.of(
        Arguments.of(new CertificateExpiredException("NotAfter"), TlsProblem.EXPIRED),
        Arguments.of(new CertificateException("PKIX", path), TlsProblem.EXPIRED),
        Arguments.of(new CertificateNotYetValidException("NotBefore"), TlsProblem.NOT_YET_VALID),
        Arguments.of(new CertificateException("PKIX path building failed"), TlsProblem.UNTRUSTED),
        Arguments.of(new SSLPeerUnverifiedException("not verified"), TlsProblem.NAME_MISMATCH),
        Arguments.of(new SSLHandshakeException("protocol_version"), TlsProblem.HANDSHAKE));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tlsProblem_innermostCauseTells(Throwable cause, TlsProblem expected) {
    var outer = new SSLHandshakeException("handshake");
    outer.initCause(cause);

    assertThat(Failures.tlsProblem(outer)).isEqualTo(expected);
    assertThat(Failures.tlsProblem(cause)).isEqualTo(expected);
  }
}
