package com.hotdash.ops.testkit.hotdash;

import com.hotdash.ops.testkit.web.Json;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A machine of the application: one process at a time. Thread-safe. */
public final class Machine {
  private static final int MOST_LINES = 10_000;
  private static final double[] HTTP = {0.1, 0.3, 0.5, 0.7, 1, 3, 5, 7, 10};
  private static final double[] DATABASE = {.01, .05, .1, .3, .5, 1, 3, 5};
  private static final double[] SHOPIFY = {.1, .3, .5, 1, 2, 3, 5, 10};
  private static final String APP = "hotdash-app";

  private final String id;
  private final Time time;
  private final Deque<String> log = new ArrayDeque<>();
  private Release release;
  private Instant started;
  private boolean running = true;
  private Counters counters = new Counters();
  private Map<String, Owed> owed = new HashMap<>();
  private long requests;
  private @Nullable Listener listener;

  Machine(String id, Release release, Time time) {
    this.id = id;
    this.release = release;
    this.time = time;
    this.started = time.now();
    plain("Server listening on port 3000");
  }

  /** The part of a failure that the whole requests so far have not yet made. */
  private static final class Owed {
    private double failures;
  }

  /**
   * Returns the machine's identifier, which the header {@code fly-force-instance-id} names.
   *
   * @return the identifier
   */
  public String id() {
    return id;
  }

  /**
   * Returns what the machine runs.
   *
   * @return the release
   */
  public synchronized Release release() {
    return release;
  }

  /**
   * Returns when the present process started.
   *
   * @return the start
   */
  public synchronized Instant started() {
    live();
    return started;
  }

  /**
   * Returns whether the machine runs.
   *
   * @return false once it was stopped
   */
  public synchronized boolean running() {
    return running;
  }

  /** Stops the machine: the front door passes it by. */
  public synchronized void stop() {
    running = false;
    plain("Main child exited normally with code: 143");
  }

  /**
   * Tells a platform what the machine prints and answers, from now on.
   *
   * @param to what is called, under the machine's lock
   */
  public synchronized void listen(Listener to) {
    listener = to;
  }

  /** What a platform sees of a machine from outside. */
  public interface Listener {
    /**
     * The machine has printed a line.
     *
     * @param line the line
     */
    void printed(String line);

    /**
     * The machine has answered requests.
     *
     * @param status the status of each
     * @param seconds how long each took
     * @param count how many, more than zero
     */
    void answered(int status, double seconds, long count);
  }

  /** Starts the machine, or ends its process and begins a new one: all that it counted is gone. */
  public synchronized void restart() {
    running = true;
    begin(time.now());
  }

  /**
   * Puts another release on the machine, which begins a new process.
   *
   * @param next the release
   */
  public void update(Release next) {
    update(next, time.now());
  }

  /**
   * Puts another release on the machine, or the same one, in a new process.
   *
   * @param next the release
   * @param at when the process began
   */
  public synchronized void update(Release next, Instant at) {
    release = next;
    running = true;
    begin(at);
  }

  /**
   * Sends traffic to the application, without the wire: its counters, memory and log grow by it.
   *
   * @param method such as {@code GET}
   * @param route the path, as the application labels it: with its ids
   * @param count how many requests
   */
  public synchronized void serve(String method, String route, long count) {
    live();
    var behaviour = release.behaviour();
    var share = behaviour.failing().getOrDefault(route, 0.0);
    long failed = whole("500 " + route, share, count);
    answered(method, route, 200, count - failed);
    answered(method, route, 500, failed);
    calls(count);
    for (long i = 0; i < Math.min(failed, 1_000); i++) {
      failure(method, route);
    }
  }

  /**
   * Sends requests that the application answers with a client's error, such as 404.
   *
   * @param method such as {@code GET}
   * @param route the path
   * @param status 400 to 499
   * @param count how many requests
   */
  public synchronized void refuse(String method, String route, int status, long count) {
    live();
    answered(method, route, status, count);
  }

  /**
   * Returns what the application has printed, the last 10,000 lines.
   *
   * @return JSON lines, plain ones and stack traces, in the order they came
   */
  public synchronized List<String> log() {
    live();
    return List.copyOf(log);
  }

