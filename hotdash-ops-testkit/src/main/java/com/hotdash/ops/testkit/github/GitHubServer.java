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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
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
  private final Routes routes = new Routes();
  private final AtomicLong ids = new AtomicLong(9_001_234_000L);
  private final AtomicLong requests = new AtomicLong();
  private final List<Repository> repositories = new ArrayList<>();
  private final List<Caller> callers = new ArrayList<>();
  private final Caller nobody;
  private int primaryStatus = 403;

  private GitHubServer(Time time) {
    this.time = time;
    this.nobody = new Caller(null, "nobody", time.now());
    this.logs = new LogSite(time);
    ActionsRoutes.addTo(routes, logs);
    IssueRoutes.addTo(routes);
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
    var made = new Repository(77L + repositories.size(), owner, name, time, ids);
    repositories.add(made);
    return made;
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
    caller(token).rights.put(repository, set);
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
    caller(token).expiresAt = at;
  }

  /**
   * Takes a token back: from now on it is answered 401.
   *
   * @param token the token
   */
  public synchronized void revoke(Secret token) {
    callers.removeIf(c -> token.matches(Objects.requireNonNull(c.token)));
  }

  /**
   * Leaves a token only so many requests in the current hour.
   *
   * @param token the token
   * @param remaining how many
   * @param status what an answer over the limit has, 403 or 429: both were recorded
   */
  public synchronized void remaining(Secret token, int remaining, int status) {
    var core = caller(token).core;
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

  private Caller caller(Secret token) {
    for (var caller : callers) {
      if (token.matches(Objects.requireNonNull(caller.token))) {
        return caller;
      }
    }
    var made = new Caller(token, "oncall" + (callers.size() + 1), time.now());
    callers.add(made);
    return made;
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
      caller = known(call, now);
      limit = call.path().startsWith("/search/") ? caller.search : caller.core;
      answer = limited(call, caller, limit, now);
    } catch (Problem e) {
      answer = e.answer();
    }
    return dressed(answer, call, caller, limit, now);
  }

  private Caller known(Call call, Instant now) {
    var header = call.header("authorization");
    if (header == null) {
      return nobody;
    }
    var sent = header.replaceFirst("(?i)^(bearer|token) +", "");
    var token = sent.isBlank() ? null : Secret.of(sent);
    for (var caller : callers) {
      boolean alive = caller.expiresAt == null || now.isBefore(caller.expiresAt);
      if (token != null && token.matches(Objects.requireNonNull(caller.token)) && alive) {
        return caller;
      }
    }
    throw Problem.of(401, "Bad credentials");
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
      var answer = tagged(call, routed(call, caller, version == null ? OLD_VERSION : version));
      limit.used += answer.status() == 304 && caller != nobody ? 0 : 1;
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

  private Answer routed(Call call, Caller caller, String version) {
    var path = call.segments();
    if (path.equals(List.of("search", "issues")) && call.method().equals("GET")) {
      return search(call, caller, version);
    }
    var repository = repository(path, caller);
    var rights = caller.rights.get(repository);
    if (repository == null || rights == null) {
      throw Problem.notFound();
    }
    int skip = path.get(0).equals("repos") ? 3 : 2;
    var rest = path.subList(skip, path.size());
    if (rest.isEmpty() && call.method().equals("GET")) {
      return Answer.json(200, about(repository, rights));
    }
    var route = routes.find(call.method(), rest);
    if (route == null) {
      throw Problem.notFound();
    }
    var ask =
        new Ask(call, repository, route.wildcards(rest), rights, caller.login, version, address());
    synchronized (repository) {
      return permitted(ask, route);
    }
  }

  private static Answer permitted(Ask ask, Routes.Route route) {
    var accepted = route.right().header();
    if (!ask.rights().contains(route.right())) {
      throw Problem.forbidden(accepted);
    }
    boolean issues = route.pattern().get(0).equals("issues");
    if (issues && !ask.repository().issuesEnabled) {
      throw Problem.of(410, "Issues has been disabled in this repository.");
    }
    if (ask.repository().archived && !ask.call().method().equals("GET")) {
      throw Problem.of(403, "Repository was archived so is read-only.");
    }
    return route.work().answer(ask).with("X-Accepted-GitHub-Permissions", accepted);
  }

  private static Object about(Repository repository, Set<Right> rights) {
    boolean push = rights.contains(Right.PUSH);
    return Json.of(
        "id",
        repository.id,
        "name",
        repository.name,
        "full_name",
        repository.toString(),
        "private",
        true,
        "archived",
        repository.archived,
        "has_issues",
        repository.issuesEnabled,
        "default_branch",
        "main",
        "permissions",
        Json.of("admin", false, "push", push, "pull", true));
  }

  private @Nullable Repository repository(List<String> path, Caller caller) {
    for (var each : repositories) {
      boolean named =
          path.size() >= 3
              && path.get(0).equals("repos")
              && path.get(1).equalsIgnoreCase(each.owner)
              && path.get(2).equalsIgnoreCase(each.name);
      boolean numbered =
          path.size() >= 2
              && path.get(0).equals("repositories")
              && path.get(1).equals(Long.toString(each.id));
      if ((named || numbered) && caller.rights.containsKey(each)) {
        return each;
      }
    }
    return null;
  }

  private Answer search(Call call, Caller caller, String version) {
    var query = call.query().get("q");
    if (query == null || query.isBlank()) {
      throw Problem.invalid("Search", "q", "missing", null);
    }
    var search = Search.parse(query);
    var items = new ArrayList<Object>();
    for (var repository : repositories) {
      var rights = caller.rights.get(repository);
      if (rights != null && rights.contains(Right.ISSUES_READ) && search.covers(repository)) {
        var ask = new Ask(call, repository, List.of(), rights, caller.login, version, address());
        synchronized (repository) {
          search.find(repository).forEach(i -> items.add(IssueJson.issue(ask, repository, i)));
        }
      }
    }
    var pages = Pages.of(call, address() + "/search/issues");
    var body =
        Json.of(
            "total_count", items.size(), "incomplete_results", false, "items", pages.cut(items));
    return pages.link(Answer.json(200, body), items.size());
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
