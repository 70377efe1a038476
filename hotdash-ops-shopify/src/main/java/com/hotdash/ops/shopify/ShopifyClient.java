package com.hotdash.ops.shopify;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.http.HttpAnswer;
import com.hotdash.ops.http.HttpException;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.http.HttpService;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.shop.Shop;
import com.hotdash.ops.shop.ShopNeeds;
import com.hotdash.ops.shopify.IdempotencyKeys.Prepared;
import com.hotdash.ops.shopify.ShopifyException.Kind;
import com.hotdash.ops.shopify.Treatment.Again;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to the GraphQL API of one shop, within its budget.
 *
 * <p>Nobody has to state a cost: it is predicted, and learned from replies. A call waits for its
 * points, is sent again where it provably did not run or may run twice, and ends by its deadline. A
 * mutation whose answer was lost is never sent again unless it carries an idempotency key; the keys
 * that Shopify requires are put in.
 *
 * <p>Thread-safe: make one and share it.
 */
public final class ShopifyClient implements AutoCloseable {
  private static final String PING = ShopDocuments.PING;

  // Shopify gives up after about 10 s (shopify.md, section 5): waiting far longer gains nothing.
  private static final Duration ONE_TRY = Duration.ofSeconds(15);
  private static final int MOST_TRIES = 4;
  private static final int MOST_THROTTLED = 20;
  private static final Duration ASKED_FOR_NOTHING = Duration.ofSeconds(1);

  private final ShopDomain shop;
  private final ShopState state;
  private final IdempotencyKeys keys;
  private final HttpService http;
  private final Time time;
  private final String version;
  private final Duration callTimeout;
  private final IntervalFunction backoff =
      IntervalFunction.ofExponentialRandomBackoff(
          Duration.ofMillis(500), 2, 0.5, Duration.ofSeconds(8));

  ShopifyClient(
      ShopDomain shop,
      Secret token,
      ShopState state,
      ShopifyGuard.Builder settings,
      IdempotencyKeys keys) {
    this.shop = shop;
    this.state = state;
    this.keys = keys;
    this.time = settings.time;
    this.version = settings.version;
    this.callTimeout = settings.callTimeout;
    var builder =
        HttpService.builder(ShopifyException.SERVICE)
            .baseUrl(settings.baseUrl == null ? "https://" + shop : settings.baseUrl)
            .authHeader("X-Shopify-Access-Token", "", token)
            .requestIdHeaders("x-request-id")
            .callTimeout(ONE_TRY)
            .maxBodyBytes(32L * 1024 * 1024)
            .tries(1)
            .time(time);
    if (settings.transport != null) {
      builder.transport(settings.transport);
    }
    http = builder.build();
  }

  /**
   * Makes a call that somebody waits for, within the guard's time for a call.
   *
   * @param document the GraphQL document, with one operation
   * @param variables its variables
   * @return the answer
   * @throws ShopifyException if Shopify refused, or the call was not sent
   * @throws QueryCostException if it would cost more than 1,000 points
   * @throws HttpException if no answer arrived
   */
  public ShopifyReply call(String document, Map<String, ?> variables) {
    return call(document, null, variables, Lane.INTERACTIVE, time.deadline(callTimeout));
  }

  /**
   * Makes a call.
   *
   * @param document the GraphQL document
   * @param operationName which operation of it, or {@code null} if there is one only
   * @param variables its variables
   * @param lane who waits for it
   * @param deadline when it must have ended, all waits and tries included
   * @return the answer
   * @throws ShopifyException if Shopify refused, or the call was not sent; {@link
   *     OpsException#outcomeUnknown} says whether a mutation may have been made all the same
   * @throws QueryCostException if it would cost more than 1,000 points
   * @throws HttpException if no answer arrived; the same holds
   */
  public ShopifyReply call(
      String document,
      @Nullable String operationName,
      Map<String, ?> variables,
      Lane lane,
      Deadline deadline) {
    var cost = state.predictor().affordable(document, operationName, variables);
    var prepared = keys.prepare(document, operationName, variables);
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("query", prepared.document());
    body.put("variables", variables);
    if (operationName != null) {
      body.put("operationName", operationName);
    }
    var asked = CallLog.asked(state.predictor().name(document, operationName), document, variables);
    var call = new Call(prepared, body, cost, asked, lane, deadline);
    return call.run();
  }

