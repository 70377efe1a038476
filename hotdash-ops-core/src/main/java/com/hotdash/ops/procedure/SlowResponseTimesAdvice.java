package com.hotdash.ops.procedure;

import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.database.CreateIndex;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.ServerMode.RunningChange;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.database.SlowStatements;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.diagnosis.NearbyChange.Kind;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.logs.Presence;
import com.hotdash.ops.logs.Signature;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.RollBack;
import com.hotdash.ops.procedure.SlowAnswers.AtEdge;
import com.hotdash.ops.procedure.SlowAnswers.Began;
import com.hotdash.ops.procedure.SlowAnswers.Fleet;
import com.hotdash.ops.procedure.SlowAnswers.InApplication;
import com.hotdash.ops.procedure.SlowAnswers.Where;
import com.hotdash.ops.procedure.SlowCause.Caches;
import com.hotdash.ops.procedure.SlowCause.EdgeAlone;
import com.hotdash.ops.procedure.SlowCause.Operations;
import com.hotdash.ops.procedure.SlowDatabase.Locks;
import com.hotdash.ops.procedure.SlowDatabase.Running;
import com.hotdash.ops.procedure.SlowDatabase.SchemaChanges;
import com.hotdash.ops.procedure.SlowDatabase.Statements;
import com.hotdash.ops.procedure.SlowResponseTimesFinding.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What would make answers quick again, and what must not be done: causes before capacity. */
final class SlowResponseTimesAdvice {
  // From here on a server counts as full, as for the database's own incident.
  private static final double FULL = DatabaseThresholds.DEFAULT.fullAt();
  private static final int MOST_STATEMENTS = 2;
  private static final String VENDOR_FIRST = "slow.vendor-first";

  private final List<SlowResponseTimesFinding> findings;
  private final Observation seen;
  private final SlowScaling scaling;
  private final Suspects suspects;
  private final Optional<NearbyChange> likeliest;

  SlowResponseTimesAdvice(
      List<SlowResponseTimesFinding> findings, Observation seen, List<NearbyChange> changes) {
    this.findings = List.copyOf(findings);
    this.seen = seen;
    this.scaling = new SlowScaling(findings, seen);
    this.suspects = new Suspects(seen, changes);
    this.likeliest = suspects.likeliest();
  }

  List<Recommendation> recommendations() {
    var list = new ArrayList<Recommendation>();
    if (nothingRuns()) {
      list.add(
          Recommendation.advice(
              "slow.no-machine",
              "see first why no machine runs",
              one(Fleet.class).map(Fleet::summary).orElse(""),
              "ops.healthCheckFailures().diagnose()"));
      return list;
    }
    if (where().isEmpty()) {
      tooFew().ifPresent(list::add);
      return list;
    }
    locks().ifPresent(each -> list.addAll(each.queueHeads()));
    locks().ifPresent(each -> list.addAll(each.roots()));
    one(SchemaChanges.class).filter(SlowCause::points).ifPresent(each -> list.add(wait(each)));
    one(Statements.class).filter(SlowCause::points).ifPresent(each -> statements(each, list));
    one(Running.class).filter(SlowCause::points).ifPresent(each -> list.add(running(each)));
    if (at(Place.DATABASE)) {
      list.add(databaseToo());
    }
    if (at(Place.SHOP)) {
      list.add(shop());
    }
    likeliest(Kind.SECRET)
        .filter(each -> !beforeTheApplication())
        .ifPresent(each -> list.add(secret(each)));
    likeliest(Kind.VENDOR)
        .filter(suspects::ofThePlatform)
        .ifPresent(each -> list.add(vendor(each)));
    release()
        .ifPresent(
            each ->
                one(Began.class)
                    .map(began -> back(each).recommendations(List.of(rollBack(began))))
                    .ifPresent(list::addAll));
    list.addAll(scaling.recommendations(at(Place.DATABASE) || at(Place.SHOP)));
    caching().ifPresent(list::add);
    one(Operations.class).ifPresent(each -> list.add(operations(each)));
    suspects
        .vendor()
        .filter(each -> list.stream().noneMatch(it -> it.id().equals(VENDOR_FIRST)))
        .ifPresent(each -> list.add(vendor(each)));
    return list;
  }

