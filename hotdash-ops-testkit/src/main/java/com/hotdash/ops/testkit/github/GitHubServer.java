package com.hotdash.ops.testkit.github;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Call;
import com.hotdash.ops.testkit.web.Json;
import com.hotdash.ops.testkit.web.Site;
import com.hotdash.ops.time.Time;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's REST API on a loopback port, with the logs on a second one that stands for the other
 * host. Runs go on as the injected time passes: each request first brings them up to the present.
 *
 * <pre>{@code
 * try (var github = GitHubServer.start(time)) {
 *   var hotdash = github.repository("acme", "hotdash");
 *   hotdash.add(WorkflowFile.of("deploy-production.yml", "Deploy production", jobs));
 *   github.grant(token, hotdash, Right.ACTIONS_READ);
 *   long run = hotdash.push("deploy-production.yml", "fix tile cache");
 *   …                                          // call github.address()
 * }
 * }</pre>
 *
 * <p>It knows rights, both limits, pages, API versions and conditional requests. What goes wrong is
 * laid on {@link #site}. Thread-safe. Tokens are kept as {@link Secret} and appear nowhere.
 */
public final class GitHubServer implements AutoCloseable {
  private static final DateTimeFormatter EXPIRY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String OLD_VERSION = "2022-11-28";

  private final Time time;
  private final Site site;
  private final LogSite logs;
  private final AtomicLong ids = new AtomicLong(9_001_234_000L);
  private final AtomicLong requests = new AtomicLong();
  private final Repositories repositories;
  private final Callers callers;
  private int primaryStatus = 403;

  private GitHubServer(Time time) {
    this.time = time;
    this.callers = new Callers(time.now());
    this.logs = new LogSite(time);
    this.repositories = new Repositories(logs);
    this.site = Site.start(time, false, this::answer);
  }

  /**
   * Starts a GitHub without repositories.
   *
   * @param time what runs, limits and signed addresses go by
   * @return the server, listening
   */
  public static GitHubServer start(Time time) {
    return new GitHubServer(time);
  }

  /**
   * Returns where the API listens.
   *
   * @return the address, without a slash at the end
   */
  public URI address() {
    return site.address();
  }

  /**
   * Returns the API's server: its record of requests, and where to lay faults.
   *
   * @return the server
   */
  public Site site() {
    return site;
  }

  /**
   * Returns the server of the logs. It answers 400 to whoever sends credentials.
   *
   * @return the server
   */
  public Site logSite() {
    return logs.site();
  }

  /**
   * Adds a private repository with the branch {@code main} and nothing in it.
   *
   * @param owner the owner
   * @param name the name
   * @return the repository
   */
  public synchronized Repository repository(String owner, String name) {
    return repositories.add(owner, name, time, ids);
  }

  /**
   * Gives a token rights in a repository, in place of those it had. With none it sees the
   * repository and may do nothing in it.
   *
   * @param token the token
   * @param repository the repository
   * @param rights what it may do
   */
  public synchronized void grant(Secret token, Repository repository, Right... rights) {
    var set = EnumSet.noneOf(Right.class);
    set.addAll(List.of(rights));
    callers.of(token, time.now()).rights.put(repository, set);
  }

  /**
   * Gives a token all rights in a repository.
   *
   * @param token the token
   * @param repository the repository
   */
  public void grantAll(Secret token, Repository repository) {
    grant(token, repository, Right.values());
  }

  /**
   * Sets when a token ends; every answer to it names the moment.
   *
   * @param token the token
   * @param at when
   */
  public synchronized void expires(Secret token, Instant at) {
    callers.of(token, time.now()).expiresAt = at;
  }

  /**
   * Takes a token back: from now on it is answered 401.
   *
   * @param token the token
   */
  public synchronized void revoke(Secret token) {
    callers.revoke(token);
  }

  /**
   * Leaves a token only so many requests in the current hour.
   *
   * @param token the token
   * @param remaining how many
   * @param status what an answer over the limit has, 403 or 429: both were recorded
   */
  public synchronized void remaining(Secret token, int remaining, int status) {
    var core = callers.of(token, time.now()).core;
    core.at(time.now());
    core.used = core.limit - remaining;
    primaryStatus = status;
  }

  /** Closes both ports. */
  @Override
  public void close() {
    site.close();
    logs.close();
  }

  private synchronized Answer answer(Call call) {
    var now = time.now();
    if (call.header("user-agent") == null) {
      return Answer.text(
          403,
          "text/html",
          "Request forbidden by administrative rules. Please make sure your request has a"
              + " User-Agent header\r\n");
    }
    Caller caller = null;
    Limit limit = null;
    Answer answer;
    try {
      caller = callers.known(call, now);
      limit = call.path().startsWith("/search/") ? caller.search : caller.core;
      answer = limited(call, caller, limit, now);
    } catch (Problem e) {
      answer = e.answer();
    }
    return dressed(answer, call, caller, limit, now);
  }

  private Answer limited(Call call, Caller caller, Limit limit, Instant now) {
    var version = call.header("x-github-api-version");
    if (version != null && !version.equals(OLD_VERSION) && !version.equals(Ask.NEW_VERSION)) {
      throw Problem.of(400, "Invalid API version: " + version);
    }
    limit.at(now);
    if (call.path().equals("/rate_limit")) {
      return rateLimit(caller, version, now);
    }
    if (limit.remaining() == 0) {
      throw Problem.of(
          primaryStatus,
          "API rate limit exceeded for user ID 1.",
          "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api",
          null);
    }
    boolean get = call.method().equals("GET");
    boolean content = call.method().equals("POST") && call.path().matches(".*/(issues|comments)");
    if (!caller.spend(now, get ? 1 : 5, content)) {
      limit.used++;
      return SecondaryLimit.RETRY_AFTER_SECONDS.answer(time, Duration.ofMinutes(1));
    }
    try {
      var answer =
          tagged(
              call,
              repositories.answer(
                  call, caller, version == null ? OLD_VERSION : version, address()));
      limit.used += answer.status() == 304 && caller != callers.nobody() ? 0 : 1;
      return answer;
    } catch (Problem e) {
      limit.used++;
      throw e;
    }
  }

  private Answer rateLimit(Caller caller, @Nullable String version, Instant now) {
    caller.core.at(now);
    caller.search.at(now);
    var resources = Json.of("core", json(caller.core), "search", json(caller.search));
    var body = Json.of("resources", resources);
    if (!Ask.NEW_VERSION.equals(version)) {
      body.put("rate", json(caller.core));
    }
    return Answer.json(200, body);
  }

  private static Object json(Limit limit) {
    return Json.of(
        "limit",
        limit.limit,
        "remaining",
        limit.remaining(),
        "used",
        limit.used,
        "reset",
        limit.reset.getEpochSecond());
  }

  private static Answer tagged(Call call, Answer answer) {
    if (!call.method().equals("GET") || answer.status() != 200) {
      return answer;
    }
    var tag = Tags.of(answer);
    var known = call.header("if-none-match");
    return tag.equals(known) ? Answer.empty(304).with("ETag", tag) : answer.with("ETag", tag);
  }

  private Answer dressed(
      Answer answer, Call call, @Nullable Caller caller, @Nullable Limit limit, Instant now) {
    var version = call.header("x-github-api-version");
    var dressed =
        answer
            .with("Date", Stamps.http(now))
            .with("Server", "github.com")
            .with("X-GitHub-Request-Id", requestId())
            .with("X-GitHub-Api-Version-Selected", version == null ? OLD_VERSION : version);
    if (caller != null && caller.expiresAt != null) {
      dressed =
          dressed.with("Github-Authentication-Token-Expiration", EXPIRY.format(caller.expiresAt));
    }
    return limit == null
        ? dressed
        : dressed
            .with("x-ratelimit-limit", Integer.toString(limit.limit))
            .with("x-ratelimit-remaining", Integer.toString(limit.remaining()))
            .with("x-ratelimit-used", Integer.toString(limit.used))
            .with("x-ratelimit-reset", Long.toString(limit.reset.getEpochSecond()))
            .with("x-ratelimit-resource", limit.resource);
  }

  private String requestId() {
    return String.format(Locale.ROOT, "C0DE:%04X:HOTDASH", requests.incrementAndGet());
  }
}