  /**
   * Asks the least that can be asked, for one point: proves address, token and shop, and tells how
   * the bucket stands.
   *
   * @param deadline when it must have ended
   * @return the bucket, as the gate knows it now
   */
  public GateStatus ping(Deadline deadline) {
    ask(deadline);
    return state.gate().status();
  }

  private void ask(Deadline deadline) {
    read(PING, Map.of(), deadline);
  }

  /** Makes a query once, also while the breaker keeps others from it: to diagnose. */
  ShopifyReply read(String query, Map<String, ?> variables, Deadline deadline) {
    var cost = state.predictor().affordable(query, null, variables);
    return new Call(
            Prepared.query(query),
            Map.of("query", query, "variables", variables),
            cost,
            null, // what diagnoses is not what it looks for
            Lane.INTERACTIVE,
            deadline)
        .once();
  }

  /**
   * Returns the shop as the runbook sees it and changes it, without saying what the application
   * needs of it.
   *
   * @return the port; it lives as long as this client
   */
  public Shop port() {
    return port(ShopNeeds.NOT_SAID);
  }

  /**
   * Returns the shop as the runbook sees it and changes it. Diagnosing with it writes nothing.
   *
   * @param needs which scopes and subscriptions the application needs
   * @return the port; it lives as long as this client
   */
  public Shop port(ShopNeeds needs) {
    return new ShopifyPort(this, needs);
  }

  ShopDomain shop() {
    return shop;
  }

  ShopState state() {
    return state;
  }

  Time time() {
    return time;
  }

  String version() {
    return version;
  }

  Redactor redactor() {
    return http.redactor();
  }

  /** Ends the calls that are still running. */
  @Override
  public void close() {
    http.close();
  }

  @Override
  public String toString() {
    return "ShopifyClient[" + shop + ", " + version + "]";
  }

  /** One call with all its tries. */
  private final class Call {
    private final Prepared prepared;
    private final Map<String, ? extends @Nullable Object> body;
    private final QueryCost cost;
    private final Lane lane;
    private final Deadline deadline;
    private final String operation;
    private final CallLog.@Nullable Asked asked;
    private double points;
    private boolean lost;
    private int failures;
    private int throttled;

    Call(
        Prepared prepared,
        Map<String, ? extends @Nullable Object> body,
        QueryCost cost,
        CallLog.@Nullable Asked asked,
        Lane lane,
        Deadline deadline) {
      this.prepared = prepared;
      this.body = body;
      this.cost = cost;
      this.lane = lane;
      this.deadline = deadline;
      this.operation = prepared.mutation() ? "graphql.mutation" : "graphql.query";
      this.asked = asked;
      this.points = cost.held();
    }

    ShopifyReply run() {
      while (true) {
        admit();
        var reply = attempt();
        if (reply != null) {
          return reply;
        }
      }
    }

    private void admit() {
      try {
        state.breaker().check(operation, () -> ask(deadline));
      } catch (OpsException e) {
        throw lost ? uncertain(e.problem()) : e;
      }
    }

    /** For the ping: the breaker has let it through already, and its cost is known. */
    ShopifyReply once() {
      failures = MOST_TRIES;
      throttled = MOST_THROTTLED;
      points = cost.requested();
      var reply = attempt();
      if (reply == null) {
        throw new IllegalStateException("a single try ends with an answer or throws");
      }
      return reply;
    }

