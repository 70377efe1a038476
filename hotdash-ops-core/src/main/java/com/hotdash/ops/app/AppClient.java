package com.hotdash.ops.app;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.health.HealthProbe;
import com.hotdash.ops.health.ProbeResult.Outcome;
import com.hotdash.ops.http.HttpService;
import com.hotdash.ops.http.SideBySide;
import com.hotdash.ops.metrics.MetricNames;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Limits;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the application itself, each of its machines by itself where the platform can address them.
 *
 * <p>Thread-safe: make one and share it; it closes what it made. It sends no credentials, changes
 * nothing, follows no redirects, and has at most 16 calls open at once.
 */
public final class AppClient implements AppReader, AutoCloseable {
  private static final int AT_ONCE = 16;
  private static final Duration WITHIN = Duration.ofSeconds(15);

  private final String baseUrl;
  private final List<String> healthPaths;
  private final Time time;
  private final Redactor redactor;
  private final HttpService http;
  private final HealthProbe probe;
  private final HealthAsking health;
  private final MetricsAsking metrics;
  private final SideBySide asking;

  private AppClient(Builder from, String baseUrl) {
    this.baseUrl = baseUrl.replaceFirst("/+$", "");
    this.healthPaths = List.copyOf(from.healthPaths);
    this.time = from.time;
    this.redactor = from.redactor;
    this.http =
        from.http
            .apply(
                HttpService.builder("app")
                    .baseUrl(baseUrl)
                    .redactor(redactor)
                    .maxConcurrentCalls(AT_ONCE)
                    .time(time))
            .build();
    this.probe = new HealthProbe(http, redactor, time, from.probeTimeout);
    this.asking = new SideBySide("app", AT_ONCE);
    this.health =
        new HealthAsking(
            from.instances,
            healthPaths,
            probe,
            asking,
            time,
            new Curl(this.baseUrl, from.probeTimeout, redactor));
    var scraper =
        new MetricsScraper(
            http,
            from.metricsPath,
            from.scrapeTimeout,
            time,
            redactor(),
            new Curl(this.baseUrl, from.scrapeTimeout, redactor));
    this.metrics = new MetricsAsking(from.instances, scraper, asking, from.names(), time);
  }

  /**
   * Begins a client.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Estate.Part identity() {
    return new Estate.Part("application", redactor.redact(baseUrl), null);
  }

  @Override
  public Redactor redactor() {
    return redactor.and(http.redactor());
  }

  /**
   * Asks every endpoint of every machine, within 15 s.
   *
   * @return what they answered; never throws because of an answer or the lack of one
   */
  public AppHealth health() {
    return health.once(time.deadline(WITHIN));
  }

  @Override
  public Reading<AppHealth> health(Deadline deadline) {
    return health.reading(deadline, redactor.redact(baseUrl), redactor);
  }

  @Override
  public Reading<CertificateState> certificate(Deadline deadline) {
    if (!baseUrl.toLowerCase(Locale.ROOT).startsWith("https:")) {
      return unread(Why.NOT_CONFIGURED, "the address is not https", CERTIFICATE.remedy());
    }
    var result = probe.probe(path(), Instance.FRONT_DOOR.headers(), deadline);
    var shown = result.certificate();
    boolean tls = result.outcome().name().startsWith("TLS_");
    if (shown == null && !tls) {
      return unread(
          result.outcome() == Outcome.NOT_LOOKED ? Why.TIMED_OUT : Why.UNREACHABLE,
          result.toString(),
          "see the reading of the application's health");
    }
    var state =
        new CertificateState(
            result.outcome(), shown, shown == null ? null : shown.left(time.now()));
    var detail = result.detail();
    return Reading.of(
        state,
        Evidence.of(detail == null ? state.toString() : state + ": " + detail, baseUrl, result.at())
            .withByHand("curl -sSvo /dev/null --max-time 10 " + Curl.quoted(baseUrl)));
  }

  /**
   * Scrapes every machine once, within 15 s. Counters in it are totals since each process began; to
   * know what happens now, ask for a {@link #window(Duration) window}.
   *
   * @return what they export, and which of them could not be read; never throws because of an
   *     answer or the lack of one
   */
  public AppMetrics metrics() {
    return metrics(time.deadline(WITHIN));
  }

  /**
   * Scrapes every machine once, side by side. A body is read while it arrives, up to 16 MB.
   *
   * @param deadline when to stop
   * @return what they export, and which of them could not be read
   */
  public AppMetrics metrics(Deadline deadline) {
    return metrics.once(deadline);
  }

  /**
   * Scrapes every machine twice. Takes the window and 15 s at most.
   *
   * @param window how long to wait between the scrapes, more than zero; with little traffic shares
   *     and rates of less than a minute say little
   * @return what grew in between, and which machines could not be compared
   * @throws IllegalArgumentException if {@code window} is not more than zero
   */
  public AppWindow window(Duration window) {
    return metrics.twice(window, time.deadline(window.plus(WITHIN)));
  }

  /**
   * Scrapes every machine twice.
   *
   * @param window how long to wait between the scrapes, more than zero
   * @param deadline when to stop; at least a second later than the window
   * @return what grew in between, and which machines could not be compared
   * @throws IllegalArgumentException if {@code window} is not more than zero, or does not fit
   */
  public AppWindow window(Duration window, Deadline deadline) {
    return metrics.twice(window, deadline);
  }

