package com.hotdash.ops.health;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.health.ProbeResult.Outcome;
import com.hotdash.ops.http.HttpHead;
import com.hotdash.ops.http.HttpProtocolException;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.http.HttpService;
import com.hotdash.ops.http.HttpUnreachableException;
import com.hotdash.ops.http.HttpUnreachableException.TlsProblem;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a health endpoint once, over a connection of its own, and follows no redirect. It never
 * throws: a failure is what it was sent to find. Thread-safe.
 */
public final class HealthProbe {
  private final HttpService http;
  private final HealthReader reader;
  private final Time time;
  private final Duration timeout;

  /**
   * Makes a probe.
   *
   * @param http the application; stays the caller's
   * @param redactor takes credentials out of what is answered
   * @param time clock and ticker
   * @param timeout how long an endpoint has for its whole answer, more than zero
   */
  public HealthProbe(HttpService http, Redactor redactor, Time time, Duration timeout) {
    this.http = http;
    this.reader = new HealthReader(redactor.and(http.redactor()));
    this.time = time;
    this.timeout = timeout;
  }

  /**
   * Asks once.
   *
   * @param path the endpoint, such as {@code /api/health}
   * @param headers sent along, such as one that names a machine
   * @param deadline when to stop. If it leaves less than the probe's own limit and passes, the
   *     outcome is {@link Outcome#NOT_LOOKED}: that was our haste, not the endpoint's slowness
   * @return what came back
   */
  public ProbeResult probe(String path, Map<String, String> headers, Deadline deadline) {
    boolean hasty = deadline.remaining().compareTo(timeout) < 0;
    long begun = time.ticker().nanos();
    try {
      return http.stream(
          request(path, headers),
          deadline,
          (head, body) -> answered(path, begun, head, reader.read(head, body)));
    } catch (HttpUnreachableException e) {
      var outcome = outcome(e);
      boolean cutShort = outcome == Outcome.TIMED_OUT && hasty;
      return failed(path, cutShort ? Outcome.NOT_LOOKED : outcome, begun, e);
    } catch (HttpProtocolException e) {
      return failed(path, Outcome.NOT_HTTP, begun, e);
    } catch (InterruptedOpsException e) {
      return failed(path, Outcome.NOT_LOOKED, begun, e);
    } catch (OpsException | UncheckedIOException | IllegalStateException e) {
      return failed(path, Outcome.OUR_FAILURE, begun, e);
    }
  }

  private HttpRequest request(String path, Map<String, String> headers) {
    var segments =
        Arrays.stream(path.split("/", -1)).filter(s -> !s.isEmpty()).toArray(String[]::new);
    var request =
        HttpRequest.get("health.get", segments)
            .acceptAnyStatus()
            .keepRedirects()
            // A second try, or a connection that still hangs on a machine, would hide a failure.
            .tries(1)
            .header("Connection", "close")
            .header("Accept", "application/health+json, application/json, */*;q=0.5")
            .callTimeout(timeout)
            // The reader stops by itself, and still tells what the code said.
            .maxBodyBytes(Long.MAX_VALUE);
    headers.forEach(request::header);
    return request.build();
  }

  private ProbeResult answered(String path, long begun, HttpHead head, HealthReport report) {
    return new ProbeResult(
        path, Outcome.ANSWERED, report, since(begun), time.now(), head.certificate(), null, null);
  }

  private ProbeResult failed(String path, Outcome outcome, long begun, RuntimeException why) {
    @Nullable String nextStep =
        why instanceof OpsException ops ? ops.nextStep().orElse(null) : null;
    var detail = why instanceof OpsException ops ? ops.problem() : why.getClass().getSimpleName();
    return new ProbeResult(path, outcome, null, since(begun), time.now(), null, detail, nextStep);
  }

  private Duration since(long begun) {
    return Duration.ofNanos(time.ticker().nanos() - begun);
  }

  private static Outcome outcome(HttpUnreachableException failure) {
    return switch (failure.kind()) {
      case NAME_NOT_RESOLVED -> Outcome.NAME_NOT_RESOLVED;
      case REFUSED -> Outcome.REFUSED;
      case NO_ROUTE -> Outcome.NO_ROUTE;
      case TIMED_OUT -> Outcome.TIMED_OUT;
      case CLOSED -> Outcome.CLOSED;
      case FAILED -> Outcome.OUR_FAILURE;
      case TLS -> tls(failure.tlsProblem().orElse(TlsProblem.HANDSHAKE));
    };
  }

  private static Outcome tls(TlsProblem problem) {
    return switch (problem) {
      case EXPIRED -> Outcome.TLS_EXPIRED;
      case NOT_YET_VALID -> Outcome.TLS_NOT_YET_VALID;
      case NAME_MISMATCH -> Outcome.TLS_NAME_MISMATCH;
      case UNTRUSTED -> Outcome.TLS_UNTRUSTED;
      case HANDSHAKE -> Outcome.TLS_HANDSHAKE;
    };
  }
}
