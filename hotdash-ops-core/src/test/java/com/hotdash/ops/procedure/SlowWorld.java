package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppMetrics;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.app.Instance;
import com.hotdash.ops.app.MachineMetrics;
import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.LockForest;
import com.hotdash.ops.database.OpenMigrations;
import com.hotdash.ops.database.ServerMode;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.SessionId;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.database.SlowStatements;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.LogLine;
import com.hotdash.ops.logs.LogQuery;
import com.hotdash.ops.logs.LogReader;
import com.hotdash.ops.metrics.Buckets;
import com.hotdash.ops.metrics.MetricNames;
import com.hotdash.ops.metrics.MetricsReader;
import com.hotdash.ops.metrics.Scrape;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.AnswerHistory;
import com.hotdash.ops.platform.AnswerTimes;
import com.hotdash.ops.platform.Guest;
import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.MachineExit;
import com.hotdash.ops.platform.MachineResources;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.MachineWake;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.Resources;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopTrouble;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A world in which answers are quick, until something in it is made slow. Fully configured. */
final class SlowWorld {
  static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Guest GUEST = new Guest("shared", 2, 2048);

  final List<Machine> machines = new ArrayList<>();
  final List<Release> releases = new ArrayList<>();
  final List<LogLine> lines = new ArrayList<>();
  final List<Session> sessions = new ArrayList<>();
  final List<MachineResources> resources = new ArrayList<>();
  final List<SlowStatements.Statement> statements = new ArrayList<>();
  final List<SlowStatements.MissingIndex> missing = new ArrayList<>();
  final List<ServerMode.RunningChange> changes = new ArrayList<>();
  final List<OpenMigrations.Migration> migrations = new ArrayList<>();
  LockForest locks = new LockForest(List.of(), List.of(), 0);
  Buckets edge = times(1_000, 0);
  @Nullable Buckets behind = times(1_000, 0);
  Duration statementWindow = Duration.ofSeconds(3);
  Duration shopTook = Duration.ofMillis(80);
  int backends = 10;
  int hiddenSessions;
  int quick = 1_000;
  int slow;
  int slowFor = 30;
  int shopSlow;
  int cacheHits = 95;
  int cacheMisses = 5;
  int cacheHitsBefore;
  double eventLoopLag = 0.01;
  private final Set<ReadingKey<?>> unread = new LinkedHashSet<>();
  private final Set<ReadingKey<?>> notConfigured = new LinkedHashSet<>();

  SlowWorld() {
    for (int i = 1; i <= 2; i++) {
      machine("m" + i, MachineState.STARTED, Duration.ofHours(30));
      resources.add(resource("m" + i, 0.0));
    }
    releases.add(release(62, Duration.ofHours(70)));
    releases.add(release(63, Duration.ofHours(30)));
    lines.add(line(Duration.ofMinutes(20), "{\"level\":\"info\",\"message\":\"listening\"}"));
  }

  /** So many answers, of which so many took between 3 and 5 s. */
  static Buckets times(double all, double slow) {
    var counts = new HashMap<Double, Double>();
    counts.put(0.5, (all - slow) / 2);
    counts.put(1.0, all - slow);
    counts.put(3.0, all - slow);
    counts.put(5.0, all);
    counts.put(Double.POSITIVE_INFINITY, all);
    return Buckets.of(counts);
  }

  /** Good minutes, then as many as were said with the share of slow answers that there are now. */
  static AnswerHistory history(Buckets edge, int slowFor, Instant now) {
    var points = new ArrayList<AnswerHistory.Point>();
    double all = edge.total() / 5;
    for (int i = 60; i > 0; i--) {
      double slow = i <= slowFor ? edge.countAbove(3).lower() / 5 : 0;
      points.add(new AnswerHistory.Point(now.minus(Duration.ofMinutes(i - 1L)), times(all, slow)));
    }
    return new AnswerHistory(Duration.ofMinutes(1), points);
  }

  /** One answer in ten is slow wherever it is measured. */
  SlowWorld slow() {
    edge = times(1_000, 100);
    behind = times(1_000, 100);
    slow = 100;
    return this;
  }

  SlowWorld machine(String id, MachineState state, Duration startedAgo, MachineExit... exits) {
    return machine(id, state, startedAgo, null, exits);
  }

