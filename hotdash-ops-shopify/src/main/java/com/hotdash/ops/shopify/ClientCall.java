package com.hotdash.ops.shopify;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.http.HttpAnswer;
import com.hotdash.ops.http.HttpException;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.http.HttpUnreachableException;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.shopify.IdempotencyKeys.Prepared;
import com.hotdash.ops.shopify.ShopifyException.Kind;
import com.hotdash.ops.time.Deadline;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One call of a client with all its tries: each asks breaker and gate, and tells them how it ended.
 * For one use, by one thread.
 */
final class ClientCall {
  private static final int MOST_TRIES = 4;
  private static final int MOST_THROTTLED = 20;
  private static final IntervalFunction BACKOFF =
      IntervalFunction.ofExponentialRandomBackoff(
          Duration.ofMillis(500), 2, 0.5, Duration.ofSeconds(8));

  private final ShopifyClient client;
  private final ShopState state;
  private final Prepared prepared;
  private final Map<String, ? extends @Nullable Object> body;
  private final QueryCost cost;
  private final CallLog.@Nullable Asked asked;
  private final Lane lane;
  private final Deadline deadline;
  private final Sending sending;
  private final String operation;
  private final CallFailures failed;
  private double points;
  private boolean lost;
  private boolean watched = true;
  private boolean checked = true;
  private int failures;
  private int throttled;
  private boolean renewed;

  ClientCall(
      ShopifyClient client,
      Prepared prepared,
      Map<String, ? extends @Nullable Object> body,
      QueryCost cost,
      CallLog.@Nullable Asked asked,
      Lane lane,
      Deadline deadline,
      Sending sending) {
    this.client = client;
    this.state = client.state();
    this.prepared = prepared;
    this.body = body;
    this.cost = cost;
    this.asked = asked;
    this.lane = lane;
    this.deadline = deadline;
    this.sending = sending;
    this.operation = prepared.mutation() ? "graphql.mutation" : "graphql.query";
    this.failed = new CallFailures(client.shop(), operation, client.redactor());
    this.points = cost.held();
  }

  ShopifyReply run() {
    while (true) {
      try {
        state.breaker().check(operation, () -> client.trial(deadline));
      } catch (OpsException e) {
        throw lost ? failed.uncertain(e.problem()) : e;
      }
      var reply = attempt();
      if (reply != null) {
        return reply;
      }
    }
  }

  /** Tries once, whatever the breaker says, and tells it nothing: nobody let this call through. */
  ShopifyReply once() {
    watched = false;
    return trial();
  }

  /** For the breaker's ping: it has been let through already. */
  ShopifyReply trial() {
    checked = false;
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
    var token = client.token().current();
    boolean tried;
    try {
      tried = checked && watched && state.refused().admit(operation, token);
    } catch (ShopifyException e) {
      return withNext(token, e);
    }
    Permit permit;
    try {
      permit = state.gate().acquire(points, lane, deadline, throttled > 0, Cancellation.NEVER);
    } catch (OpsException e) {
      undecided();
      throw lost ? failed.uncertain(e.problem()) : e;
    }
    try (permit) {
      return send(permit, tried);
    }
  }

  private @Nullable ShopifyReply send(Permit permit, boolean tried) {
    try {
      if (checked) {
        state.breaker().stillClosed(operation);
      }
    } catch (OpsException e) {
      permit.unused();
      throw lost ? failed.uncertain(e.problem()) : e;
    }
    var token = client.token().current();
    try {
      if (checked && watched && !tried) {
        state.refused().stillGood(operation, token);
      }
    } catch (ShopifyException e) {
      permit.unused();
      return withNext(token, e);
    }
    sending.sent();
    long begun = client.time().ticker().nanos();
    HttpAnswer answer;
    try {
      answer = client.http().send(request(token), deadline);
    } catch (HttpException e) {
      state.calls().failed(asked, points, begun);
      return broken(e, permit);
    } catch (InterruptedOpsException e) {
      undecided();
      throw lost ? failed.interrupted(true) : e;
    }
    var judged =
        Judgement.ofGraphql(
            answer.status(), name -> answer.header(name).orElse(null), answer.bytes());
    predictor().served(answer.header("X-Shopify-API-Version").orElse(null));
    // Before the permit lets the next one in: that one asks whether the shop was stopped.
    tell(judged);
    state.refused().judged(token, judged);
    settle(permit, judged);
    state.calls().answered(asked, judged, points, begun);
    return judged.refusal() == null ? answered(judged, answer) : refused(judged, token);
  }

  private HttpRequest request(Secret token) {
    String[] path = {"admin", "api", client.version(), "graphql.json"};
    var request =
        prepared.mutation()
            ? HttpRequest.post(operation, path)
            : HttpRequest.query(operation, path);
    return request
        .secretHeader("X-Shopify-Access-Token", token)
        .json(body)
        .acceptAnyStatus()
        .keepRedirects()
        .build();
  }

