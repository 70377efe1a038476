package com.hotdash.ops.shopify;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.http.HttpException;
import com.hotdash.ops.http.HttpService;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.shop.Shop;
import com.hotdash.ops.shop.ShopNeeds;
import com.hotdash.ops.shopify.IdempotencyKeys.Prepared;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to the GraphQL API of one shop, within its budget.
 *
 * <p>Nobody has to state a cost: it is predicted, and learned from replies. A call waits for its
 * points, is sent again where it provably did not run or may run twice, and ends by its deadline. A
 * mutation whose answer was lost is never sent again unless it carries an idempotency key; the keys
 * that Shopify requires are put in. After a 401 nothing more is sent with that token, but for one
 * call each minute; with a refresher the token is renewed and the call made again, once.
 *
 * <p>Thread-safe: make one and share it.
 */
public final class ShopifyClient implements AutoCloseable {
  private static final String PING = ShopDocuments.PING;

  // Shopify gives up after about 10 s (shopify.md, section 5): waiting far longer gains nothing.
  private static final Duration ONE_TRY = Duration.ofSeconds(15);
  // The gate bounds what is in flight, and it knows only of calls that are sent at once: so nothing
  // may wait for a slot behind it. As many calls of 20 points fill the largest usual bucket.
  private static final int MOST_AT_ONCE = 1_000;

  private final ShopDomain shop;
  private final ShopState state;
  private final IdempotencyKeys keys;
  private final HttpService http;
  private final ClientToken token;
  private final Time time;
  private final String version;
  private final Duration callTimeout;

  ShopifyClient(
      ShopDomain shop,
      ClientToken token,
      ShopState state,
      ShopifyGuard.Builder settings,
      IdempotencyKeys keys) {
    this.shop = shop;
    this.state = state;
    this.token = token;
    this.keys = keys;
    this.time = settings.time;
    this.version = settings.version;
    this.callTimeout = settings.callTimeout;
    var builder =
        HttpService.builder(ShopifyException.SERVICE)
            .baseUrl(settings.baseUrl == null ? "https://" + shop : settings.baseUrl)
            .requestIdHeaders("x-request-id")
            .callTimeout(ONE_TRY)
            .maxConcurrentCalls(MOST_AT_ONCE)
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
    var predictor = state.predictor(version);
    var cost = predictor.affordable(document, operationName, variables);
    var prepared = keys.prepare(document, operationName, variables);
    var body = new LinkedHashMap<String, @Nullable Object>();
    body.put("query", prepared.document());
    body.put("variables", variables);
    if (operationName != null) {
      body.put("operationName", operationName);
    }
    var asked = CallLog.asked(predictor.name(document, operationName), document, variables);
    return new ClientCall(this, prepared, body, cost, asked, lane, deadline, Sending.UNSEEN).run();
  }

  /**
   * Asks the least that can be asked, for one point: proves address, token and shop, and tells how
   * the bucket stands.
   *
   * @param deadline when it must have ended
   * @return the bucket, as the gate knows it now
   */
  public GateStatus ping(Deadline deadline) {
    read(PING, Map.of(), deadline);
    return state.gate().status();
  }

  /** The breaker's own trial: how it ends decides whether the shop is called again. */
  void trial(Deadline deadline) {
    single(PING, Map.of(), deadline, Sending.UNSEEN).trial();
  }

  /** Makes a query once, also while the breaker keeps others from it: to diagnose. */
  ShopifyReply read(String query, Map<String, ?> variables, Deadline deadline) {
    return read(query, variables, deadline, Sending.UNSEEN);
  }

  /**
   * Makes a query once, also while the breaker keeps others from it: to diagnose.
   *
   * @param sending hears of it when it is sent, after all waits of our own
   */
  ShopifyReply read(String query, Map<String, ?> variables, Deadline deadline, Sending sending) {
    return single(query, variables, deadline, sending).once();
  }

  private ClientCall single(
      String query, Map<String, ?> variables, Deadline deadline, Sending sending) {
    return new ClientCall(
        this,
        Prepared.query(query),
        Map.of("query", query, "variables", variables),
        state.predictor(version).affordable(query, null, variables),
        null, // what diagnoses is not what it looks for
        Lane.INTERACTIVE,
        deadline,
        sending);
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

  ClientToken token() {
    return token;
  }

  String version() {
    return version;
  }

  HttpService http() {
    return http;
  }

  Redactor redactor() {
    return http.redactor().and(token.redactor());
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
}
