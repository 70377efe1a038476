package com.hotdash.ops.http;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One call to a service, as data: what it is named in errors, whether it reads or writes, and what
 * may be done when it fails. Immutable, thread-safe, and usable any number of times.
 *
 * <p>Paths are given in segments, each of which is encoded, so that no identifier can lead
 * somewhere else.
 */
public final class HttpRequest {
  final String operation;
  final String method;
  final boolean write;
  final List<String> segments;
  final @Nullable String address;
  final List<Map.Entry<String, String>> params;
  final Map<String, String> headers;
  final Map<String, Secret> secretHeaders;
  final byte @Nullable [] body;
  final String contentType;
  final @Nullable Duration callTimeout;
  final long maxBodyBytes;
  final int tries;
  final boolean anyStatus;
  final Set<Integer> accepted;
  final Set<Integer> notExecutedOn;
  final boolean idempotent;
  final boolean followRedirects;

  private HttpRequest(Builder from) {
    operation = from.operation;
    method = from.method;
    write = from.write;
    segments = List.copyOf(from.segments);
    address = from.address;
    params = List.copyOf(from.params);
    headers = Map.copyOf(from.headers);
    secretHeaders = Map.copyOf(from.secretHeaders);
    body = from.body;
    contentType = from.contentType;
    callTimeout = from.callTimeout;
    maxBodyBytes = from.maxBodyBytes;
    tries = from.tries;
    anyStatus = from.anyStatus;
    accepted = Set.copyOf(from.accepted);
    notExecutedOn = Set.copyOf(from.notExecutedOn);
    idempotent = from.idempotent;
    followRedirects = from.followRedirects;
  }

  /**
   * Begins a read by GET.
   *
   * @param operation its name in errors and logs, such as {@code machine.get}
   * @param segments the path below the base address, one argument for each part between slashes
   * @return a builder
   * @throws IllegalArgumentException if a segment is empty, {@code .} or {@code ..}
   */
  public static Builder get(String operation, String... segments) {
    return new Builder(operation, "GET", false, segments);
  }

  /**
   * Begins a read of an address that the service itself gave, such as the next page. It must have
   * the base address's scheme, host and port, or sending it fails: credentials go nowhere else.
   *
   * @param operation its name in errors and logs
   * @param address the whole address
   * @return a builder
   */
  public static Builder getAddress(String operation, String address) {
    var builder = new Builder(operation, "GET", false);
    builder.address = address;
    return builder;
  }

  /**
   * Begins a read by POST, such as a GraphQL query. It may be made again like any read: never use
   * it for a mutation.
   *
   * @param operation its name in errors and logs
   * @param segments the path below the base address
   * @return a builder
   */
  public static Builder query(String operation, String... segments) {
    return new Builder(operation, "POST", false, segments);
  }

  /**
   * Begins a write by POST.
   *
   * @param operation its name in errors and logs
   * @param segments the path below the base address
   * @return a builder
   */
  public static Builder post(String operation, String... segments) {
    return new Builder(operation, "POST", true, segments);
  }

  /**
   * Begins a write by PUT.
   *
   * @param operation its name in errors and logs
   * @param segments the path below the base address
   * @return a builder
   */
  public static Builder put(String operation, String... segments) {
    return new Builder(operation, "PUT", true, segments);
  }

  /**
   * Begins a write by PATCH.
   *
   * @param operation its name in errors and logs
   * @param segments the path below the base address
   * @return a builder
   */
  public static Builder patch(String operation, String... segments) {
    return new Builder(operation, "PATCH", true, segments);
  }

  /**
   * Begins a write by DELETE.
   *
   * @param operation its name in errors and logs
   * @param segments the path below the base address
   * @return a builder
   */
  public static Builder delete(String operation, String... segments) {
    return new Builder(operation, "DELETE", true, segments);
  }

  /** Whether the call may be made again although an earlier one may have been carried out. */
  boolean repeatable() {
    return !write || idempotent;
  }

  boolean accepts(int status) {
    return anyStatus || (status >= 200 && status < 300) || accepted.contains(status);
  }

  @Override
  public String toString() {
    return "HttpRequest[" + operation + ", " + method + "]";
  }

  /** Gathers a request. Not thread-safe. */
  public static final class Builder {
    private final String operation;
    private final String method;
    private final boolean write;
    private final List<String> segments = new ArrayList<>();
    private @Nullable String address;
    private final List<Map.Entry<String, String>> params = new ArrayList<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, Secret> secretHeaders = new LinkedHashMap<>();
    private byte @Nullable [] body;
    private String contentType = "application/json";
    private @Nullable Duration callTimeout;
    private long maxBodyBytes;
    private int tries;
    private boolean anyStatus;
    private final Set<Integer> accepted = new TreeSet<>();
    private final Set<Integer> notExecutedOn = new TreeSet<>();
    private boolean idempotent;
    private boolean followRedirects = true;

