package com.hotdash.ops.github;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.github.GitHubException.Kind;
import com.hotdash.ops.http.BodyReader;
import com.hotdash.ops.http.HttpAnswer;
import com.hotdash.ops.http.HttpService;
import com.hotdash.ops.http.HttpStatusException;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's REST interface for one repository: headers, errors, limits, pages. Every call goes
 * through here. Thread-safe.
 *
 * <p>A limit is never waited for: it is told, and further calls are kept back until it is over.
 */
final class GitHubApi implements AutoCloseable {
  static final String SERVICE = "github";
  static final int PER_PAGE = 100;

  private static final Pattern NEXT = Pattern.compile("<([^>]{1,2000})>\\s*;[^,<]*rel=\"?next\"?");

  private final HttpService http;
  private final Time time;
  private final String owner;
  private final String name;
  private final URI base;
  private final @Nullable OkHttpClient transport;
  private final RateGate gate;
  private final @Nullable Remembered remembered;

  GitHubApi(
      String baseUrl,
      @Nullable Secret token,
      String owner,
      String name,
      Duration callTimeout,
      Time time,
      @Nullable OkHttpClient transport) {
    this.owner = owner;
    this.name = name;
    this.time = time;
    this.base = URI.create(baseUrl);
    this.transport = transport;
    this.gate = new RateGate(time);
    this.remembered = null;
    var builder =
        HttpService.builder(SERVICE)
            .baseUrl(baseUrl)
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .requestIdHeaders("X-GitHub-Request-Id")
            .callTimeout(callTimeout)
            // GitHub's manners: far fewer than its hundred at once.
            .maxConcurrentCalls(10)
            .time(time);
    if (token != null) {
      builder.authHeader("Authorization", "Bearer ", token);
    }
    if (transport != null) {
      builder.transport(transport);
    }
    http = builder.build();
  }

  private GitHubApi(GitHubApi from, Remembered remembered) {
    http = from.http;
    time = from.time;
    owner = from.owner;
    name = from.name;
    base = from.base;
    transport = from.transport;
    gate = from.gate;
    this.remembered = remembered;
  }

  /**
   * Returns the same for what is read again and again: it asks each time whether the answer that it
   * remembers still holds. A look that guards a write does not go through it.
   */
  GitHubApi forPolling() {
    return new GitHubApi(this, new Remembered());
  }

  /**
   * Begins a read below the repository.
   *
   * @param about what is asked for, such as {@code run 42}, or an empty text for the repository
   */
  Call get(String operation, String about, String... segments) {
    return Call.get(operation, about(about), path(segments));
  }

  /** Begins a write below the repository. */
  Call post(String operation, String about, Object body, String... segments) {
    return Call.post(operation, about(about), body, path(segments));
  }

  /** Begins a write below the repository that may be made again. */
  Call put(String operation, String about, Object body, String... segments) {
    return Call.put(operation, about(about), body, path(segments));
  }

  /** Begins a write below the repository that may be made again. */
  Call patch(String operation, String about, Object body, String... segments) {
    return Call.patch(operation, about(about), body, path(segments));
  }

  private String about(String what) {
    return (what.isEmpty() ? "" : what + " of ") + repository();
  }

  private String[] path(String... segments) {
    var all = new ArrayList<>(List.of("repos", owner, name));
    all.addAll(List.of(segments));
    return all.toArray(String[]::new);
  }

  /** Makes a read; one that ends in a plain 500 is made once more. */
  HttpAnswer read(Call call, Deadline deadline) {
    try {
      return asked(call, deadline);
    } catch (GitHubException e) {
      if (e.status() == 500 && !deadline.expired()) {
        return asked(call, deadline);
      }
      throw e;
    }
  }

  private HttpAnswer asked(Call call, Deadline deadline) {
    if (remembered == null) {
      return send(call, deadline);
    }
    var known = remembered.find(call.address());
    if (known != null) {
      call.header("If-None-Match", known.tag()).request().accept(304);
    }
    var answer = send(call, deadline);
    if (known != null && answer.status() == 304) {
      return known.answer();
    }
    remembered.keep(call.address(), answer);
    return answer;
  }

