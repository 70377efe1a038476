package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.NOW;
import static com.hotdash.ops.procedure.FleetWorld.ago;
import static com.hotdash.ops.procedure.FleetWorld.machine;
import static com.hotdash.ops.procedure.FleetWorld.release;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.CertificateState;
import com.hotdash.ops.database.ApplicationPool;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.OpenMigrations;
import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.database.SlowStatements;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.Change;
import com.hotdash.ops.logs.LogLine;
import com.hotdash.ops.logs.LogQuery;
import com.hotdash.ops.logs.LogReader;
import com.hotdash.ops.metrics.Buckets;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.platform.AnswerTimes;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineResources;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.PlatformTrouble;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.Resources;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.Traffic;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopBudget;
import com.hotdash.ops.shop.ShopCalls;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopScopes;
import com.hotdash.ops.shop.ShopSubscriptions;
import com.hotdash.ops.shop.ShopTrouble;
import com.hotdash.ops.shop.ShopVersion;
import com.hotdash.ops.shop.Subscription;
import com.hotdash.ops.statuspage.PageStatus;
import com.hotdash.ops.statuspage.StatusPages;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the eight diagnoses look at, configured and healthy; each field can be made worse. What
 * belongs together, such as a machine that fails and the requests that it fails, a scene changes
 * together.
 */
final class WholeWorld {
  static final Estate ESTATE =
      new Estate(
          "production",
          List.of(
              new Estate.Part("platform", "hotdash-production", null),
              new Estate.Part("database", "db.example.com:5432/hotdash", null)));
  static final Subscription ORDERS =
      new Subscription("ORDERS_CREATE", "https://hotdash.example.com/webhooks");

  final List<Machine> machines = new ArrayList<>(List.of(machine("m1"), machine("m2")));
  final List<Release> releases = new ArrayList<>(List.of(release(117, 9_000), release(118, 2_900)));
  final List<SecretDigest> secrets = new ArrayList<>(SecretWorld.secrets(Map.of()));
  final List<MachineResources> resources =
      new ArrayList<>(List.of(MemoryWorld.calm("m1"), MemoryWorld.calm("m2")));
  final List<PlatformTrouble> troubles = new ArrayList<>();
  final List<LogLine> lines = new ArrayList<>();
  final List<Run> inFlight = new ArrayList<>();
  final List<Run> watches =
      new ArrayList<>(List.of(HealthWorld.run("production-monitoring.yml", true, 4)));
  final WholeRun run = new WholeRun();
  final WholeMetrics metrics = new WholeMetrics();
  final SickDatabase database = new SickDatabase();
  final List<SlowStatements.Statement> statements = new ArrayList<>();
  final List<SlowStatements.MissingIndex> missing = new ArrayList<>();
  final List<OpenMigrations.Migration> migrations = new ArrayList<>();
  final Map<String, Reading<PageStatus>> pages = new LinkedHashMap<>();
  double perMinute = 100;
  double errorShare;
  int errorsSince = 10;
  int slowFor = 30;
  @Nullable Instant newestBefore;
  @Nullable Instant allSince;
  boolean logInPart;
  Buckets edge = SlowWorld.times(1_000, 0);
  @Nullable Buckets behind = SlowWorld.times(1_000, 0);
  AppHealth health = HealthWorld.health(HealthWorld.well("m1"), HealthWorld.well("m2"));
  CertificateState certificate = HealthWorld.certificate(60);
  ShopAnswer answer = answer(ShopTrouble.NONE, 120);
  ShopScopes scopes = new ShopScopes(Set.of("read_orders"), Set.of("read_orders"));
  ShopVersion version =
      new ShopVersion("2026-10", "2026-10", "2026-10", Instant.parse("2027-10-16T15:00:00Z"));
  ShopBudget budget = new ShopBudget(2_000, 100, 1_990, 10, 0, false, Duration.ofSeconds(2));
  ShopSubscriptions subscriptions = new ShopSubscriptions(List.of(ORDERS), List.of(ORDERS), true);
  ShopCalls calls = new ShopCalls(Duration.ofMinutes(1), List.of());
  Redactor redactor = Redactor.SHAPES;
  Taint taint = Taint.NONE;
  private final Map<ReadingKey<?>, Why> gaps = new LinkedHashMap<>();

  WholeWorld() {
    // The parts of the fleet are built around another hour than the database's clock begins at.
    database.clock.advance(Duration.between(database.clock.now(), NOW));
    database.sessions.clear();
    for (int pid = 1; pid <= 5; pid++) {
      database.idle(pid, Duration.ofMinutes(2));
    }
    database.pool = new ApplicationPool("web", 10, 5, 1, 0);
    lines.add(
        new LogLine(
            ago(12),
            "m1",
            "ord",
            "app",
            "info",
            "{\"level\":\"info\",\"message\":\"listening\"}",
            null));
    log(1, 30, "info", "order 4711 was synced");
    pages.put("Shopify", WholePages.fine("Shopify"));
    pages.put("Fly.io", WholePages.fine("Fly.io"));
  }

