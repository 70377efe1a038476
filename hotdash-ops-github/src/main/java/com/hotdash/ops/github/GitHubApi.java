package com.hotdash.ops.github;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.github.GitHubException.Kind;
import com.hotdash.ops.http.BodyReader;
import com.hotdash.ops.http.HttpAnswer;
import com.hotdash.ops.http.HttpRequest;
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

  /** Begins a read below the repository. */
  HttpRequest.Builder get(String operation, String... segments) {
    return HttpRequest.get(operation, path(segments));
  }

  /** The path of something of the repository, for requests of any method. */
  String[] path(String... segments) {
    var all = new ArrayList<>(List.of("repos", owner, name));
    all.addAll(List.of(segments));
    return all.toArray(String[]::new);
  }

  /** Makes a read; one that ends in a plain 500 is made once more. */
  HttpAnswer read(String operation, HttpRequest.Builder request, Deadline deadline) {
    try {
      return send(operation, request, deadline);
    } catch (GitHubException e) {
      if (e.status() == 500 && !deadline.expired()) {
        return send(operation, request, deadline);
      }
      throw e;
    }
  }

  /** Makes a call, a write at most once. Every refusal is a {@link GitHubException}. */
  HttpAnswer send(String operation, HttpRequest.Builder request, Deadline deadline) {
    gate.check(operation);
    // 429 is taken as an answer, or the kit would try again within the limit's time.
    var built = request.accept(429).build();
    try {
      var answer = http.send(built, deadline);
      if (answer.status() == 429) {
        throw refusal(operation, answer).exception(gate, false);
      }
      gate.passed();
      return answer;
    } catch (HttpStatusException e) {
      throw refusal(operation, e.answer()).exception(gate, e.outcomeUnknown());
    }
  }

  /** Makes a read whose body is handed over while it arrives; redirects are handed over too. */
  <T> T stream(
      String operation, HttpRequest.Builder request, Deadline deadline, BodyReader<T> reader) {
    gate.check(operation);
    try {
      return http.stream(request.keepRedirects().tries(1).build(), deadline, reader);
    } catch (HttpStatusException e) {
      throw refusal(operation, e.answer()).exception(gate, false);
    }
  }

  private Refusal refusal(String operation, HttpAnswer answer) {
    return new Refusal(operation, operation + " of " + owner + "/" + name, answer, redactor());
  }

  /**
   * Reads a list page by page, following the addresses that GitHub gives.
   *
   * @param field the field that holds the elements, or {@code null} if the answer is the array
   * @param mostPages where to stop
   */
  Pages pages(
      String operation,
      HttpRequest.Builder first,
      @Nullable String field,
      int mostPages,
      Deadline deadline) {
    var items = new ArrayList<Fields>();
    var request = first.param("per_page", String.valueOf(PER_PAGE));
    long total = 0;
    for (int page = 1; ; page++) {
      var answer = read(operation, request, deadline);
      if (field == null) {
        items.addAll(Fields.array(answer));
      } else {
        var body = Fields.of(answer);
        if (!(body.map().get(field) instanceof List<?>)) {
          throw notUnderstood(operation, "an answer without " + field);
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
      request = HttpRequest.getAddress(operation, base.resolve(next).toString());
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
