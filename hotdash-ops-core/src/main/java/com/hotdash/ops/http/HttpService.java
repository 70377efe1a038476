package com.hotdash.ops.http;

import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Limits;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One outside system, spoken to over HTTP.
 *
 * <p>Every call ends by its deadline, whatever the service does, and at once when the calling
 * thread is interrupted. Reads are tried again after lost connections, 429, 502, 503 and 504, as
 * long as the deadline allows; writes only if it is proven that they were not carried out.
 * Redirects are followed within https, at most five, and credentials never go to another scheme,
 * host or port.
 *
 * <p>Thread-safe: make one and share it. It owns the transport it makes, and {@link #close} shuts
 * that one down; a transport handed to {@link Builder#transport} stays open and stays the caller's.
 */
public final class HttpService implements AutoCloseable {
  final OkHttpClient client;
  final CallThreads threads;
  final Time time;
  final List<String> requestIdHeaders;
  final long maxBodyBytes;
  final int tries;
  private final Tries loop;
  private final String name;
  private final HttpUrl baseUrl;
  private final Map<String, String> headers;
  private final Map<String, PrefixedSecret> secretHeaders;
  private final Redactor redactor;
  private final Duration callTimeout;
  private final boolean ownsTransport;

  private HttpService(Builder from, HttpUrl baseUrl) {
    this.name = from.name;
    this.baseUrl = baseUrl;
    this.headers = Map.copyOf(from.headers);
    this.secretHeaders = Map.copyOf(from.secretHeaders);
    this.requestIdHeaders = List.copyOf(from.requestIdHeaders);
    this.maxBodyBytes = from.maxBodyBytes;
    this.tries = from.tries;
    this.callTimeout = from.callTimeout;
    this.time = from.time;
    this.redactor =
        Redactor.of(secretHeaders.values().stream().map(PrefixedSecret::secret).toList())
            .and(from.redactor);
    this.ownsTransport = from.transport == null;
    this.client =
        Transport.prepared(
            from.transport == null ? new OkHttpClient() : from.transport, from.connectTimeout);
    this.threads = new CallThreads(name, from.maxConcurrentCalls);
    this.loop = new Tries(this, from.firstInterval, from.logger);
  }

  /**
   * Begins a service.
   *
   * @param name its name in errors and thread names, such as {@code fly}
   * @return a builder
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /**
   * Makes a call and reads the whole answer.
   *
   * @param request what to ask
   * @param deadline when the call must have ended; the call's own limit may end it sooner
   * @return the answer: a 2xx, or a status that the request accepts
   * @throws HttpStatusException if the service answered another status
   * @throws HttpUnreachableException if no whole answer arrived
   * @throws HttpProtocolException if the answer is over its bound or a redirect is refused
   * @throws com.hotdash.ops.error.InterruptedOpsException if the thread was interrupted
   */
  public HttpAnswer send(HttpRequest request, Deadline deadline) {
    var limit = limit(request, deadline);
    var context = context(request, limit);
    return loop.run(
        hop(request),
        context,
        limit,
        (head, body) -> new HttpAnswer(head, body.readAllBytes(), false, context),
        true);
  }

  /**
   * Makes a call and hands the body to a reader while it arrives, for logs and other long texts.
   * The call is made again only before the reader has begun.
   *
   * @param request what to ask
   * @param deadline when the call must have ended, the reading included
   * @param reader reads the body, on the calling thread; it is called at most once
   * @param <T> what it makes of the body
   * @return what the reader made
   * @throws HttpStatusException if the service answered a status that the request does not accept
   * @throws HttpUnreachableException if the answer did not arrive, or broke off
   * @throws HttpProtocolException if the body is over its bound or a redirect is refused
   * @throws com.hotdash.ops.error.InterruptedOpsException if the thread was interrupted
   * @throws java.io.UncheckedIOException if the reader itself failed
   */
  public <T> T stream(HttpRequest request, Deadline deadline, BodyReader<T> reader) {
    var limit = limit(request, deadline);
    return loop.run(hop(request), context(request, limit), limit, reader, false);
  }

  /**
   * Returns what takes this service's credentials out of text.
   *
   * @return the redactor
   */
  public Redactor redactor() {
    return redactor;
  }

  /** Ends the calls that are still running, and shuts down what this made. Returns at once. */
  @Override
  public void close() {
    threads.close();
    if (ownsTransport) {
      client.connectionPool().evictAll();
    }
  }

  private Deadline limit(HttpRequest request, Deadline deadline) {
    return deadline.within(request.callTimeout == null ? callTimeout : request.callTimeout);
  }

  private CallContext context(HttpRequest request, Deadline limit) {
    var url = url(request);
    var known =
        request.secretHeaders.isEmpty()
            ? redactor
            : redactor.and(Redactor.of(request.secretHeaders.values()));
    // Decoded: a credential that is encoded in part would not be recognised.
    var where = request.method + " " + authority(url) + "/" + String.join("/", url.pathSegments());
    return new CallContext(name, request, Excerpt.of(where, known), limit.remaining(), known);
  }

  /** With the port where it is not the usual one: that is what a person mistypes. */
  private static String authority(HttpUrl url) {
    var host = url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
    return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
  }

  private Hop hop(HttpRequest request) {
    var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    secretHeaders.forEach((header, secret) -> all.put(header, secret.value()));
    all.putAll(request.headers);
    request.secretHeaders.forEach((header, secret) -> all.put(header, secret.reveal()));
    return new Hop(url(request), all, request);
  }

  private HttpUrl url(HttpRequest request) {
    var url = request.address == null ? baseUrl : HttpUrl.parse(request.address);
    if (url == null || !Hop.sameOrigin(baseUrl, url)) {
      throw new IllegalArgumentException(
          "the address given for "
              + request.operation
              + " is not one of "
              + baseUrl.host()
              + ":"
              + baseUrl.port());
    }
    var builder = url.newBuilder().username("").password("").fragment(null);
    request.segments.forEach(builder::addPathSegment);
    request.params.forEach(param -> builder.addQueryParameter(param.getKey(), param.getValue()));
    var complete = builder.build();
    refuseCredential(complete, request);
    return complete;
  }

  private void refuseCredential(HttpUrl url, HttpRequest request) {
    var parts = new ArrayList<@Nullable String>(url.pathSegments());
    for (int i = 0; i < url.querySize(); i++) {
      parts.add(url.queryParameterValue(i));
    }
    var credentials = new ArrayList<>(request.secretHeaders.values());
    secretHeaders.values().forEach(own -> credentials.add(own.secret()));
    for (var credential : credentials) {
      if (parts.stream().anyMatch(p -> p != null && p.contains(credential.reveal()))) {
        throw new IllegalArgumentException(
            "the address of "
                + request.operation
                + " holds a credential: addresses end up in logs");
      }
    }
  }

  @Override
  public String toString() {
    return "HttpService[" + name + ", " + baseUrl + "]";
  }

  private record PrefixedSecret(String prefix, Secret secret) {
    String value() {
      return prefix + secret.reveal();
    }
  }

  /** Gathers the settings of a service. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private @Nullable HttpUrl baseUrl;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, PrefixedSecret> secretHeaders = new LinkedHashMap<>();
    private final List<String> requestIdHeaders = new ArrayList<>();
    private Redactor redactor = Redactor.SHAPES;
    private Duration callTimeout = Duration.ofSeconds(10);
    private Duration connectTimeout = Duration.ofSeconds(3);
    private Duration firstInterval = Duration.ofMillis(250);
    private long maxBodyBytes = 5L * 1024 * 1024;
    private int tries = 3;
    private int maxConcurrentCalls = 32;
    private Time time = Time.SYSTEM;
    private @Nullable OkHttpClient transport;
    private Logger logger = LoggerFactory.getLogger(HttpService.class);

    private Builder(String name) {
      this.name = Checks.notBlank(name, "name");
      headers.put("User-Agent", "hotdash-ops");
    }

    /**
     * Sets the address that every path is appended to. Required.
     *
     * @param url scheme, host, and where needed port and path; no user, query or fragment
     * @return this builder
     * @throws IllegalArgumentException if it is not such an address
     */
    public Builder baseUrl(String url) {
      var parsed = HttpUrl.parse(url);
      if (parsed == null
          || !parsed.encodedUsername().isEmpty()
          || !parsed.encodedPassword().isEmpty()
          || parsed.encodedQuery() != null
          || parsed.encodedFragment() != null) {
        throw new IllegalArgumentException(
            "the base address of "
                + name
                + " must be http(s)://host[:port][/path] and nothing more");
      }
      this.baseUrl = parsed;
      return this;
    }

    /**
     * Sets the credential that every request carries.
     *
     * @param header the header, such as {@code Authorization}
     * @param prefix what stands before the credential, such as {@code "Bearer "}; may be empty
     * @param secret the credential
     * @return this builder
     * @throws IllegalArgumentException if the credential holds a character that cannot be sent
     */
    public Builder authHeader(String header, String prefix, Secret secret) {
      Checks.headerValue(header, prefix);
      Checks.headerValue(header, secret.reveal());
      secretHeaders.put(Checks.headerName(header), new PrefixedSecret(prefix, secret));
      return this;
    }

    /**
     * Sets a header that every request carries.
     *
     * @param header the header, such as {@code Accept}
     * @param value the value, not a credential
     * @return this builder
     * @throws IllegalArgumentException if either holds a character that cannot be sent
     */
    public Builder header(String header, String value) {
      headers.put(Checks.headerName(header), Checks.headerValue(header, value));
      return this;
    }

    /**
     * Sets by what name we introduce ourselves. Default {@code hotdash-ops}.
     *
     * @param userAgent the value of the User-Agent header
     * @return this builder
     */
    public Builder userAgent(String userAgent) {
      return header("User-Agent", Checks.notBlank(userAgent, "userAgent"));
    }

    /**
     * Names the headers in which the service tells its own id of a call; the first that is there
     * counts. Default none.
     *
     * @param names header names
     * @return this builder
     */
    public Builder requestIdHeaders(String... names) {
      for (var header : names) {
        requestIdHeaders.add(Checks.headerName(header));
      }
      return this;
    }

    /**
     * Makes more credentials known, to be kept out of all text beside those in the headers.
     *
     * @param more knows them
     * @return this builder
     */
    public Builder redactor(Redactor more) {
      redactor = redactor.and(more);
      return this;
    }

    /**
     * Limits one call from name lookup to the last byte, tries and waits included. Default 10 s.
     * The deadline of the call holds too.
     *
     * @param limit the limit, more than zero
     * @return this builder
     */
    public Builder callTimeout(Duration limit) {
      callTimeout = Limits.positive(limit, "callTimeout");
      return this;
    }

    /**
     * Limits the making of one connection, name lookup excluded. Default 3 s.
     *
     * @param limit the limit, more than zero
     * @return this builder
     */
    public Builder connectTimeout(Duration limit) {
      connectTimeout = Limits.positive(limit, "connectTimeout");
      return this;
    }

    /**
     * Bounds the body of an answer. Default 5 MiB.
     *
     * @param bytes the largest body, decompressed; more than zero
     * @return this builder
     */
    public Builder maxBodyBytes(long bytes) {
      maxBodyBytes = Checks.positive(bytes, "maxBodyBytes");
      return this;
    }

    /**
     * Sets how often a call is made at most. Default 3.
     *
     * @param most at least 1
     * @return this builder
     */
    public Builder tries(int most) {
      tries = (int) Checks.positive(most, "tries");
      return this;
    }

    /**
     * Sets the wait before the second try, where the service asks for none. Each further wait is
     * twice as long, by a chance of 30 % more or less, and at most 10 s; after 429 the first is at
     * least 1 s. Default 250 ms.
     *
     * @param interval the wait, more than zero
     * @return this builder
     */
    public Builder firstInterval(Duration interval) {
      firstInterval = Limits.positive(interval, "firstInterval");
      return this;
    }

    /**
     * Bounds how many calls are made at once; further ones wait. Default 32.
     *
     * @param most at least 1
     * @return this builder
     */
    public Builder maxConcurrentCalls(int most) {
      maxConcurrentCalls = (int) Checks.positive(most, "maxConcurrentCalls");
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
     * Sends through this transport, with its proxy, certificates and interceptors. It stays open
     * and the caller's. Its timeouts, redirects, retries, cache, cookies and authenticator are not
     * used.
     *
     * @param transport the transport
     * @return this builder
     */
    public Builder transport(OkHttpClient transport) {
      this.transport = transport;
      return this;
    }

    /** For tests: who sees what is logged. */
    Builder logger(Logger logger) {
      this.logger = logger;
      return this;
    }

    /**
     * Makes the service. No connection is opened and no thread started.
     *
     * @return the service
     * @throws IllegalStateException if the base address is not set
     */
    public HttpService build() {
      if (baseUrl == null) {
        throw new IllegalStateException("baseUrl is not set");
      }
      return new HttpService(this, baseUrl);
    }
  }
}