  static List<Procedure> procedures() {
    return List.of(
        new SlowResponseTimesProcedure(SlowResponseTimesThresholds.DEFAULT),
        new HighErrorRateProcedure(ErrorRateThresholds.DEFAULT),
        new DeploymentFailuresProcedure(DeploymentFailuresThresholds.DEFAULT),
        new DatabaseConnectionProcedure(DatabaseThresholds.DEFAULT),
        new ShopApiErrorsProcedure(ShopThresholds.DEFAULT),
        new MemoryCpuIssuesProcedure(MemoryCpuIssuesThresholds.DEFAULT),
        new HealthCheckFailuresProcedure(HealthCheckFailuresThresholds.DEFAULT),
        new SecretRotationIssuesProcedure(SecretRotationIssuesThresholds.DEFAULT));
  }

  /** What may pass comes twice. */
  static ShopAnswer answer(ShopTrouble trouble, int millis) {
    var one = once(trouble, millis);
    return trouble.passing() ? one.after(one) : one;
  }

  static ShopAnswer once(ShopTrouble trouble, int millis) {
    boolean fine = trouble == ShopTrouble.NONE;
    return new ShopAnswer(
        trouble,
        fine ? "" : "it said so",
        fine ? "" : "see to it",
        Duration.ofMillis(millis),
        "1b355a21");
  }

  /** So many lines of one level, a second apart, the last of them now. */
  WholeWorld log(int count, int secondsAgo, String level, String message) {
    for (int i = 0; i < count; i++) {
      lines.add(
          new LogLine(
              NOW.minusSeconds(secondsAgo + (long) i),
              "m" + (1 + i % 2),
              "ord",
              "app",
              level,
              "{\"level\":\"" + level + "\",\"message\":\"" + message + "\"}",
              null));
    }
    return this;
  }

  /** Of the log only the lines of the last minutes could be read. */
  WholeWorld logSince(int minutes) {
    lines.removeIf(each -> each.time() != null && each.time().isBefore(ago(minutes)));
    logInPart = true;
    allSince = ago(minutes);
    return this;
  }

  /** What the platform's proxy writes, so many times, a second apart, the last of them now. */
  WholeWorld proxy(int count, String message) {
    for (int i = 0; i < count; i++) {
      lines.add(new LogLine(NOW.minusSeconds(i), "m1", "ord", "proxy", "error", message, null));
    }
    return this;
  }

  /** What the platform writes when a check of its own changes. */
  WholeWorld check(String machine, int secondsAgo, String became) {
    lines.add(
        new LogLine(
            NOW.minusSeconds(secondsAgo),
            machine,
            "ord",
            "runner",
            became.endsWith("failed") ? "error" : "info",
            "Health check on port 3000 " + became,
            null));
    return this;
  }

  /** One answer in ten is slow wherever it is measured. */
  WholeWorld slow() {
    edge = SlowWorld.times(1_000, 100);
    behind = SlowWorld.times(1_000, 100);
    metrics.slow = 100;
    return this;
  }

  /** The same, and since so many minutes. */
  WholeWorld slow(int minutes) {
    slowFor = minutes;
    return slow();
  }

  /** A share of the answers is 5xx since so many minutes. */
  WholeWorld errors(double share, int minutes) {
    errorShare = share;
    errorsSince = minutes;
    return this;
  }

  /** A release that all machines have, and since when. */
  WholeWorld released(int version, int minutesAgo) {
    releases.add(release(version, minutesAgo));
    machines.replaceAll(
        each -> FleetWorld.started(FleetWorld.image(each, version), minutesAgo - 1));
    run.minutesAgo = minutesAgo + 2;
    return this;
  }

  WholeWorld secret(SecretDigest changed) {
    secrets.replaceAll(each -> each.name().equals(changed.name()) ? changed : each);
    return this;
  }

  WholeWorld machines(Machine... all) {
    machines.clear();
    machines.addAll(List.of(all));
    return this;
  }

  WholeWorld unread(ReadingKey<?> key, Why why) {
    gaps.put(key, why);
    return this;
  }

  List<Diagnosis> diagnoses() {
    var seen = observation();
    return procedures().stream().map(each -> each.diagnose(seen, ESTATE)).toList();
  }

  static TriageReport triage(List<Diagnosis> diagnoses) {
    return Triage.of(diagnoses, ESTATE, NOW, true);
  }

  Observation observation() {
    var into = Observation.at(NOW);
    platform(into);
    database(into);
    application(into);
    put(into, ShopLook.ANSWER, taint.of(answer));
    put(into, ShopLook.SCOPES, scopes);
    put(into, ShopLook.VERSION, version);
    put(into, ShopLook.BUDGET, budget);
    put(into, ShopLook.SUBSCRIPTIONS, subscriptions);
    put(into, ShopLook.CALLS, calls);
    put(into, PipelineLook.LATEST, run.detail(taint));
    put(into, PipelineLook.DEPLOYS, new Runs(List.of(run.run(taint)), null));
    put(into, PipelineLook.IN_FLIGHT, new Runs(inFlight, null));
    put(into, PipelineLook.WATCHES, new Runs(watches, null));
    put(into, StatusPages.PAGES, taint.of(pages));
    return into.build();
  }