  @Override
  public Reading<AppWindow> metrics(Duration window, Deadline deadline) {
    return metrics.reading(window, deadline, redactor.redact(baseUrl), redactor);
  }

  private static Reading<CertificateState> unread(Why why, String detail, String remedy) {
    return Reading.unread(new NotChecked(CERTIFICATE.name(), why, detail, remedy));
  }

  private String path() {
    return healthPaths.get(0);
  }

  /** Ends the calls that are still running. */
  @Override
  public void close() {
    asking.close();
    http.close();
  }

  @Override
  public String toString() {
    return "AppClient[" + redactor.redact(baseUrl) + "]";
  }

  /** Gathers the settings of a client. Not thread-safe. */
  public static final class Builder {
    private @Nullable String baseUrl;
    private Instances instances = Instances.single();
    private List<String> healthPaths = List.of("/health", "/api/monitoring/health", "/api/health");
    private Duration probeTimeout = Duration.ofSeconds(5);
    private String metricsPath = "/metrics";
    private Duration scrapeTimeout = Duration.ofSeconds(10);
    private MetricNames metricNames = MetricNames.hotdash();
    private Time time = Time.SYSTEM;
    private Redactor redactor = Redactor.SHAPES;
    private UnaryOperator<HttpService.Builder> http = UnaryOperator.identity();

    private Builder() {}

    /**
     * Sets the application's address. Required.
     *
     * @param url scheme, host, and where needed port and path
     * @return this builder
     */
    public Builder baseUrl(String url) {
      baseUrl = url;
      return this;
    }

    /**
     * Sets who knows the machines. Default {@link Instances#single}.
     *
     * @param machines knows them
     * @return this builder
     */
    public Builder instances(Instances machines) {
      instances = machines;
      return this;
    }

    /**
     * Sets the health endpoints. Default {@code /health}, {@code /api/monitoring/health} and {@code
     * /api/health}.
     *
     * @param paths at least one, at most ten, each beginning with a slash
     * @return this builder
     * @throws IllegalArgumentException if there are none or too many, or one is no path
     */
    public Builder healthPaths(String... paths) {
      if (paths.length < 1 || paths.length > 10) {
        throw new IllegalArgumentException("one to ten health paths, not " + paths.length);
      }
      for (var path : paths) {
        checkPath(path);
      }
      healthPaths = List.of(paths);
      return this;
    }

    /**
     * Sets how long one endpoint has for its whole answer. Default 5 s, half of HTTP kit's own
     * limit, so that a slow endpoint and a short deadline can be told apart.
     *
     * @param limit the limit, more than zero
     * @return this builder
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Builder probeTimeout(Duration limit) {
      probeTimeout = Limits.positive(limit, "probeTimeout");
      return this;
    }

    /**
     * Sets where the metrics are. Default {@code /metrics}.
     *
     * @param path begins with a slash
     * @return this builder
     * @throws IllegalArgumentException if it is no path
     */
    public Builder metricsPath(String path) {
      checkPath(path);
      metricsPath = path;
      return this;
    }

    /**
     * Sets how long one scrape has for its whole answer. Default 10 s, as long as Prometheus waits.
     *
     * @param limit the limit, more than zero
     * @return this builder
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Builder scrapeTimeout(Duration limit) {
      scrapeTimeout = Limits.positive(limit, "scrapeTimeout");
      return this;
    }

    /**
     * Sets how the application calls its metrics. Default {@link MetricNames#hotdash}. Requests of
     * the health and metrics paths are left out of every share, whatever stands here.
     *
     * @param names the names
     * @return this builder
     */
    public Builder metricNames(MetricNames names) {
      metricNames = names;
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
     * Makes credentials known, to be kept out of all text.
     *
     * @param more knows them
     * @return this builder
     */
    public Builder redactor(Redactor more) {
      redactor = redactor.and(more);
      return this;
    }

    /**
     * Changes how the application is called, such as by a transport with other certificates.
     *
     * @param change is given the settings, and returns them changed
     * @return this builder
     */
    public Builder http(UnaryOperator<HttpService.Builder> change) {
      http = change;
      return this;
    }

    private static void checkPath(String path) {
      if (!path.matches("/[A-Za-z0-9._~/-]*")) {
        throw new IllegalArgumentException("a path is a slash, letters, digits and ._~-/");
      }
    }

    // What we and the platform's checks ask for is no traffic of users.
    private MetricNames names() {
      var probes = new LinkedHashSet<>(metricNames.probes());
      probes.addAll(healthPaths);
      probes.add(metricsPath);
      return new MetricNames(
          metricNames.requests(),
          metricNames.durations(),
          metricNames.statusLabels(),
          metricNames.routeLabels(),
          List.copyOf(probes),
          metricNames.cacheHits(),
          metricNames.cacheMisses(),
          metricNames.cacheLabel(),
          metricNames.apiCalls(),
          metricNames.apiDurations(),
          metricNames.operationLabel());
    }

    /**
     * Makes the client. No connection is opened and no thread started.
     *
     * @return the client
     * @throws IllegalStateException if the address is not set
     * @throws IllegalArgumentException if it is no address
     */
    public AppClient build() {
      if (baseUrl == null) {
        throw new IllegalStateException("baseUrl is not set");
      }
      return new AppClient(this, baseUrl);
    }
  }
}