  /** A machine that slept until a request came. */
  SlowWorld woken(String id, Duration ago) {
    return machine(id, MachineState.STARTED, ago, new MachineWake(NOW.minus(ago), null));
  }

  private SlowWorld machine(
      String id,
      MachineState state,
      Duration startedAgo,
      @Nullable MachineWake wake,
      MachineExit... exits) {
    machines.add(
        new Machine(
            id,
            "v",
            "ord",
            "app",
            state,
            state.name(),
            new Image("app:63", "sha256:63"),
            63,
            GUEST,
            false,
            true,
            1,
            List.of(new MachineCheck("http", MachineCheck.Status.PASSING, "", null)),
            List.of(exits),
            NOW.minus(startedAgo),
            wake));
    return this;
  }

  /** A release that all machines have. */
  SlowWorld released(int version, Duration ago) {
    releases.add(release(version, ago));
    machines.replaceAll(
        each ->
            new Machine(
                each.id(),
                each.version(),
                each.region(),
                each.group(),
                each.state(),
                each.stateText(),
                new Image("app:" + version, "sha256:" + version),
                version,
                each.guest(),
                each.cordoned(),
                each.hostReachable(),
                each.checksConfigured(),
                each.checks(),
                each.exits(),
                each.startedAt()));
    return this;
  }

  static MachineResources resource(String id, @Nullable Double throttled) {
    return new MachineResources(id, null, List.of(), 0.1, 0.125, throttled, null, false);
  }

  static Release release(int version, Duration ago) {
    return new Release(
        version,
        Release.Status.COMPLETE,
        "complete",
        new Image("app:" + version, "sha256:" + version),
        NOW.minus(ago),
        "alice",
        "Release");
  }

  static LogLine line(Duration ago, String message) {
    return new LogLine(NOW.minus(ago), "m1", "ord", "app", "info", message, null);
  }

  SlowWorld log(int count, Duration until, String message) {
    for (int i = 0; i < count; i++) {
      lines.add(line(until.plusSeconds(count - i), message));
    }
    return this;
  }

  SlowWorld session(int pid, String state, Duration since, @Nullable String waitEvent) {
    sessions.add(
        new Session(
            new SessionId(pid, NOW.minus(Duration.ofHours(1))),
            "hotdash_app",
            "hotdash",
            "web",
            null,
            state,
            NOW.minus(since),
            NOW.minus(since),
            waitEvent,
            "select * from orders where shop_id = $1",
            null,
            null));
    return this;
  }

  SlowWorld statement(long queryId, long calls, Duration total) {
    statements.add(
        new SlowStatements.Statement(
            queryId,
            "hotdash_app",
            "hotdash",
            "select * from orders where shop_id = $1",
            calls,
            total,
            0.8,
            false));
    return this;
  }

  SlowWorld missingIndex(long queryId, boolean proven) {
    missing.add(
        new SlowStatements.MissingIndex(
            "public",
            "orders",
            List.of("shop_id", "created_at"),
            queryId,
            proven,
            "reads 120,000 rows to keep 40"));
    return this;
  }

  SlowWorld lockedBy(LockForest.Kind kind, int pid, int... waiters) {
    var pids = Arrays.stream(waiters).boxed().toList();
    locks =
        new LockForest(
            List.of(new LockForest.Blocker(kind, pid, "pid " + pid + " web", pids, pids)),
            List.of(),
            waiters.length);
    return this;
  }

  SlowWorld fails(ReadingKey<?> key) {
    unread.add(key);
    return this;
  }

  SlowWorld lacks(ReadingKey<?> key) {
    notConfigured.add(key);
    return this;
  }

  Diagnosis diagnose() {
    return new SlowResponseTimesProcedure(SlowResponseTimesThresholds.DEFAULT)
        .diagnose(observation(), new Estate("production", List.of()));
  }