  private void platform(Observation.Builder into) {
    put(into, PlatformLook.TRAFFIC, traffic());
    put(into, PlatformLook.ANSWER_TIMES, new AnswerTimes(Duration.ofMinutes(5), edge, behind));
    put(into, PlatformLook.ANSWER_HISTORY, SlowWorld.history(edge, slowFor, NOW));
    put(into, PlatformLook.MACHINES, new Machines(taint.machines(machines)));
    put(into, PlatformLook.RELEASES, taint.releases(releases));
    put(into, PlatformLook.SECRETS, List.copyOf(secrets));
    put(
        into,
        PlatformLook.SETTINGS,
        machines.stream().map(each -> CheckupWorld.setUp(each.id())).toList());
    put(into, PlatformLook.RESOURCES, new Resources(Duration.ofHours(3), resources));
    put(into, PlatformLook.TROUBLES, taint.troubles(troubles));
    if (!gap(into, PlatformLook.LOGS)) {
      var changes = releases.stream().map(each -> new Change(each.label(), each.at())).toList();
      var query =
          new LogQuery(PlatformLook.LOGS.name(), ago(10), NOW, !logInPart, changes)
              .withNewestBefore(newestBefore)
              .withAllSince(allSince);
      var reader = LogReader.builder().redactor(redactor).time(time()).build();
      into.with(PlatformLook.LOGS, reader.read(taint.lines(lines), query).reading());
    }
  }

  private static Time time() {
    return new Time(() -> NOW, () -> 0, wait -> {});
  }

  private void database(Observation.Builder into) {
    try (var look = database.look(database.clock.time().deadline(Duration.ofSeconds(1)))) {
      put(into, DatabaseLook.CONNECTIVITY, taint.connectivity(look.connectivity()));
      put(into, DatabaseLook.CAPACITY, look.capacity());
      put(into, DatabaseLook.SESSIONS, taint.sessions(look.sessions()));
      put(into, DatabaseLook.LOCKS, taint.locks(look.locks()));
      put(into, DatabaseLook.MODE, taint.mode(look.mode()));
      put(into, DatabaseLook.APPLICATION_POOL, look.applicationPool());
    }
    var reached = database.probes.stream().allMatch(each -> each.failed().isEmpty());
    if (reached) {
      put(into, DatabaseLook.OPEN_MIGRATIONS, new OpenMigrations(taint.migrations(migrations)));
      put(
          into,
          DatabaseLook.SLOW_STATEMENTS,
          new SlowStatements(
              Duration.ofSeconds(3), taint.statements(statements), missing, 0, 0, List.of()));
    } else {
      Stream.of(DatabaseLook.OPEN_MIGRATIONS, DatabaseLook.SLOW_STATEMENTS)
          .forEach(key -> gaps.putIfAbsent(key, Why.UNREACHABLE));
      gap(into, DatabaseLook.OPEN_MIGRATIONS);
      gap(into, DatabaseLook.SLOW_STATEMENTS);
    }
  }

  private void application(Observation.Builder into) {
    put(into, AppReader.HEALTH, taint.of(health));
    put(into, AppReader.CERTIFICATE, certificate);
    put(into, AppReader.METRICS, metrics.window());
  }

  /** Good minutes, then as many bad ones as were said. */
  private Traffic traffic() {
    var points = new ArrayList<Traffic.Point>();
    for (int i = 60; i > 0; i--) {
      double errors = i <= errorsSince ? perMinute * errorShare : 0;
      points.add(new Traffic.Point(ago(i - 1), perMinute, errors));
    }
    return new Traffic(Duration.ofMinutes(1), points);
  }

  private <T> void put(Observation.Builder into, ReadingKey<T> key, T value) {
    put(into, key, Reading.of(value, Evidence.of("", "test", NOW)));
  }

  private <T> void put(Observation.Builder into, ReadingKey<T> key, Reading<T> reading) {
    if (!gap(into, key)) {
      // Whatever made it, evidence of this world has its reading as its source.
      into.with(
          key,
          reading instanceof Reading.Read<T> read
              ? Reading.of(read.value(), Evidence.of("", key.name(), NOW))
              : reading);
    }
  }

  private <T> boolean gap(Observation.Builder into, ReadingKey<T> key) {
    var why = gaps.get(key);
    if (why != null && why != Why.NOT_CONFIGURED) {
      var detail = taint.after("it said nothing");
      into.with(key, Reading.unread(new NotChecked(key.name(), why, detail, "ask again")));
    }
    return why != null;
  }
}