  /** Makes a call, a write at most once. Every refusal is a {@link GitHubException}. */
  HttpAnswer send(Call call, Deadline deadline) {
    gate.check(call.operation());
    // 429 is taken as an answer, or the kit would try again within the limit's time.
    var built = call.request().accept(429).build();
    try {
      var answer = http.send(built, deadline);
      if (answer.status() == 429) {
        throw refusal(call, answer).exception(gate, false);
      }
      gate.passed();
      return answer;
    } catch (HttpStatusException e) {
      throw refusal(call, e.answer()).exception(gate, e.outcomeUnknown());
    }
  }

  /** Makes a read whose body is handed over while it arrives; redirects are handed over too. */
  <T> T stream(Call call, Deadline deadline, BodyReader<T> reader) {
    gate.check(call.operation());
    try {
      return http.stream(call.request().keepRedirects().tries(1).build(), deadline, reader);
    } catch (HttpStatusException e) {
      throw refusal(call, e.answer()).exception(gate, false);
    }
  }

  private Refusal refusal(Call call, HttpAnswer answer) {
    return new Refusal(call, answer, redactor());
  }

  /**
   * Reads a list page by page, following the addresses that GitHub gives.
   *
   * @param field the field that holds the elements, or {@code null} if the answer is the array
   * @param mostPages where to stop
   */
  Pages pages(Call first, @Nullable String field, int mostPages, Deadline deadline) {
    var items = new ArrayList<Fields>();
    var call = first.param("per_page", String.valueOf(PER_PAGE));
    long total = 0;
    for (int page = 1; ; page++) {
      var answer = read(call, deadline);
      if (field == null) {
        items.addAll(Fields.array(answer));
      } else {
        var body = Fields.of(answer);
        if (!(body.map().get(field) instanceof List<?>)) {
          throw notUnderstood(call.operation(), "an answer without " + field);
        }
        items.addAll(body.objects(field));
        total = Math.max(total, body.number("total_count"));
      }
      var next = next(answer);
      if (next == null) {
        return new Pages(items, total, null);
      }
      if (!sameOrigin(next)) {
        return new Pages(items, total, "the next page is on another host and was not asked for");
      }
      if (page >= mostPages) {
        return new Pages(items, total, "cut after " + page + " pages");
      }
      call = call.at(base.resolve(next).toString());
    }
  }

  private static @Nullable String next(HttpAnswer answer) {
    var link = NEXT.matcher(answer.header("Link").orElse(""));
    return link.find() ? link.group(1) : null;
  }

  /** Whether the token may go to this address. */
  private boolean sameOrigin(String address) {
    try {
      var uri = base.resolve(address);
      return base.getScheme().equalsIgnoreCase(uri.getScheme())
          && base.getHost().equalsIgnoreCase(uri.getHost())
          && port(base) == port(uri);
    } catch (IllegalArgumentException e) {
      return false; // not an address at all
    }
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0 ? uri.getPort() : "http".equalsIgnoreCase(uri.getScheme()) ? 80 : 443;
  }

  GitHubException notUnderstood(String operation, String problem) {
    return new GitHubException(
        Kind.NOT_UNDERSTOOD,
        200,
        List.of(),
        Fault.of(SERVICE, operation, problem)
            .withNextStep("compare GitHub's answer with the API version 2022-11-28"),
        null);
  }

  /** Begins a service for another address, which gets none of our credentials. */
  HttpService.Builder stranger(String baseUrl) {
    var builder = HttpService.builder(SERVICE).baseUrl(baseUrl).time(time);
    return transport == null ? builder : builder.transport(transport);
  }

  URI base() {
    return base;
  }

  String repository() {
    return owner + "/" + name;
  }

  Redactor redactor() {
    return http.redactor();
  }

  Time time() {
    return time;
  }

  @Override
  public void close() {
    http.close();
  }

  /**
   * What a list gave.
   *
   * @param total GitHub's own count, 0 if it gave none
   * @param cut why there may be more, or {@code null}
   */
  record Pages(List<Fields> items, long total, @Nullable String cut) {
    Pages {
      items = List.copyOf(items);
    }
  }
}