  private boolean nothingRuns() {
    return one(Fleet.class).filter(each -> each.machines().running().isEmpty()).isPresent();
  }

  private Optional<Recommendation> tooFew() {
    return one(AtEdge.class)
        .filter(each -> each.verdict() == Verdict.UNKNOWN)
        .map(
            each ->
                Recommendation.advice(
                    "slow.look-again",
                    "use the application yourself for a minute, some hundred requests, then look"
                        + " again",
                    each.summary(),
                    "ops.slowResponseTimes().diagnose()"));
  }

  private Optional<LockAdvice> locks() {
    return one(Locks.class).filter(SlowCause::points).map(each -> lockAdvice(each));
  }

  private LockAdvice lockAdvice(Locks locks) {
    var notEndable =
        seen
            .get(DatabaseLook.SESSIONS)
            .toOptional()
            .map(Sessions::visible)
            .orElse(List.of())
            .stream()
            .filter(each -> !each.endable())
            .collect(Collectors.toMap(each -> each.id().pid(), Function.identity(), (a, b) -> a));
    Map<Integer, String> changes =
        one(SchemaChanges.class).map(SchemaChanges::running).orElse(List.of()).stream()
            .filter(each -> !each.waiting())
            .collect(Collectors.toMap(RunningChange::pid, RunningChange::what, (a, b) -> a));
    return new LockAdvice(
        locks.queue(), Map.<Integer, Session>copyOf(notEndable), changes, Set.of());
  }

  private static Recommendation wait(SchemaChanges changes) {
    return Recommendation.advice(
        "database.wait-for-change",
        "see how far the schema change is, and ask whoever started it",
        changes.summary(),
        changes.running().isEmpty()
            ? "select migration_name, started_at, logs from _prisma_migrations where finished_at is"
                + " null and rolled_back_at is null;"
            : "select pid, command, phase, blocks_done, blocks_total from"
                + " pg_stat_progress_create_index;");
  }

  /** An index that the server's own plan asks for can be built; a guess wants a look first. */
  private static void statements(Statements statements, List<Recommendation> list) {
    for (var each : statements.costly().stream().limit(MOST_STATEMENTS).toList()) {
      var missing =
          statements.found().missing().stream()
              .filter(index -> index.queryId() == each.queryId())
              .toList();
      var proven = missing.stream().filter(SlowStatements.MissingIndex::proven).findFirst();
      if (proven.isPresent()) {
        list.add(
            Recommendation.resolution(
                CreateIndex.ID,
                "build an index on " + named(proven.get()) + ", while the application goes on",
                Statements.told(each) + "; " + proven.get().why(),
                remedy(proven.get())));
      } else {
        list.add(
            Recommendation.advice(
                "database.read-statement",
                "read the plan of the statement that costs most"
                    + missing.stream()
                        .findFirst()
                        .map(index -> "; its text hints at an index on " + named(index))
                        .orElse(""),
                Statements.told(each),
                "select calls, total_exec_time, mean_exec_time, rows, query from"
                    + " pg_stat_statements where queryid = "
                    + each.queryId()
                    + ";"));
      }
    }
  }

  private static String named(SlowStatements.MissingIndex index) {
    return index.table() + " (" + String.join(", ", index.columns()) + ")";
  }

  /** The schema is named: more than one table may have the name. */
  private static Remedy remedy(SlowStatements.MissingIndex index) {
    var names = new ArrayList<String>();
    names.add(index.schema().isEmpty() ? index.table() : index.schema() + "." + index.table());
    names.addAll(index.columns());
    return Remedy.database("createIndex", names.toArray());
  }

