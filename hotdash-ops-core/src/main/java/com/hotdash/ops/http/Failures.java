package com.hotdash.ops.http;

import com.hotdash.ops.http.HttpUnreachableException.Kind;
import com.hotdash.ops.http.HttpUnreachableException.TlsProblem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** What the exceptions of a transport mean. */
final class Failures {
  private static final int DEEPEST = 10;

  private Failures() {}

  static Kind kind(Throwable failure, boolean sent) {
    if (!(failure instanceof IOException)) {
      return Kind.FAILED;
    }
    if (failure instanceof UnknownHostException) {
      return Kind.NAME_NOT_RESOLVED;
    }
    if (failure instanceof InterruptedIOException || says(failure, "timed out")) {
      return Kind.TIMED_OUT;
    }
    if (failure instanceof ConnectException && says(failure, "refused")) {
      return Kind.REFUSED;
    }
    if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
      return Kind.NO_ROUTE;
    }
    return failure instanceof SSLException && !sent ? Kind.TLS : Kind.CLOSED;
  }

  /** Of what an expired root or a foreign signer ends in, the innermost cause tells most. */
  static TlsProblem tlsProblem(Throwable failure) {
    if (any(
        failure,
        t -> t instanceof CertificateExpiredException || reason(t) == BasicReason.EXPIRED)) {
      return TlsProblem.EXPIRED;
    }
    if (any(
        failure,
        t ->
            t instanceof CertificateNotYetValidException
                || reason(t) == BasicReason.NOT_YET_VALID)) {
      return TlsProblem.NOT_YET_VALID;
    }
    if (any(failure, t -> t instanceof SSLPeerUnverifiedException)) {
      return TlsProblem.NAME_MISMATCH;
    }
    return any(failure, t -> t instanceof CertificateException)
        ? TlsProblem.UNTRUSTED
        : TlsProblem.HANDSHAKE;
  }

  private static CertPathValidatorException.@Nullable Reason reason(Throwable t) {
    return t instanceof CertPathValidatorException path ? path.getReason() : null;
  }

  /** A certificate that is not trusted now will not be trusted in a second. */
  static boolean worthAnother(Throwable failure, boolean sent) {
    return failure instanceof IOException
        && (sent
            || !any(
                failure,
                t -> t instanceof CertificateException || t instanceof SSLPeerUnverifiedException));
  }

  /** A body that ends too soon is reported as a broken protocol too, but is a lost connection. */
  static boolean notHttp(Throwable failure) {
    return failure instanceof ProtocolException && !says(failure, "unexpected end");
  }

  static String nextStep(Kind kind) {
    return switch (kind) {
      case NAME_NOT_RESOLVED -> "check the host's name and this machine's name server";
      case REFUSED -> "check that the service runs, and its address and port";
      case NO_ROUTE -> "check this machine's network, and any VPN";
      case TLS -> "check the service's certificate, this machine's clock, and any proxy in between";
      case TIMED_OUT ->
          "look at the service's status, or allow more time by callTimeout and deadline";
      case CLOSED -> "try again, or look at the service's status";
      case FAILED -> "look at the cause; the transport that was handed in may have made it";
    };
  }

  private static boolean says(Throwable failure, String words) {
    return any(
        failure,
        t -> t.getMessage() != null && t.getMessage().toLowerCase(Locale.ROOT).contains(words));
  }

  private static boolean any(Throwable failure, Predicate<Throwable> test) {
    var t = failure;
    for (int depth = 0; t != null && depth < DEEPEST; depth++) {
      if (test.test(t)) {
        return true;
      }
      t = t.getCause();
    }
    return false;
  }
}