    private Builder(String operation, String method, boolean write, String... segments) {
      this.operation = Checks.notBlank(operation, "operation");
      this.method = method;
      this.write = write;
      for (var segment : segments) {
        this.segments.add(Checks.segment(segment));
      }
    }

    /**
     * Adds a query parameter. Never put a credential here: addresses end up in logs.
     *
     * @param name the name
     * @param value the value, encoded by us
     * @return this builder
     */
    public Builder param(String name, String value) {
      params.add(Map.entry(name, value));
      return this;
    }

    /**
     * Sets a header, over the service's own of that name.
     *
     * @param name the name
     * @param value the value, not a credential
     * @return this builder
     * @throws IllegalArgumentException if either holds a character that cannot be sent
     */
    public Builder header(String name, String value) {
      headers.put(Checks.headerName(name), Checks.headerValue(name, value));
      return this;
    }

    /**
     * Sets a header that is a credential, over the service's own of that name. It is kept out of
     * all text.
     *
     * @param name the name
     * @param value the credential
     * @return this builder
     * @throws IllegalArgumentException if the credential holds a character that cannot be sent
     */
    public Builder secretHeader(String name, Secret value) {
      Checks.headerValue(name, value.reveal());
      secretHeaders.put(Checks.headerName(name), value);
      return this;
    }

    /**
     * Sets the body, as JSON.
     *
     * @param value a record, map or list
     * @return this builder
     * @throws IllegalArgumentException if it cannot be written as JSON, or the method is GET
     */
    public Builder json(Object value) {
      return body("application/json", Json.write(value));
    }

    /**
     * Sets the body.
     *
     * @param type the media type
     * @param bytes the body; copied
     * @return this builder
     * @throws IllegalArgumentException if the method is GET
     */
    public Builder body(String type, byte[] bytes) {
      if (method.equals("GET")) {
        throw new IllegalArgumentException("GET carries no body");
      }
      contentType = Checks.headerValue("Content-Type", type);
      body = bytes.clone();
      return this;
    }

    /**
     * Limits this call instead of the service's limit, for example for a long poll. The deadline
     * still holds.
     *
     * @param limit the limit, more than zero
     * @return this builder
     */
    public Builder callTimeout(Duration limit) {
      callTimeout = Limits.positive(limit, "callTimeout");
      return this;
    }

    /**
     * Bounds the answer's body instead of the service's bound.
     *
     * @param bytes the largest body, decompressed; more than zero
     * @return this builder
     */
    public Builder maxBodyBytes(long bytes) {
      maxBodyBytes = Checks.positive(bytes, "maxBodyBytes");
      return this;
    }

    /**
     * Sets how often the call is made at most, instead of the service's number.
     *
     * @param most at least 1
     * @return this builder
     */
    public Builder tries(int most) {
      tries = (int) Checks.positive(most, "tries");
      return this;
    }

    /**
     * Takes these statuses as answers too, beside 2xx: they neither throw nor cause another try.
     *
     * @param statuses HTTP status codes, 100 to 599; others never match
     * @return this builder
     */
    public Builder accept(int... statuses) {
      for (int status : statuses) {
        accepted.add(status);
      }
      return this;
    }

    /**
     * Takes every status as an answer, as a probe does: none throws or causes another try.
     *
     * @return this builder
     */
    public Builder acceptAnyStatus() {
      anyStatus = true;
      return this;
    }

    /**
     * Hands redirects to the caller as answers instead of following them.
     *
     * @return this builder
     */
    public Builder keepRedirects() {
      followRedirects = false;
      return this;
    }

    /**
     * Declares that the service carries out this write once, however often it arrives: it may then
     * be made again like a read.
     *
     * @return this builder
     */
    public Builder idempotent() {
      idempotent = true;
      return this;
    }

    /**
     * Sends a key by which the service recognises a repetition, so that the write is idempotent.
     *
     * @param header the header in which the service expects the key
     * @param key the key, the same for every try
     * @return this builder
     */
    public Builder idempotencyKey(String header, String key) {
      return header(header, key).idempotent();
    }

    /**
     * Declares statuses by which the service says that it did not carry out this write, such as 429
     * or 503: the write may be made again after those.
     *
     * @param statuses HTTP status codes, 100 to 599; others never match
     * @return this builder
     */
    public Builder notExecutedOn(int... statuses) {
      for (int status : statuses) {
        notExecutedOn.add(status);
      }
      return this;
    }

    /**
     * Makes the request.
     *
     * @return the request
     */
    public HttpRequest build() {
      return new HttpRequest(this);
    }
  }
}