  private static Recommendation running(Running running) {
    return Recommendation.advice(
        "database.running-statements",
        "look whether the statements that run for long are meant to",
        running.summary(),
        "select pid, application_name, now() - query_start age, wait_event, query from"
            + " pg_stat_activity where state = 'active' order by query_start limit 20;");
  }

  private Recommendation databaseToo() {
    return Recommendation.advice(
        "slow.database-first",
        "look at the database's connections and locks as a whole",
        whyOf(Place.DATABASE),
        "ops.databaseConnectionIssues().diagnose()");
  }

  private Recommendation shop() {
    return Recommendation.advice(
        "slow.shop-first",
        "look at the shop's interface: its budget of calls and what it answers",
        whyOf(Place.SHOP),
        "ops.shopifyApiErrors().diagnose()");
  }

  private String whyOf(Place place) {
    return where().stream()
        .flatMap(each -> each.lost().stream())
        .filter(each -> each.place() == place)
        .map(Where.Lost::why)
        .findFirst()
        .orElse("");
  }

  private static Recommendation rollBack(Began began) {
    return Recommendation.resolution(
        RollBack.ID,
        "go back to the release before, one machine first",
        began.summary(),
        Remedy.of(Incident.HIGH_ERROR_RATE, "rollBack"));
  }

  /**
   * What is asked for often and takes long is worth keeping; where a cache is, see why it misses.
   */
  private Optional<Recommendation> caching() {
    var cold = one(Caches.class).filter(SlowCause::points);
    var routes =
        one(InApplication.class)
            .filter(each -> each.verdict() == Verdict.PROBLEM)
            .map(each -> each.latency().routes())
            .orElse(List.of());
    if (cold.isEmpty() && routes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Recommendation.advice(
            "slow.caching",
            (cold.isPresent() ? "see why caches miss" : "")
                + (cold.isPresent() && !routes.isEmpty() ? "; " : "")
                + (routes.isEmpty()
                    ? ""
                    : "candidates for a cache: "
                        + Figures.some(routes, each -> Figures.cut(each.route(), 40))),
            cold.map(Caches::summary)
                .orElseGet(() -> one(InApplication.class).map(InApplication::summary).orElse("")),
            ""));
  }

  private static Recommendation operations(Operations operations) {
    return Recommendation.advice(
        "slow.operations",
        "read what " + Figures.cut(operations.operations().get(0).operation(), 60) + " does",
        operations.summary(),
        "");
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<Contraindication>();
    if (where().isEmpty()) {
      return list;
    }
    locks().ifPresent(each -> list.addAll(each.contraindications()));
    pool().ifPresent(list::add);
    one(Statements.class)
        .filter(SlowCause::points)
        .ifPresent(
            each ->
                list.add(
                    new Contraindication(
                        "database.create-index-plain",
                        "CREATE INDEX without CONCURRENTLY",
                        "it locks out all writes to the table until it is built")));
    one(SchemaChanges.class)
        .filter(SlowCause::points)
        .ifPresent(
            each ->
                list.add(
                    new Contraindication(
                        "database.end-maintenance",
                        "end the schema change before knowing how far it is",
                        "its work is lost, and an index build leaves an invalid index behind")));
    if (at(Place.DATABASE) || at(Place.SHOP)) {
      list.add(
          new Contraindication(
              "platform.restart",
              "do not restart machines",
              "what they wait for does not get quicker, and all reconnect at once"));
    }
    list.addAll(scaling.contraindications(at(Place.DATABASE) || at(Place.SHOP)));
    release().ifPresent(each -> list.addAll(back(each).contraindications()));
    if (release().isEmpty() && !cannotTell()) {
      list.add(
          new Contraindication(
              RollBack.ID,
              likeliest.isPresent() || beforeTheApplication()
                  ? "do not roll back"
                  : "do not roll back on suspicion",
              notTheRelease()));
    }
    return list;
  }