  /** Serves one request over the wire; returns whether it went well. */
  synchronized boolean page(String method, String route) {
    live();
    long before = failures(method, route);
    serve(method, route, 1);
    return failures(method, route) == before;
  }

  private long failures(String method, String route) {
    var series = "http_requests_total" + labels(method, route) + "status_code=\"500\"}";
    return counters.counts.getOrDefault(series, 0L);
  }

  synchronized String metrics() {
    live();
    var leaked = requests * release.behaviour().leakPerRequest();
    return MetricsText.of(counters, started, time.now(), requests, leaked);
  }

  /** Crashes as often as the time that has passed demands. */
  synchronized void live() {
    var life = release.behaviour().restartsAfter();
    if (life == null || !running) {
      return;
    }
    long lives = Duration.between(started, time.now()).dividedBy(life);
    if (lives > 0) {
      plain("Main child exited normally with code: 1");
      begin(started.plus(life.multipliedBy(lives)));
    }
  }

  private void begin(Instant at) {
    started = at;
    counters = new Counters();
    owed = new HashMap<>();
    requests = 0;
    plain("Server listening on port 3000");
  }

  private long whole(String what, double share, long count) {
    var account = owed.computeIfAbsent(what, w -> new Owed());
    account.failures += share * count;
    // The small surplus keeps twenty twentieths from being a little less than one.
    long whole = (long) Math.floor(account.failures + 1e-9);
    account.failures -= whole;
    return whole;
  }

  private void answered(String method, String route, int status, long count) {
    var labels = labels(method, route);
    var code = labels + "status_code=\"" + status + "\"}";
    double seconds = release.behaviour().responseTime().toNanos() / 1e9;
    counters.add("http_requests_total" + code, count);
    counters.observe("http_request_duration_seconds" + code, HTTP, seconds, count);
    if (status >= 400) {
      var type = status >= 500 ? "server_error" : "client_error";
      counters.add("http_request_errors_total" + labels + "error_type=\"" + type + "\"}", count);
    }
    requests += count;
    if (listener != null && count > 0) {
      listener.answered(status, seconds, count);
    }
  }

  private static String labels(String method, String route) {
    var escaped = route.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return "{method=\"" + method + "\",route=\"" + escaped + "\",";
  }

  /** The calls behind each request: one to the database, one to Shopify. */
  private void calls(long count) {
    var behaviour = release.behaviour();
    double seconds = behaviour.responseTime().toNanos() / 1e9;
    counters.observe(
        "database_query_duration_seconds{operation=\"findMany\",table=\"Order\"}",
        DATABASE,
        seconds / 4,
        count);
    // Throttled or not: HotDash looks at the HTTP status, and Shopify throttles with 200.
    counters.add("shopify_api_calls_total{operation=\"orders\",status=\"success\"}", count);
    counters.observe(
        "shopify_api_duration_seconds{operation=\"orders\"}", SHOPIFY, seconds / 2, count);
    long throttled = whole("THROTTLED", behaviour.throttled(), count);
    for (long i = 0; i < Math.min(throttled, 1_000); i++) {
      json(
          "warn",
          "Shopify query returned errors: THROTTLED",
          "shopify",
          Json.of("durationMs", 310));
    }
  }

  private void failure(String method, String route) {
    var millis = release.behaviour().responseTime().toMillis();
    json("error", "Request failed: " + route, "http", Json.of("durationMs", millis));
    plain("TypeError: Cannot read properties of undefined (reading 'edges')");
    plain("    at loader (file:///app/build/server/index.js:412:31)");
    plain("    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)");
    plain(method + ' ' + route + " 500 - - " + millis + ".4 ms");
  }

  private void json(String level, String message, String module, Object metadata) {
    plain(
        Json.write(
            Json.of(
                "timestamp", time.now().toString(),
                "level", level,
                "message", message,
                "service", APP,
                "module", module,
                "metadata", metadata)));
  }

  private void plain(String line) {
    if (log.size() == MOST_LINES) {
      log.removeFirst();
    }
    log.addLast(line);
    if (listener != null) {
      listener.printed(line);
    }
  }

  @Override
  public String toString() {
    return id + " running " + release.version();
  }
}