    /** Returns the answer, or {@code null} if the call is to be made again. */
    private @Nullable ShopifyReply attempt() {
      Permit permit;
      try {
        permit = state.gate().acquire(points, lane, deadline, throttled > 0, Cancellation.NEVER);
      } catch (OpsException e) {
        state.breaker().undecided();
        throw lost ? uncertain(e.problem()) : e;
      }
      try (permit) {
        return send(permit);
      }
    }

    private @Nullable ShopifyReply send(Permit permit) {
      long begun = time.ticker().nanos();
      HttpAnswer answer;
      try {
        answer = http.send(request(), deadline);
      } catch (HttpException e) {
        state.calls().failed(asked, points, begun);
        return broken(e, permit);
      } catch (InterruptedOpsException e) {
        state.breaker().undecided();
        throw e;
      }
      var judged =
          Judgement.ofGraphql(
              answer.status(), name -> answer.header(name).orElse(null), answer.bytes());
      state.predictor().served(answer.header("X-Shopify-API-Version").orElse(null));
      settle(permit, judged);
      state.calls().answered(asked, judged, points, begun);
      return judged.refusal() == null ? answered(judged, answer) : refused(judged);
    }

    private HttpRequest request() {
      String[] path = {"admin", "api", version, "graphql.json"};
      var request =
          prepared.mutation()
              ? HttpRequest.post(operation, path)
              : HttpRequest.query(operation, path);
      return request.json(body).acceptAnyStatus().keepRedirects().build();
    }

    private void settle(Permit permit, Judgement judged) {
      var charge = judged.charge();
      if (charge != null) {
        points = Math.min(ShopGate.MOST_FOR_ONE, charge.requestedQueryCost());
        state.predictor().learn(cost, (int) Math.round(charge.requestedQueryCost()));
        permit.settle(charge);
      } else if (!judged.ran()) {
        permit.unused();
      }
    }

    private @Nullable ShopifyReply broken(HttpException e, Permit permit) {
      boolean mayHaveRun = e.outcomeUnknown();
      if (prepared.mutation() && !mayHaveRun) {
        permit.unused();
      }
      lost |= mayHaveRun;
      state.breaker().failed(e.problem());
      if (e.retryable() || (mayHaveRun && prepared.repeatable())) {
        if (again(mayHaveRun, Duration.ofMillis(backoff.apply(Math.min(++failures, MOST_TRIES))))) {
          return null;
        }
      }
      if (lost && !mayHaveRun) {
        throw uncertain(e.problem());
      }
      throw e;
    }

    private @Nullable ShopifyReply answered(Judgement judged, HttpAnswer answer) {
      state.breaker().succeeded();
      var body = Objects.requireNonNull(judged.body());
      var data = ReplyJson.map(body.get("data"));
      if (prepared.mutation() && stillRuns(data)) {
        lost = true;
        if (again(true, Duration.ofMillis(backoff.apply(Math.min(++failures, MOST_TRIES))))) {
          return null;
        }
        throw stillRunning(judged, data);
      }
      return new ShopifyReply(
          data == null ? Map.of() : data,
          judged.charge(),
          judged.requestId(),
          answer.header("X-Shopify-API-Version").orElse(null),
          answer.header("X-Shopify-API-Deprecated-Reason").orElse(""),
          warnings(body));
    }

    private @Nullable ShopifyReply refused(Judgement judged) {
      var treatment = judged.treatment();
      boolean mayHaveRun = judged.ran() && prepared.mutation();
      lost |= mayHaveRun;
      var problem = told(judged);
      if (treatment.stop() != null) {
        state.breaker().stop(treatment.stop(), problem);
      } else if (treatment.failure()) {
        state.breaker().failed(problem);
      } else {
        state.breaker().succeeded(); // the service is there and has answered
      }
      var wait = wait(treatment.again(), judged);
      if (wait != null && again(mayHaveRun, wait)) {
        return null;
      }
      throw exception(judged, treatment, problem);
    }