  private CostPredictor predictor() {
    return state.predictor(client.version());
  }

  private void settle(Permit permit, Judgement judged) {
    var charge = judged.charge();
    if (charge != null) {
      points = Math.min(ShopGate.MOST_FOR_ONE, charge.requestedQueryCost());
      predictor().learn(cost, (int) Math.round(charge.requestedQueryCost()));
      permit.settle(charge);
      return;
    }
    if (judged.tooDear() != null) {
      predictor().learn(cost, judged.tooDear());
    }
    if (!judged.ran()) {
      permit.unused();
    }
  }

  private @Nullable ShopifyReply broken(HttpException e, Permit permit) {
    boolean mayHaveRun = e.outcomeUnknown();
    lost |= mayHaveRun;
    if (watched) {
      state.breaker().failed(e.problem());
    }
    if (prepared.mutation() ? !mayHaveRun : neverLeft(e)) {
      permit.unused();
    }
    if (e.retryable() || (mayHaveRun && prepared.repeatable())) {
      if (again(mayHaveRun, backoff(++failures))) {
        return null;
      }
    }
    if (lost && !mayHaveRun) {
      throw failed.uncertain(e.problem());
    }
    throw e;
  }

  /** Of a read nobody says whether it was sent, but for these. */
  private static boolean neverLeft(HttpException e) {
    return e instanceof HttpUnreachableException unreachable
        && switch (unreachable.kind()) {
          case NAME_NOT_RESOLVED, REFUSED, NO_ROUTE, TLS -> true;
          case TIMED_OUT, CLOSED, FAILED -> false;
        };
  }

  private @Nullable ShopifyReply answered(Judgement judged, HttpAnswer answer) {
    var body = Objects.requireNonNull(judged.body());
    var data = ReplyJson.map(body.get("data"));
    if (prepared.mutation() && ShopifyReply.stillRuns(data)) {
      lost = true;
      if (again(true, backoff(++failures))) {
        return null;
      }
      throw failed.stillRunning(judged);
    }
    return ShopifyReply.of(judged, body, data, answer);
  }

  private @Nullable ShopifyReply refused(Judgement judged, Secret token) {
    boolean mayHaveRun = judged.ran() && prepared.mutation();
    lost |= mayHaveRun;
    var wait = wait(judged);
    if (wait != null && again(mayHaveRun, wait)) {
      return null;
    }
    if (judged.refusal() == Kind.UNAUTHORIZED && renewed(token)) {
      return null;
    }
    throw failed.refused(judged, lost, prepared.repeatableByCaller());
  }

  /** Not sent with this token: goes on with the next one, if there is one. */
  private @Nullable ShopifyReply withNext(Secret token, ShopifyException refused) {
    undecided();
    if (renewed(token)) {
      return null;
    }
    throw lost ? failed.uncertain(refused.problem()) : refused;
  }

  /** A refused token is renewed once, and the call made again: nothing was done for it. */
  private boolean renewed(Secret token) {
    if (renewed || !checked || !watched) {
      return false;
    }
    renewed = true;
    try {
      return client.token().renewed(token, deadline);
    } catch (OpsException e) {
      throw failed.notRenewed(e.problem(), lost);
    }
  }

  private void tell(Judgement judged) {
    if (watched && judged.refusal() == null) {
      state.breaker().succeeded();
    } else if (watched) {
      state.breaker().refused(judged.treatment(), failed.told(judged));
    }
  }

  private void undecided() {
    if (watched && checked) {
      state.breaker().undecided();
    }
  }

  private @Nullable Duration wait(Judgement judged) {
    return switch (judged.treatment().again()) {
      case NEVER -> null;
      // Told how the bucket stands, the gate waits as long as it must.
      case WITH_POINTS ->
          ++throttled < MOST_THROTTLED
              ? judged.tellsBucket() ? Duration.ZERO : CallFailures.askedFor(judged)
              : null;
      case WHEN_ASKED -> ++failures < MOST_TRIES ? CallFailures.askedFor(judged) : null;
      case BACKED_OFF -> ++failures < MOST_TRIES ? backoff(failures) : null;
    };
  }

  private static Duration backoff(int failures) {
    return Duration.ofMillis(BACKOFF.apply(Math.min(failures, MOST_TRIES)));
  }

  /** Waits for the next try; returns false if there is to be none. */
  private boolean again(boolean mayHaveRun, Duration wait) {
    if (failures >= MOST_TRIES
        || (mayHaveRun && !prepared.repeatable())
        || wait.compareTo(deadline.remaining()) >= 0) {
      return false;
    }
    if (!client.time().await(wait)) {
      throw failed.interrupted(lost);
    }
    return true;
  }
}