  Observation observation() {
    var into = Observation.at(NOW);
    put(into, PlatformLook.ANSWER_TIMES, new AnswerTimes(WINDOW, edge, behind));
    put(into, PlatformLook.ANSWER_HISTORY, history(edge, slowFor, NOW));
    put(into, PlatformLook.MACHINES, new Machines(machines));
    put(into, PlatformLook.RELEASES, List.copyOf(releases));
    put(into, PlatformLook.RESOURCES, new Resources(Duration.ofHours(1), resources));
    put(into, AppReader.METRICS, window());
    put(into, DatabaseLook.SESSIONS, new Sessions(sessions, hiddenSessions, NOW));
    put(into, DatabaseLook.LOCKS, locks);
    put(
        into,
        DatabaseLook.MODE,
        new ServerMode("15.19", NOW.minusSeconds(9_000), false, false, changes));
    put(into, DatabaseLook.OPEN_MIGRATIONS, new OpenMigrations(migrations));
    put(into, DatabaseLook.CAPACITY, new Capacity(100, 3, 0, backends, quota("role"), quota("db")));
    put(
        into,
        DatabaseLook.SLOW_STATEMENTS,
        new SlowStatements(statementWindow, statements, missing, 0, 0, List.of()));
    put(into, ShopLook.ANSWER, new ShopAnswer(ShopTrouble.NONE, "", "", shopTook, null));
    if (!gap(into, PlatformLook.LOGS)) {
      var query = new LogQuery("test", NOW.minus(Duration.ofMinutes(10)), NOW, false, List.of());
      into.with(PlatformLook.LOGS, LogReader.builder().build().read(lines, query).reading());
    }
    return into.build();
  }

  private static Capacity.Quota quota(String name) {
    return new Capacity.Quota(name, null, 1);
  }

  private <T> void put(Observation.Builder into, ReadingKey<T> key, T value) {
    if (!gap(into, key)) {
      into.with(key, Reading.of(value, Evidence.of(key.name(), "test", NOW)));
    }
  }

  private <T> boolean gap(Observation.Builder into, ReadingKey<T> key) {
    if (unread.contains(key)) {
      into.with(
          key, Reading.unread(new NotChecked(key.name(), Why.TIMED_OUT, "no answer", "ask again")));
    }
    return unread.contains(key) || notConfigured.contains(key);
  }

  /** What one machine exported, 10 s apart: all of it happened in between. */
  private AppWindow window() {
    return new AppWindow(
        half(metrics(0, 0, 0, cacheHitsBefore, 0), 0),
        half(metrics(quick, slow, shopSlow, cacheHitsBefore + cacheHits, cacheMisses), 10),
        MetricNames.hotdash());
  }

  private static AppMetrics half(String text, int second) {
    var at = NOW.plusSeconds(second - 10L);
    var body = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    var read = MetricsReader.standard().read(body, "text/plain; version=0.0.4", "m1", at);
    return new AppMetrics(
        List.of(
            new MachineMetrics(
                new Instance("m1", Map.of("pin", "m1"), null, null),
                read.map(each -> new Scrape("m1", each, at, second * 1_000_000_000L)))),
        null,
        at);
  }

  private String metrics(int quick, int slow, int shopSlow, int hits, int misses) {
    return """
        # TYPE process_start_time_seconds gauge
        process_start_time_seconds 1700000000
        # TYPE nodejs_eventloop_lag_p99_seconds gauge
        nodejs_eventloop_lag_p99_seconds %s
        # TYPE http_request_duration_seconds histogram
        http_request_duration_seconds_bucket{route="/app/orders",le="1"} %d
        http_request_duration_seconds_bucket{route="/app/orders",le="3"} %d
        http_request_duration_seconds_bucket{route="/app/orders",le="5"} %d
        http_request_duration_seconds_bucket{route="/app/orders",le="+Inf"} %d
        # TYPE cache_hits_total counter
        cache_hits_total{cache_name="tiles"} %d
        # TYPE cache_misses_total counter
        cache_misses_total{cache_name="tiles"} %d
        # TYPE shopify_api_calls_total counter
        shopify_api_calls_total{operation="orders",status="success"} %d
        # TYPE shopify_api_duration_seconds histogram
        shopify_api_duration_seconds_bucket{operation="orders",le="3"} 0
        shopify_api_duration_seconds_bucket{operation="orders",le="5"} %d
        shopify_api_duration_seconds_bucket{operation="orders",le="+Inf"} %d
        """
        .formatted(
            eventLoopLag,
            quick,
            quick,
            quick + slow,
            quick + slow,
            hits,
            misses,
            shopSlow,
            shopSlow,
            shopSlow);
  }
}