  /** Who could not see since when warns of nothing that others saw. */
  private boolean cannotTell() {
    return one(Began.class).isEmpty()
        && seen.get(PlatformLook.ANSWER_HISTORY)
            .obstacle()
            .filter(each -> each.why() != Why.NOT_CONFIGURED)
            .isPresent();
  }

  private String notTheRelease() {
    var since = one(Began.class).map(SlowResponseTimesFinding::summary);
    if (beforeTheApplication()) {
      return one(EdgeAlone.class).map(SlowCause::summary).orElse("")
          + ": older code is not quicker than that";
    }
    if (likeliest(Kind.SECRET).isPresent()) {
      return since.orElse("") + ": older code gets the same secrets";
    }
    if (likeliest(Kind.VENDOR).isPresent()) {
      return since.orElse("") + ": older code meets the same vendor";
    }
    return since.orElse("nobody knows since when")
        + ": older code may not fit the schema, and nothing says that newer code is the cause";
  }

  /** More connections help where the pool is short and the server has room, and nowhere else. */
  private Optional<Contraindication> pool() {
    var full = seen.get(DatabaseLook.CAPACITY).toOptional().filter(SlowResponseTimesAdvice::full);
    boolean refused =
        seen.get(PlatformLook.LOGS)
            .toOptional()
            .map((LogSummary log) -> log.has(Signature.DATABASE_FULL) == Presence.PRESENT)
            .orElse(false);
    if (full.isPresent() || refused) {
      return Optional.of(
          new Contraindication(
              "database.pool-size-up",
              "raise the application's pool size",
              full.map(
                          each ->
                              each.clientBackends()
                                  + " of "
                                  + each.usable()
                                  + " usable slots of the server are taken")
                      .orElse("the server or its pooler refuses connections")
                  + ": more of them make it worse"));
    }
    return locks().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Contraindication(
                "database.pool-size-up",
                "raise the application's pool size",
                "more connections would only wait behind the same locks"));
  }

  private static boolean full(Capacity capacity) {
    return capacity.clientBackends() >= FULL * capacity.usable();
  }

  /**
   * While a dependency holds requests up, code that was released just before is no likely cause.
   */
  private Optional<NearbyChange> release() {
    return likeliest(Kind.RELEASE)
        .filter(each -> PlatformTrace.newImage(seen, each.at()))
        .filter(each -> locks().isEmpty() && !at(Place.SHOP) && !beforeTheApplication())
        .filter(each -> one(SchemaChanges.class).filter(SlowCause::points).isEmpty());
  }

  /** Answers that wait before machines that are quick do not wait for their code. */
  private boolean beforeTheApplication() {
    return one(Began.class).filter(Began::answers).isPresent()
        && one(EdgeAlone.class).filter(SlowCause::points).isPresent();
  }

  private Optional<NearbyChange> likeliest(Kind kind) {
    return likeliest.filter(each -> each.kind() == kind);
  }

  private Recommendation secret(NearbyChange change) {
    return Recommendation.advice(
        "slow.secret-first",
        "see first what the changed secret broke",
        began(change),
        "ops.secretRotationIssues().diagnose()");
  }

  private Recommendation vendor(NearbyChange change) {
    return Recommendation.advice(
        VENDOR_FIRST,
        "ask whether " + change.what() + " concerns us, before anything is changed",
        began(change),
        "");
  }

  private String began(NearbyChange change) {
    return one(Began.class).map(SlowResponseTimesFinding::summary).orElse(change.toString());
  }

  private GoingBack back(NearbyChange release) {
    return new GoingBack(seen, release.at());
  }

  private boolean at(Place place) {
    return where().map(each -> each.at(place)).orElse(false);
  }

  private Optional<Where> where() {
    return one(Where.class);
  }

  private <F> Optional<F> one(Class<F> type) {
    return findings.stream().filter(type::isInstance).map(type::cast).findFirst();
  }
}
