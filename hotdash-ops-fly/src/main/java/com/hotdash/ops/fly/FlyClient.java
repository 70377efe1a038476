package com.hotdash.ops.fly;

import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Limits;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes Fly.io apps: machines, releases, logs, metrics and secrets.
 *
 * <p>Keeps within Fly's rate limits by itself: one call a second for each action and machine, with
 * bursts of three. Tries again what was only read or provably not carried out; an answer to a
 * change that was lost is settled by looking, never by sending again. Every call has an end.
 *
 * <p>Thread-safe: make one and share it. It owns the transport it makes, and {@link #close} shuts
 * that one down; a transport handed to {@link Builder#transport} stays open and stays the caller's.
 */
public final class FlyClient implements AutoCloseable {
  private final FlyApi api;
  private final FlyThreads threads;
  private final String operator;
  private final FlyUpdateLimits limits;
  private final @Nullable String org;

  private FlyClient(Builder from, Secret token) {
    var tokens = FlyToken.parse(token);
    var readTokens = from.readToken == null ? tokens : FlyToken.parse(from.readToken);
    this.api = new FlyApi(from, tokens, readTokens);
    this.threads = new FlyThreads();
    this.operator = from.operator;
    this.org = from.org;
    this.limits = from.limits;
  }

  /**
   * Begins a client.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Begins a client with what the environment says: {@code FLY_API_TOKEN} (or {@code
   * FLY_ACCESS_TOKEN}, which counts first as with flyctl), {@code HOTDASH_OPS_FLY_READ_TOKEN},
   * {@code FLY_ORG}, {@code HOTDASH_OPS_OPERATOR}, and the {@link FlyService#variables} of each
   * service.
   *
   * @param environment the variables
   * @return a builder
   * @throws IllegalArgumentException if an address is none
   */
  public static Builder from(Environment environment) {
    var builder = new Builder();
    environment
        .secret("FLY_ACCESS_TOKEN")
        .or(() -> environment.secret("FLY_API_TOKEN"))
        .ifPresent(builder::token);
    environment.secret("HOTDASH_OPS_FLY_READ_TOKEN").ifPresent(builder::readToken);
    environment.text("FLY_ORG").ifPresent(builder::org);
    environment.text("HOTDASH_OPS_OPERATOR").ifPresent(builder::operator);
    for (var service : FlyService.values()) {
      service.variables().stream()
          .flatMap(name -> environment.text(name).stream())
          .findFirst()
          .ifPresent(address -> builder.address(service, address));
    }
    return builder;
  }

  /**
   * Returns the verbs for one app. Asks nothing.
   *
   * @param name the app's name
   * @return the app
   * @throws IllegalArgumentException if it is not a name: lower case letters, digits and dashes
   */
  public FlyApp app(String name) {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      throw new IllegalArgumentException("not the name of a Fly app: \"" + name + "\"");
    }
    return new FlyApp(
        new AppCalls(api, name, null, operator, limits, new SharedReads(api.time())),
        threads,
        org,
        null);
  }

  /**
   * Asks Fly what the token is good for: the first call of a runbook, since it fails before
   * anything is touched.
   *
   * @return one entry for each token of the list
   * @throws FlyAuthException if the token is wrong or expired
   */
  public List<FlyTokenInfo> tokens() {
    return FlyTokenInfo.current(api, api.time().deadline(AppCalls.READ));
  }

  /**
   * Asks for the incidents that Fly itself has open.
   *
   * @return the incidents; none is the normal answer
   */
  public List<FlyIncident> incidents() {
    return FlyIncident.open(api, api.time().deadline(AppCalls.READ));
  }

  /**
   * Returns what takes this client's credentials out of text.
   *
   * @return the redactor
   */
  public Redactor redactor() {
    return api.redactor();
  }

  /** Ends the calls that are still running, and shuts down what this made. Returns at once. */
  @Override
  public void close() {
    threads.close();
    api.close();
  }

  @Override
  public String toString() {
    return "FlyClient[" + operator + "]";
  }

  /** Gathers the settings of a client. Not thread-safe. */
  public static final class Builder {
    private @Nullable Secret token;
    private @Nullable Secret readToken;
    private @Nullable String org;
    private String operator = "somebody";
    private FlyUpdateLimits limits = FlyUpdateLimits.DEFAULT;
    final Map<FlyService, String> addresses = new EnumMap<>(FlyService.class);
    Redactor redactor = Redactor.SHAPES;
    Duration callTimeout = Duration.ofSeconds(10);
    Time time = Time.SYSTEM;
    @Nullable OkHttpClient transport;

    private Builder() {}

    /**
     * Sets the token. Required.
     *
     * @param pasted as {@code fly tokens create} prints it: scheme word and list are understood
     * @return this builder
     * @throws IllegalArgumentException if it holds no token
     */
    public Builder token(Secret pasted) {
      FlyToken.parse(pasted);
      token = pasted;
      return this;
    }

    /**
     * Sets another token for logs and metrics, which deploy tokens may be refused. Default the
     * token.
     *
     * @param pasted as {@code fly tokens create readonly} prints it
     * @return this builder
     * @throws IllegalArgumentException if it holds no token
     */
    public Builder readToken(Secret pasted) {
      FlyToken.parse(pasted);
      readToken = pasted;
      return this;
    }

    /**
     * Sets the organisation, which metrics are asked by. Default: the app is asked for its own.
     *
     * @param slug its short name
     * @return this builder
     */
    public Builder org(String slug) {
      org = slug;
      return this;
    }

    /**
     * Sets who is at work: others see it as the description of a lease. Default {@code somebody}.
     *
     * @param name a person or a program, without credentials
     * @return this builder
     */
    public Builder operator(String name) {
      operator = name;
      return this;
    }

    /**
     * Sets how long a changed machine is watched. Default {@link FlyUpdateLimits#DEFAULT}.
     *
     * @param watch the limits
     * @return this builder
     */
    public Builder updateLimits(FlyUpdateLimits watch) {
      limits = watch;
      return this;
    }

    /**
     * Replaces the base address of one service.
     *
     * @param service the service
     * @param base scheme, host, and where needed port and path
     * @return this builder
     */
    public Builder address(FlyService service, String base) {
      addresses.put(service, base);
      return this;
    }

    /**
     * Makes more credentials known, to be kept out of all text.
     *
     * @param more knows them
     * @return this builder
     */
    public Builder redactor(Redactor more) {
      redactor = redactor.and(more);
      return this;
    }

    /**
     * Limits one call from name lookup to the last byte. Default 10 s; long polls have their own.
     *
     * @param limit the limit, more than zero
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is zero or negative
     */
    public Builder callTimeout(Duration limit) {
      callTimeout = Limits.positive(limit, "callTimeout");
      return this;
    }

    /**
     * Sets the time that is used. Default the system's.
     *
     * @param source clock, ticker and sleeper
     * @return this builder
     */
    public Builder time(Time source) {
      time = source;
      return this;
    }

    /**
     * Sends through this transport, with its proxy, certificates and interceptors. It stays open
     * and the caller's.
     *
     * @param shared the transport
     * @return this builder
     */
    public Builder transport(OkHttpClient shared) {
      transport = shared;
      return this;
    }

    /**
     * Makes the client. No connection is opened and no thread started.
     *
     * @return the client
     * @throws IllegalStateException if the token is not set
     * @throws IllegalArgumentException if an address is none, or the token cannot be sent
     */
    public FlyClient build() {
      if (token == null) {
        throw new IllegalStateException("token is not set; set FLY_API_TOKEN");
      }
      return new FlyClient(this, token);
    }
  }
}
