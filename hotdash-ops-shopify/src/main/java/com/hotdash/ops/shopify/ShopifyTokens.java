package com.hotdash.ops.shopify;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.http.HttpException;
import com.hotdash.ops.http.HttpRequest;
import com.hotdash.ops.http.HttpService;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.shopify.ShopifyException.Kind;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Limits;
import com.hotdash.ops.time.Time;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Gets access tokens of one app for one shop. Nothing in this library does so by itself: each call
 * is a change that somebody decided on, since a new token can retire another one.
 *
 * <p>No call is repeated. Where an answer was lost, {@code outcomeUnknown} of the error says so: a
 * refresh can then be tried again with the same refresh token, which stays good until the newer one
 * is used (shopify.md, section 8), and a token that nobody received does no harm.
 *
 * <p>Thread-safe; calls go one after another, since a refresh and a new token retire each other:
 * those of one object, or for each shop those of all objects that share a {@link Builder#guard}.
 * Processes that share a shop need a lock of their own.
 */
public final class ShopifyTokens implements AutoCloseable {
  private static final String CLIENT_CREDENTIALS = "token.client-credentials";
  private static final String REFRESH = "token.refresh";

  private final ShopDomain shop;
  private final String clientId;
  private final Secret clientSecret;
  private final Time time;
  private final Duration callTimeout;
  private final HttpService http;
  private final ReentrantLock one;

  private ShopifyTokens(Builder from, ShopDomain shop, String clientId, Secret clientSecret) {
    this.shop = shop;
    this.clientId = clientId;
    this.clientSecret = clientSecret;
    this.time = from.time;
    this.one = from.guard == null ? new ReentrantLock() : from.guard.state(shop).granting();
    this.callTimeout = from.callTimeout;
    var builder =
        HttpService.builder(ShopifyException.SERVICE)
            .baseUrl(from.baseUrl == null ? "https://" + shop : from.baseUrl)
            .redactor(Redactor.of(List.of(clientSecret)))
            .requestIdHeaders("x-request-id")
            .callTimeout(callTimeout)
            .maxBodyBytes(64L * 1024)
            .tries(1)
            .time(time);
    if (from.transport != null) {
      builder.transport(from.transport);
    }
    http = builder.build();
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
   * Gets a token that is good for 24 h, for an app of the organisation that owns the shop. There is
   * no refresh token: ask again.
   *
   * @return the token
   * @throws ShopifyException if Shopify refused, or its answer cannot be used
   * @throws HttpException if no answer arrived
   */
  public ShopifyToken clientCredentials() {
    return ask(CLIENT_CREDENTIALS, "client_credentials", null);
  }

  /**
   * Gets the next pair for a refresh token. Access tokens that are out live to their end.
   *
   * @param refreshToken of the pair that is stored
   * @return the next pair, to be stored at once and as a whole
   * @throws ShopifyException if Shopify refused, or its answer cannot be used; {@link
   *     Kind#UNAUTHORIZED} if the merchant has to open the app again
   * @throws HttpException if no answer arrived: try again with the same refresh token
   */
  public ShopifyToken refresh(Secret refreshToken) {
    return ask(REFRESH, "refresh_token", refreshToken);
  }

  private ShopifyToken ask(String operation, String grant, @Nullable Secret refreshToken) {
    var deadline = time.deadline(callTimeout);
    lock(operation, deadline);
    try {
      var form = new ArrayList<Map.Entry<String, String>>();
      form.add(Map.entry("grant_type", grant));
      form.add(Map.entry("client_id", clientId));
      form.add(Map.entry("client_secret", clientSecret.reveal()));
      if (refreshToken != null) {
        form.add(Map.entry("refresh_token", refreshToken.reveal()));
      }
      var request =
          HttpRequest.post(operation, "admin", "oauth", "access_token")
              .header("Accept", "application/json")
              .body("application/x-www-form-urlencoded", encoded(form))
              .acceptAnyStatus()
              .keepRedirects()
              .build();
      var sent = time.now();
      var answer = new TokenAnswer(shop, operation, http.send(request, deadline));
      if (answer.given()) {
        return answer.token(sent);
      }
      throw answer.refused(
          refreshToken != null,
          refreshToken == null
              ? http.redactor()
              : http.redactor().and(Redactor.of(List.of(refreshToken))));
    } finally {
      one.unlock();
    }
  }

  private void lock(String operation, Deadline deadline) {
    try {
      if (!one.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        throw ShopifyException.notAdmitted(
            operation, "not sent to " + shop + ": another request for a token runs", "wait for it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedOpsException(
          Fault.of(ShopifyException.SERVICE, operation, "given up before it was sent"));
    }
  }

  private static byte[] encoded(List<Map.Entry<String, String>> form) {
    return form.stream()
        .map(
            each ->
                each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Ends the calls that are still running. */
  @Override
  public void close() {
    http.close();
  }

  @Override
  public String toString() {
    return "ShopifyTokens[" + shop + ", client " + clientId + "]";
  }

  /** Gathers the settings. Not thread-safe. */
  public static final class Builder {
    private @Nullable ShopDomain shop;
    private @Nullable String clientId;
    private @Nullable Secret clientSecret;
    private @Nullable String baseUrl;
    private @Nullable OkHttpClient transport;
    private Duration callTimeout = Duration.ofSeconds(15);
    private Time time = Time.SYSTEM;
    private @Nullable ShopifyGuard guard;

    private Builder() {}

    /**
     * Sets the shop.
     *
     * @param shop the shop
     * @return this builder
     */
    public Builder shop(ShopDomain shop) {
      this.shop = shop;
      return this;
    }

    /**
     * Sets the app, by the pair that HotDash calls {@code SHOPIFY_API_KEY} and {@code
     * SHOPIFY_API_SECRET}.
     *
     * @param clientId the permanent id, which is no secret
     * @param clientSecret the secret
     * @return this builder
     */
    public Builder client(String clientId, Secret clientSecret) {
      if (clientId.isBlank()) {
        throw new IllegalArgumentException("clientId must not be blank");
      }
      this.clientId = clientId;
      this.clientSecret = clientSecret;
      return this;
    }

    /**
     * Sends calls to another address, for test doubles. Default {@code https://} and the shop.
     *
     * @param url scheme, host and port
     * @return this builder
     */
    public Builder baseUrl(String url) {
      this.baseUrl = url;
      return this;
    }

    /**
     * Sends calls through this transport; it stays open and the caller's.
     *
     * @param transport the transport
     * @return this builder
     */
    public Builder transport(OkHttpClient transport) {
      this.transport = transport;
      return this;
    }

    /**
     * Limits one call, the wait for another one included. Default 15 s.
     *
     * @param limit the limit, more than zero
     * @return this builder
     */
    public Builder callTimeout(Duration limit) {
      this.callTimeout = Limits.positive(limit, "callTimeout");
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

    /**
     * Shares the app's guard: then one call at a time runs for a shop, whichever object makes it.
     *
     * @param guard the guard of the same app; it stays open and the caller's
     * @return this builder
     */
    public Builder guard(ShopifyGuard guard) {
      this.guard = guard;
      return this;
    }

    /**
     * Makes it. Nothing is sent.
     *
     * @return the source of tokens; the caller closes it
     */
    public ShopifyTokens build() {
      if (shop == null || clientId == null || clientSecret == null) {
        throw new IllegalStateException("shop and client must be set");
      }
      return new ShopifyTokens(this, shop, clientId, clientSecret);
    }
  }
}