    private @Nullable Duration wait(Again again, Judgement judged) {
      return switch (again) {
        case NEVER -> null;
        case WITH_POINTS -> ++throttled < MOST_THROTTLED ? Duration.ZERO : null; // the gate waits
        case WHEN_ASKED ->
            ++failures < MOST_TRIES
                ? judged.retryAfter() == null ? ASKED_FOR_NOTHING : judged.retryAfter()
                : null;
        case BACKED_OFF ->
            ++failures < MOST_TRIES ? Duration.ofMillis(backoff.apply(failures)) : null;
      };
    }

    /** Waits for the next try; returns false if there is to be none. */
    private boolean again(boolean mayHaveRun, Duration wait) {
      if (failures >= MOST_TRIES
          || (mayHaveRun && !prepared.repeatable())
          || wait.compareTo(deadline.remaining()) >= 0) {
        return false;
      }
      if (!time.await(wait)) {
        var fault =
            Fault.of(
                ShopifyException.SERVICE,
                operation,
                "the call to " + shop + " was given up between two tries: interrupted");
        throw new InterruptedOpsException(lost ? fault.asOutcomeUnknown() : fault);
      }
      return true;
    }

    private String told(Judgement judged) {
      return http.redactor()
          .redact(
              shop
                  + " answered "
                  + judged.status()
                  + ": "
                  + judged.refusal()
                  + ", "
                  + judged.message());
    }

    private ShopifyException exception(Judgement judged, Treatment treatment, String problem) {
      var fault =
          Fault.of(ShopifyException.SERVICE, operation, problem)
              .withNextStep(
                  lost
                      ? "look whether the change was made before trying again"
                      : treatment.nextStep())
              .withRequestId(judged.requestId());
      if (treatment.again() != Again.NEVER && (!lost || prepared.repeatableByCaller())) {
        fault = fault.asRetryable(judged.retryAfter());
      }
      var data = judged.body() == null ? null : ReplyJson.map(judged.body().get("data"));
      return new ShopifyException(
          Objects.requireNonNull(judged.refusal()),
          judged.status(),
          lost ? fault.asOutcomeUnknown() : fault,
          data == null ? Map.of() : data,
          judged.charge());
    }

    /** No business error, though it is told like one: the change may be made in this moment. */
    private ShopifyException stillRunning(
        Judgement judged, @Nullable Map<String, @Nullable Object> data) {
      return new ShopifyException(
          Kind.CONFLICT,
          judged.status(),
          Fault.of(
                  ShopifyException.SERVICE,
                  operation,
                  shop + " still works on an earlier try with the same key")
              .withNextStep("look whether the change was made before trying again")
              .withRequestId(judged.requestId())
              .asOutcomeUnknown(),
          data == null ? Map.of() : data,
          judged.charge());
    }

    /** An earlier try may have been carried out, whatever happened since. */
    private ShopifyException uncertain(String problem) {
      return new ShopifyException(
          Kind.NOT_ADMITTED,
          0,
          Fault.of(
                  ShopifyException.SERVICE,
                  operation,
                  "the answer of an earlier try was lost, and then: " + problem)
              .withNextStep("look whether the change was made before trying again")
              .asOutcomeUnknown(),
          Map.of());
    }

    /** Whether the first try with the same key has not ended (shopify.md, section 6). */
    private static boolean stillRuns(@Nullable Map<String, @Nullable Object> data) {
      return data != null
          && data.values().stream()
              .flatMap(payload -> ReplyJson.list(ReplyJson.at(payload, "userErrors")).stream())
              .anyMatch(
                  error -> "IDEMPOTENCY_CONCURRENT_REQUEST".equals(ReplyJson.at(error, "code")));
    }

    private List<String> warnings(Map<String, @Nullable Object> body) {
      var all = new ArrayList<String>();
      for (var search : ReplyJson.list(ReplyJson.at(body, "extensions", "search"))) {
        for (var warning : ReplyJson.list(ReplyJson.at(search, "warnings"))) {
          all.add(ReplyJson.at(warning, "field") + ": " + ReplyJson.at(warning, "message"));
        }
      }
      return all;
    }
  }
}
