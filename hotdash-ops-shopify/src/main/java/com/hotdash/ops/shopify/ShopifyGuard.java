package com.hotdash.ops.shopify;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Limits;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the budget that one app has in its shops, so that no call is throttled and none is made
 * twice. Shopify counts by app and shop, not by token or process: make one guard for each app and
 * share it. Other processes of the same app are noticed and room is left for them.
 *
 * <p>Three ways in: a {@link #client}, which does everything; an {@link #interceptor} for an OkHttp
 * client that is there already; a bare {@link #gate} for anything else.
 *
 * <p>Thread-safe. One daemon thread is started when a call has to wait, and ends when idle.
 */
public final class ShopifyGuard implements AutoCloseable {
  private final ConcurrentHashMap<ShopDomain, ShopState> shops = new ConcurrentHashMap<>();
  private final Builder settings;
  private final Alarm alarm;
  private final @Nullable AlarmThread owned;

  private ShopifyGuard(Builder from) {
    settings = from.copy();
    owned = from.alarm == null ? new AlarmThread() : null;
    alarm = owned == null ? Objects.requireNonNull(from.alarm) : owned;
  }

  /**
   * Begins a description.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Makes a client for one shop. It shares its shop's budget with all other ways in.
   *
   * @param shop the shop
   * @param token the access token
   * @return the client; the caller closes it
   */
  public ShopifyClient client(ShopDomain shop, Secret token) {
    return client(shop, new ClientToken(token, null, settings.time.ticker()));
  }

  /**
   * Makes a client that renews its token when Shopify refuses it: once for each token, by one
   * thread at a time, and the refused call is made once more.
   *
   * @param shop the shop
   * @param token the access token to begin with
   * @param refresher given the refused token, returns the next one, or the same if there is none;
   *     such as {@link ShopifyTokens#refresh} and the storing of the new pair. It has to end by
   *     itself, within seconds; an {@code OpsException} of it is told to the caller
   * @return the client; the caller closes it
   */
  public ShopifyClient client(ShopDomain shop, Secret token, UnaryOperator<Secret> refresher) {
    return client(shop, new ClientToken(token, refresher, settings.time.ticker()));
  }

  private ShopifyClient client(ShopDomain shop, ClientToken token) {
    return new ShopifyClient(
        shop,
        token,
        state(shop),
        settings,
        new IdempotencyKeys(() -> UUID.randomUUID().toString()));
  }

  /**
   * Returns the gate before a shop's GraphQL API.
   *
   * @param shop the shop
   * @return the gate, always the same for a shop
   */
  public ShopGate gate(ShopDomain shop) {
    return state(shop).gate();
  }

  /**
   * Returns the gate before a shop's REST API, whose bucket is another one: 40, 80 or 400 calls, of
   * which 2, 4 or 20 come back each second. Each call costs 1; settle it with the figures of {@code
   * X-Shopify-Shop-Api-Call-Limit}.
   *
   * @param shop the shop
   * @return the gate, always the same for a shop
   */
  public ShopGate restGate(ShopDomain shop) {
    return state(shop).restGate();
  }

  /**
   * Makes an interceptor for an application's own OkHttp client, to be added by {@code
   * addInterceptor}. Calls to {@code *.myshopify.com/admin/api} wait for their points; throttled
   * ones are sent again, since they did not run, and so are REST calls answered 429, after the time
   * that they ask for; all others pass. While the shop does not answer or is stopped, calls fail at
   * once with an {@code IOException}, until a ping with the application's token succeeds.
   *
   * <p>Nothing else is sent again: OkHttp's own second try of what may have been made is stopped
   * too, be it a REST write or a GraphQL mutation, unless each of the mutation's fields carries an
   * idempotency key. (An {@code Authenticator} does not see the 401 of such a call for that
   * reason.) A call that is cancelled while it waits ends at once and is not sent. What a call says
   * is not changed. No keys are put in: only the application knows which of its calls repeats
   * another, and a fresh key for a repeat would make the change twice; without one Shopify refuses.
   *
   * <p>After a 401 nothing more is sent with that token, but for one call each minute. Where the
   * application renews its token with an {@code Authenticator}, that is left to it.
   *
   * <p>The answers' bodies are read whole, up to 5 MiB, to learn the cost; a longer one counts as
   * spent in full.
   *
   * @param lane who waits for its calls
   * @return the interceptor, thread-safe
   */
  public Interceptor interceptor(Lane lane) {
    return new GuardInterceptor(this::state, settings.time, settings.callTimeout, lane);
  }

  ShopState state(ShopDomain shop) {
    return shops.computeIfAbsent(
        shop,
        name ->
            ShopState.of(name, settings.time, alarm, settings.batchWeight, settings.mostWaiting));
  }

  /**
   * Ends the thread, as soon as nobody waits: calls that wait are let through in their turn, or end
   * at their deadline.
   */
  @Override
  public void close() {
    if (owned != null) {
      owned.close();
    }
  }

  /** Gathers the settings of a guard. Not thread-safe. */
  public static final class Builder {
    Time time = Time.SYSTEM;
    String version = "2026-10";
    Duration callTimeout = Duration.ofSeconds(30);
    double batchWeight = 0.2;
    int mostWaiting = 10_000;
    @Nullable String baseUrl;
    @Nullable OkHttpClient transport;
    @Nullable Alarm alarm;

    private Builder() {}

    private Builder copy() {
      var copy = new Builder();
      copy.time = time;
      copy.version = version;
      copy.callTimeout = callTimeout;
      copy.batchWeight = batchWeight;
      copy.mostWaiting = mostWaiting;
      copy.baseUrl = baseUrl;
      copy.transport = transport;
      return copy;
    }

    /**
     * Sets the API version that clients ask for. Default 2026-10.
     *
     * @param version such as {@code 2026-10}, or {@code unstable}
     * @return this builder
     */
    public Builder version(String version) {
      if (!version.matches("20\\d\\d-(01|04|07|10)|unstable")) {
        throw new IllegalArgumentException("a version is YYYY-MM with month 01, 04, 07 or 10");
      }
      this.version = version;
      return this;
    }

    /**
     * Limits one call, the wait for points and all tries included. Default 30 s.
     *
     * @param limit the limit, more than zero
     * @return this builder
     */
    public Builder callTimeout(Duration limit) {
      callTimeout = Limits.positive(limit, "callTimeout");
      return this;
    }

    /**
     * Sets which part of the points batch calls get while interactive ones want all. Default 0.2.
     *
     * @param weight more than 0, less than 1
     * @return this builder
     */
    public Builder batchWeight(double weight) {
      if (!(weight > 0 && weight < 1)) {
        throw new IllegalArgumentException("batchWeight lies between 0 and 1");
      }
      batchWeight = weight;
      return this;
    }

    /**
     * Bounds how many calls wait for one shop. Default 10,000.
     *
     * @param most at least 1
     * @return this builder
     */
    public Builder mostWaiting(int most) {
      if (most < 1) {
        throw new IllegalArgumentException("mostWaiting is at least 1");
      }
      mostWaiting = most;
      return this;
    }

    /**
     * Sends all shops' calls of clients to another address, for test doubles. Default {@code
     * https://} and the shop's name.
     *
     * @param url scheme, host and port
     * @return this builder
     */
    public Builder baseUrl(String url) {
      baseUrl = url;
      return this;
    }

    /**
     * Sends clients' calls through this transport; it stays open and the caller's.
     *
     * @param transport the transport, without {@link #interceptor}: a call would wait for its
     *     points twice, the second time for those that it holds itself
     * @return this builder
     * @throws IllegalArgumentException if it has such an interceptor
     */
    public Builder transport(OkHttpClient transport) {
      if (transport.interceptors().stream().anyMatch(GuardInterceptor.class::isInstance)) {
        throw new IllegalArgumentException("the transport has a guard's interceptor already");
      }
      this.transport = transport;
      return this;
    }

    /**
     * Sets the time that is used. Default the system's.
     *
     * @param time clock, ticker and sleeper
     * @return this builder
     */
    public Builder time(Time time) {
      this.time = time;
      return this;
    }

    /** For tests in virtual time. */
    Builder alarm(Alarm alarm) {
      this.alarm = alarm;
      return this;
    }

    /**
     * Makes the guard. Nothing is sent and no thread started.
     *
     * @return the guard; the caller closes it
     */
    public ShopifyGuard build() {
      return new ShopifyGuard(this);
    }
  }
}
