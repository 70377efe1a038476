package com.hotdash.ops.shopify;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import okhttp3.Authenticator;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The tries of one intercepted call: each asks breaker and gate, and tells them how it ended. */
record InterceptedCall(
    Interceptor.Chain chain,
    ShopState state,
    Lane lane,
    Deadline deadline,
    Cancellation cancellation,
    String version) {
  private static final long MOST_BYTES = 5L * 1024 * 1024;
  private static final String TOKEN = "X-Shopify-Access-Token";
  private static final String PING = "{\"query\":\"{ shop { name myshopifyDomain } }\"}";

  /**
   * An answer and what it means.
   *
   * @param judged {@code null} if it is too long to be read
   */
  record Answer(Response response, @Nullable Judgement judged) {}

  /** A REST answer and what it means. */
  record RestAnswer(Response response, Judgement judged) {}

  CostPredictor predictor() {
    return state.predictor(version);
  }

  /** Lets a call through to the shop, or throws. */
  void admit(Request request) throws IOException {
    try {
      state.breaker().check("http.call", () -> ping(request));
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  Answer graphql(
      Request request,
      CallLog.@Nullable Asked logged,
      double points,
      @Nullable QueryCost cost,
      boolean front)
      throws IOException {
    return exchange(request, logged, points, cost, front, false);
  }

  /**
   * @param trial whether it is the breaker's own ping, which goes while the breaker is open
   */
  private Answer exchange(
      Request request,
      CallLog.@Nullable Asked logged,
      double points,
      @Nullable QueryCost cost,
      boolean front,
      boolean trial)
      throws IOException {
    boolean told = false;
    var token = trial ? null : token(request);
    try (var permit = acquire(state.gate(), points, front, token)) {
      if (!trial) {
        stillClosed(permit);
      }
      long begun = state.calls().now();
      var response = proceed(request, logged, points);
      var judged = read(response, logged, points, begun, InterceptedCall::judge);
      told = true;
      state.breaker().judged(judged);
      if (judged != null) {
        learn(token, response, judged);
        state.calls().answered(logged, judged, points, begun);
        predictor().served(response.header("X-Shopify-API-Version"));
        book(permit, judged, cost);
      }
      return new Answer(response, judged);
    } finally {
      if (!told && !trial) {
        state.breaker().undecided();
      }
    }
  }

  private void book(Permit permit, Judgement judged, @Nullable QueryCost cost) {
    var charge = judged.charge();
    if (charge != null) {
      permit.settle(charge);
      if (cost != null) {
        predictor().learn(cost, (int) Math.round(charge.requestedQueryCost()));
      }
      return;
    }
    if (cost != null && judged.tooDear() != null) {
      predictor().learn(cost, judged.tooDear());
    }
    if (!judged.ran()) {
      permit.unused();
    }
  }

  RestAnswer rest(Request request, boolean front) throws IOException {
    boolean told = false;
    var token = token(request);
    try (var permit = acquire(state.restGate(), 1, front, token)) {
      stillClosed(permit);
      long begun = state.calls().now();
      var logged = RestCall.logged(request);
      var response = proceed(request, logged, 0);
      var judged = read(response, logged, 0, begun, InterceptedCall::judgeRest);
      told = true;
      state.breaker().judged(judged);
      learn(token, response, judged);
      state.calls().answered(logged, judged, 0, begun);
      var limit = RestLimit.status(response.header("X-Shopify-Shop-Api-Call-Limit"));
      if (judged.refusal() == ShopifyException.Kind.REST_LIMITED) {
        permit.settle(new Charge(1, null, RestLimit.full(state.restGate().status())));
      } else {
        permit.settle(new Charge(1, 1.0, limit));
      }
      return new RestAnswer(response, judged);
    } finally {
      if (!told) {
        state.breaker().undecided();
      }
    }
  }

  /** Waits for leave; who cancels meanwhile leaves at once, and nothing is sent. */
  private Permit acquire(ShopGate gate, double points, boolean front, @Nullable Secret token)
      throws IOException {
    boolean tried = token != null && state.refused().admit("http.call", token);
    Permit permit;
    try {
      permit = gate.acquire(points, lane, deadline, front, cancellation);
    } catch (CancellationException e) {
      throw new IOException("Canceled", e);
    }
    if (cancellation.cancelled()) {
      permit.unused();
      throw new IOException("Canceled");
    }
    if (token != null && !tried) {
      try {
        state.refused().stillGood("http.call", token);
      } catch (ShopifyException e) {
        permit.unused();
        throw e;
      }
    }
    return permit;
  }

  /**
   * The token that a call brings, or {@code null} if a refusal of it is not ours to remember: an
   * authenticator must get to see it.
   */
  private @Nullable Secret token(Request request) {
    var token = request.header(TOKEN);
    return token == null || token.isBlank() || !Authenticator.NONE.equals(chain.getAuthenticator())
        ? null
        : Secret.of(token);
  }

  /** Unless another interceptor put in another token after us. */
  private void learn(@Nullable Secret token, Response response, Judgement judged) {
    var sent = response.request().header(TOKEN);
    if (token != null && sent != null && token.reveal().equals(sent)) {
      state.refused().judged(token, judged);
    }
  }

  private void stillClosed(Permit permit) {
    try {
      state.breaker().stillClosed("http.call");
    } catch (ShopifyException e) {
      permit.unused();
      throw e;
    }
  }

  private Response proceed(Request request, CallLog.@Nullable Asked logged, double points)
      throws IOException {
    long begun = state.calls().now();
    try {
      return chain.proceed(request);
    } catch (IOException e) {
      unanswered(e, logged, points, begun);
      throw e;
    }
  }

  /** With the application's own token, at the version that it uses. */
  private void ping(Request request) {
    var url =
        request
            .url()
            .newBuilder()
            .encodedPath("/admin/api/" + request.url().pathSegments().get(2) + "/graphql.json")
            .query(null)
            .build();
    var body =
        RequestBody.create(
            PING.getBytes(StandardCharsets.UTF_8), MediaType.get("application/json"));
    try {
      var answer =
          exchange(
              request.newBuilder().url(url).post(body).removeHeader("Accept-Encoding").build(),
              null,
              1,
              null,
              true,
              true);
      answer.response().close();
      var judged = answer.judged();
      if (judged != null && judged.refusal() != null) {
        throw new IOException(
            "not sent: a ping of the shop was answered "
                + judged.status()
                + ", "
                + judged.refusal());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Reader<T extends @Nullable Object> {
    T read(Response response) throws IOException;
  }

  /** Reads what came; an answer that breaks off is as bad as none. */
  private <T extends @Nullable Object> T read(
      Response response,
      CallLog.@Nullable Asked logged,
      double points,
      long begun,
      Reader<T> reader)
      throws IOException {
    try {
      return reader.read(response);
    } catch (IOException e) {
      response.close();
      unanswered(e, logged, points, begun);
      throw e;
    }
  }

  private void unanswered(
      IOException e, CallLog.@Nullable Asked logged, double points, long begun) {
    if (!chain.call().isCanceled()) {
      state.calls().failed(logged, points, begun);
      state.breaker().failed("no answer: " + e.getClass().getSimpleName());
    }
  }

  /** A body that is still compressed, since the application wants it so, cannot be read. */
  private static @Nullable Judgement judge(Response response) throws IOException {
    if (response.header("Content-Encoding") != null && response.isSuccessful()) {
      return null;
    }
    var bytes = response.peekBody(MOST_BYTES).bytes();
    return bytes.length == MOST_BYTES
        ? null
        : Judgement.ofGraphql(response.code(), response::header, bytes);
  }

  private static Judgement judgeRest(Response response) throws IOException {
    return Judgement.ofRest(
        response.code(),
        response::header,
        response.isSuccessful() ? new byte[0] : response.peekBody(MOST_BYTES).bytes());
  }
}
