package com.hotdash.ops.http;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.secret.Redactor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the errors of one call need to know.
 *
 * @param service the service's name
 * @param request the request
 * @param where method, host and path, without query
 * @param limit how long the call could take at most
 * @param redactor knows every credential of the call
 */
record CallContext(
    String service, HttpRequest request, String where, Duration limit, Redactor redactor) {
  private static final String LOOK_FIRST = "look whether the change was made before trying again";

  HttpException status(HttpHead head, byte[] body, boolean cut, RetryAfter retryAfter) {
    int status = head.status();
    boolean unknown =
        request.write && Statuses.ambiguous(status) && !request.notExecutedOn.contains(status);
    var problem = where + " answered " + status + ": " + Excerpt.of(body, redactor);
    if (retryAfter.note() != null) {
      problem += " (" + retryAfter.note() + ")";
    }
    var fault = fault(problem, head, unknown ? LOOK_FIRST : Statuses.nextStep(status));
    if (Statuses.passing(status) && (!unknown || request.idempotent)) {
      fault = fault.asRetryable(retryAfter.delay());
    }
    return new HttpStatusException(
        HttpException.withOutcome(fault, unknown), 1, new HttpAnswer(head, body, cut, this));
  }

  HttpException protocol(
      HttpProtocolException.Kind kind, HttpHead head, String problem, @Nullable String nextStep) {
    boolean unknown = request.write;
    var fault =
        fault(
            where + " answered " + head.status() + " with " + problem,
            head,
            unknown ? LOOK_FIRST : nextStep);
    return new HttpProtocolException(HttpException.withOutcome(fault, unknown), 1, kind);
  }

  HttpException bodyTooLarge(HttpHead head, long maxBytes) {
    return protocol(
        HttpProtocolException.Kind.BODY_TOO_LARGE,
        head,
        "a body of more than " + maxBytes + " bytes, the bound",
        "ask for less, or raise the bound by maxBodyBytes");
  }

  HttpException redirectRefused(HttpHead head, String why) {
    return protocol(
        HttpProtocolException.Kind.REDIRECT_REFUSED,
        head,
        "a redirect that is not followed: " + why,
        "check the base address; if the redirect is right, use the address it leads to");
  }

  HttpException timedOut(boolean sent, String what) {
    return unreachable(
        HttpUnreachableException.Kind.TIMED_OUT,
        what + " (" + limit.toMillis() + " ms)",
        null,
        null,
        sent,
        false);
  }

  HttpException broken(Throwable failure, boolean sent) {
    if (Failures.notHttp(failure)) {
      var fault =
          fault(
              where + " answered something that is not HTTP: " + told(failure),
              null,
              request.write
                  ? LOOK_FIRST
                  : "check that the address and port are right, and whether they want https");
      return new HttpProtocolException(
          HttpException.withOutcome(fault, request.write), 1, HttpProtocolException.Kind.NOT_HTTP);
    }
    var kind = Failures.kind(failure, sent);
    return unreachable(
        kind,
        told(failure),
        redactor.cause(failure),
        kind == HttpUnreachableException.Kind.TLS ? Failures.tlsProblem(failure) : null,
        sent,
        Failures.worthAnother(failure, sent));
  }

  InterruptedOpsException interrupted(boolean sent) {
    boolean unknown = sent && request.write;
    var fault =
        fault(
            where + " was given up because the thread was interrupted",
            null,
            unknown ? LOOK_FIRST : null);
    return new InterruptedOpsException(HttpException.withOutcome(fault, unknown));
  }

  private HttpException unreachable(
      HttpUnreachableException.Kind kind,
      String what,
      @Nullable Throwable cause,
      HttpUnreachableException.@Nullable TlsProblem tlsProblem,
      boolean sent,
      boolean worthAnother) {
    boolean unknown = sent && request.write;
    var fault =
        fault(
            where + " gave no answer: " + kind + ", " + what,
            null,
            unknown ? LOOK_FIRST : Failures.nextStep(kind));
    if (kind != HttpUnreachableException.Kind.FAILED && (!unknown || request.idempotent)) {
      fault = fault.asRetryable(null);
    }
    return new HttpUnreachableException(
        HttpException.withOutcome(fault, unknown), 1, cause, kind, tlsProblem, worthAnother);
  }

  private String told(Throwable failure) {
    var message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : Excerpt.of(message, redactor);
  }

  private Fault fault(String problem, @Nullable HttpHead head, @Nullable String nextStep) {
    var id = head == null ? null : head.requestId();
    return Fault.of(service, request.operation, redactor.redact(problem))
        .withNextStep(nextStep)
        .withRequestId(id == null ? null : Excerpt.of(id, redactor));
  }
}
