package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.http.HttpAnswer;
import com.hotdash.ops.http.HttpException;
import com.hotdash.ops.http.HttpProtocolException;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.http.HttpService;
import com.hotdash.ops.http.HttpStatusException;
import com.hotdash.ops.http.HttpUnreachableException;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** All calls to Fly pass here: limits, tries and the meaning of refusals. Thread-safe. */
final class FlyApi implements AutoCloseable {
  private static final int TRIES = 4;
  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration FIRST_WAIT_TOO_MANY = Duration.ofSeconds(1);
  private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

  private final Map<FlyService, HttpService> services = new EnumMap<>(FlyService.class);
  private final Redactor redactor;
  private final Limiter limiter;
  private final SecretVersions secretVersions = new SecretVersions();
  private final Time time;
  private final @Nullable OkHttpClient owned;

  FlyApi(FlyClient.Builder from, FlyToken token, FlyToken readToken) {
    this.time = from.time;
    this.limiter = new Limiter(time.ticker());
    this.redactor = token.redactor().and(readToken.redactor()).and(from.redactor);
    this.owned = from.transport == null ? new OkHttpClient() : null;
    var transport = from.transport == null ? owned : from.transport;
    for (var service : FlyService.values()) {
      var http =
          HttpService.builder("fly")
              .baseUrl(from.addresses.getOrDefault(service, service.defaultAddress()))
              .requestIdHeaders("fly-request-id")
              .callTimeout(from.callTimeout)
              .redactor(redactor)
              .maxBodyBytes(32L * 1024 * 1024)
              .time(time)
              // Every try must pass the limiter, so tries are counted here.
              .tries(1);
      if (transport != null) {
        http.transport(transport);
      }
      boolean reading = service == FlyService.LOGS || service == FlyService.PROMETHEUS;
      (reading ? readToken : token)
          .authorization(service.header())
          .ifPresent(auth -> http.authHeader("Authorization", auth.scheme(), auth.credential()));
      services.put(service, http.build());
    }
  }

  Time time() {
    return time;
  }

  Redactor redactor() {
    return redactor;
  }

  SecretVersions secretVersions() {
    return secretVersions;
  }

  HttpAnswer send(FlyCall call, Deadline deadline) {
    for (int number = 1; ; number++) {
      awaitTurn(call, deadline);
      try {
        return service(call).send(call.request(), deadline);
      } catch (HttpException e) {
        var wait = wait(e, number);
        if (e instanceof HttpStatusException refused && refused.status() == 429 && call.limited()) {
          limiter.refused(call.operation(), call.identifier(), wait);
        }
        if (number == TRIES || !again(e) || wait.compareTo(deadline.remaining()) >= 0) {
          throw translated(e, call);
        }
        if (!time.await(wait)) {
          throw interrupted(call, e);
        }
      }
    }
  }

  /** The answer as one JSON object; after a write an answer that is none leaves it unknown. */
  Fields object(FlyCall call, Deadline deadline) {
    return read(call, deadline, answer -> Fields.of(answer.jsonObject()));
  }

  /** The answer as a JSON array of objects; {@code null} counts as empty. */
  List<Fields> list(FlyCall call, Deadline deadline) {
    return read(
        call,
        deadline,
        answer -> {
          if (answer.text().strip().equals("null")) {
            return List.of();
          }
          return Fields.listOf(Arrays.asList((Object[]) answer.json(Map[].class)));
        });
  }

  private <T> T read(FlyCall call, Deadline deadline, Reader<T> reader) {
    var answer = send(call, deadline);
    try {
      return reader.read(answer);
    } catch (HttpProtocolException e) {
      throw translated(e, call);
    }
  }

  private HttpService service(FlyCall call) {
    var service = services.get(call.service());
    if (service == null) {
      throw new IllegalStateException("no service " + call.service());
    }
    return service;
  }

  private void awaitTurn(FlyCall call, Deadline deadline) {
    if (!call.limited()) {
      return;
    }
    var left = deadline.remaining();
    var wait = limiter.reserve(call.operation(), call.identifier(), left);
    if (wait.compareTo(left) > 0) {
      var problem =
          "not sent: its turn within Fly's limits comes in %d ms, after the deadline"
              .formatted(wait.toMillis());
      throw new FlyRefusedException(
          fault(call, problem).asRetryable(wait).withNextStep("give it more time"), 0, "", null);
    }
    if (!time.await(wait)) {
      throw interrupted(call, null);
    }
  }

  // What the kit calls retryable was a read, or provably not carried out.
  private static boolean again(HttpException failure) {
    if (failure instanceof HttpStatusException refused) {
      return refused.retryable() && PASSING.contains(refused.status());
    }
    return failure instanceof HttpUnreachableException unreachable
        && unreachable.retryable()
        && unreachable.kind() != HttpUnreachableException.Kind.TIMED_OUT
        && unreachable.kind() != HttpUnreachableException.Kind.TLS;
  }

  private static Duration wait(HttpException failure, int number) {
    boolean tooMany = failure instanceof HttpStatusException refused && refused.status() == 429;
    var first = tooMany ? FIRST_WAIT_TOO_MANY : FIRST_WAIT;
    return failure.retryAfter().orElse(first.multipliedBy(1L << (number - 1)));
  }

  private OpsException translated(HttpException e, FlyCall call) {
    var known = redactor.and(call.redactor());
    if (e instanceof HttpStatusException refused) {
      return FlyErrors.of(refused, known);
    }
    if (known.wouldAlter(String.valueOf(e.getMessage()))) {
      return new FlyProtocolException(FlyErrors.fault(e, known, null), 0, "", known.cause(e));
    }
    return e;
  }

  private static InterruptedOpsException interrupted(FlyCall call, @Nullable HttpException last) {
    var fault = fault(call, "given up because the thread was interrupted");
    return new InterruptedOpsException(
        last != null && last.outcomeUnknown() ? fault.asOutcomeUnknown() : fault);
  }

  static Fault fault(FlyCall call, String problem) {
    return Fault.of("fly", call.operation(), call.identifier() + " " + problem);
  }

  @Override
  public void close() {
    services.values().forEach(HttpService::close);
    if (owned != null) {
      owned.connectionPool().evictAll();
    }
  }

  private interface Reader<T> {
    T read(HttpAnswer answer);
  }

  /** Makes a call of the Machines API. */
  static FlyCall machines(String operation, String identifier, HttpRequest.Builder request) {
    return new FlyCall(FlyService.MACHINES, operation, identifier, request.build());
  }
}
