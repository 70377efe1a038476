package com.hotdash.ops.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.EndSessions;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.LimitIdleTransactions;
import com.hotdash.ops.database.SessionChoice;
import com.hotdash.ops.database.SessionId;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.procedure.DatabaseReach;
import com.hotdash.ops.procedure.DatabaseReach.Reachability;
import com.hotdash.ops.procedure.DatabaseReach.Writable;
import com.hotdash.ops.procedure.DatabaseSessions;
import com.hotdash.ops.procedure.DatabaseSessions.LockQueue;
import com.hotdash.ops.procedure.DatabaseSessions.SchemaChange;
import com.hotdash.ops.procedure.DatabaseSlots.IdleSessions;
import com.hotdash.ops.procedure.DatabaseSlots.OwnLimit;
import com.hotdash.ops.procedure.DatabaseSlots.ServerSlots;
import com.hotdash.ops.procedure.DatabaseThresholds;
import com.hotdash.ops.resolution.StalePlanException;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.StepResult;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.postgres.BadPeer;
import com.hotdash.ops.testkit.postgres.ConnectionLimit;
import com.hotdash.ops.testkit.postgres.HealthyPool;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.IdleFlood;
import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import com.hotdash.ops.testkit.postgres.LockPileUp;
import com.hotdash.ops.testkit.postgres.PgRole;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.testkit.postgres.ReadOnlyServer;
import com.hotdash.ops.testkit.postgres.RunningIndexBuild;
import com.hotdash.ops.testkit.postgres.SlotExhaustion;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fourth incident on a real server, from fault to cure, as a user goes through it. */
class DatabaseIncidentIT {
  // An outage of seconds stands for one of minutes, through the public thresholds.
  private static final DatabaseThresholds IMPATIENT =
      DatabaseThresholds.DEFAULT
          .withIdleInTransaction(Duration.ofMillis(500))
          .withLockWait(Duration.ZERO);

  private static PgServer server;
  private static Hotdash hotdash;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void startServer() {
    server =
        PgServer.builder()
            .setting("max_connections", "40")
            .setting("reserved_connections", "2")
            .start();
    hotdash = server.createHotdash();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (var each : open) {
      each.close();
    }
  }

  @Test
  void diagnose_healthyAndFullyReadable_isOk() {
    hold(HealthyPool.start(hotdash.app(), "hotdash-web", 4, Duration.ofMillis(50)));

    var diagnosis = diagnose(hotdash.ops());

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.OK);
    assertThat(diagnosis.recommendations()).isEmpty();
    assertThat(diagnosis.toString())
        .contains("OK", "127.0.0.1:" + server.port(), "application's connection pool");
  }

  @Test
  void diagnose_roleSeesOnlyItself_isNeverOkAndSaysWhatToGrant() {
    hold(HealthyPool.start(hotdash.app(), "hotdash-web", 4, Duration.ofMillis(50)));

    var diagnosis = diagnose(hotdash.plain());

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(diagnosis.notChecked()).isNotEmpty();
  }

  @Test
  void endSessions_idleTransactionHoldsUpOthers_curesAndSparesTheHealthyPool() {
    var pool = hold(HealthyPool.start(hotdash.app(), "hotdash-web", 4, Duration.ofMillis(50)));
    var fault = hold(IdleInTransaction.start(hotdash.app(), 5));

    var diagnosis = diagnose(hotdash.ops());

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(problem(diagnosis, DatabaseSessions.IdleInTransaction.class).blocking())
        .isEqualTo(5);
    assertThat(problem(diagnosis, LockQueue.class).forest().roots().get(0).pid())
        .isEqualTo(fault.holderPid());
    assertThat(diagnosis.recommendations().get(0).line())
        .isEqualTo("ops.databaseConnectionIssues().endSessions().plan()");

    var plan = runbook(hotdash.ops()).databaseConnectionIssues().endSessions().plan();
    assertThat(plan.steps()).hasSize(1);
    var execution = plan.apply("checkout is down");

    assertThat(execution.results().get(0).done()).isTrue();
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
    assertThat(pool.errors()).isZero();
    assertThat(fault.awaitWaiters(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void endSessions_roleSeesAndMayNotEnd_isAProblemAndSaysWhyNothingCanBeEnded() {
    var watcher =
        hotdash
            .database()
            .createRole("hotdash_watch", Secret.of("canary-watch-7421"), "pg_monitor");
    var fault = hold(IdleInTransaction.start(hotdash.app(), 0));
    awaitIdleInTransaction(1);

    var diagnosis = diagnose(watcher);

    assertThat(problem(diagnosis, DatabaseSessions.IdleInTransaction.class).sessions())
        .extracting(each -> each.id().pid())
        .containsExactly(fault.holderPid());
    assertThat(diagnosis.next()).contains("ops.checkAccess()");
    var plan = runbook(watcher).databaseConnectionIssues().endSessions().plan();
    assertThat(plan.steps()).isEmpty();
    assertThat(plan.toString())
        .contains("Out of reach: pid " + fault.holderPid() + ", our role may not signal it.");
  }

  @Test
  void endSessions_addressesLeadToDifferentDatabases_isAProblemAndRefused() {
    hotdash.server().sql("create database elsewhere");
    hold(IdleInTransaction.start(hotdash.app(), 1));
    var pg =
        hold(
            PgDiagnostics.builder()
                .directUrl(Secret.of(hotdash.ops().url()))
                .databaseUrl(
                    Secret.of(server.urlFor("hotdash_ops", hotdash.ops().password(), "elsewhere")))
                .build());
    var issues = runbook(pg).databaseConnectionIssues();

    var diagnosis = issues.diagnose();

    assertThat(problem(diagnosis, DatabaseReach.TwoDatabases.class).summary())
        .contains("DIRECT_URL", "DATABASE_URL", "elsewhere since ", "hotdash since ");
    assertThat(diagnosis.recommendations().get(0).id()).isEqualTo("database.two-databases");
    var plan = issues.endSessions().plan();
    assertThat(plan.steps()).isNotEmpty();
    assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("two-databases");
  }

  @Test
  void diagnose_bothAddressesLeadToTheSameDatabase_isOk() {
    var pg =
        hold(
            PgDiagnostics.builder()
                .directUrl(Secret.of(hotdash.ops().url()))
                .databaseUrl(Secret.of(hotdash.app().url()))
                .build());

    var diagnosis = runbook(pg).databaseConnectionIssues().diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.OK);
  }

  @Test
  void diagnose_onlyTheDirectAddress_isNeverOk() {
    var pg = hold(PgDiagnostics.builder().directUrl(Secret.of(hotdash.ops().url())).build());

    var diagnosis = runbook(pg).databaseConnectionIssues().diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.UNKNOWN);
    assertThat(diagnosis.notChecked())
        .anyMatch(each -> each.what().equals("the application's own address"));
  }

  @Test
  void endSession_itRunsAStatement_isCuredOnceThatIsOver() {
    var fault = hold(LockPileUp.start(hotdash.app(), 1));
    var issues = runbook(hotdash.ops()).databaseConnectionIssues();
    SessionId alter;
    try (var look = lookAs(hotdash.ops())) {
      alter = look.sessions().toOptional().orElseThrow().byPid(fault.alterPid()).orElseThrow().id();
    }

    var execution = issues.endSession(alter).plan().apply("runaway");

    assertThat(execution.results().get(0).done()).isTrue();
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
  }

  @Test
  void redactor_builtByHand_knowsTheDatabasesPassword() {
    var password = hotdash.ops().password().reveal();

    assertThat(runbook(hotdash.ops()).redactor().redact("it is " + password))
        .isEqualTo("it is ***");
  }

  @Test
  void endSessions_passwordIsTheRolesName_isPlannedAndApplied() {
    var careless =
        hotdash
            .database()
            .createRole("careless", Secret.of("careless"), "pg_monitor", "pg_signal_backend");
    hold(IdleInTransaction.start(hotdash.app(), 1));
    awaitIdleInTransaction(1);

    var plan = runbook(careless).databaseConnectionIssues().endSessions().plan();

    assertThat(plan.apply("checkout is down").done()).isEqualTo(1);
  }

  @Test
  void endSessions_leakedTransactionsFillTheServer_curesInTwoRounds() {
    var fault = hold(SlotExhaustion.leaked(hotdash.app()));
    awaitIdleInTransaction(fault.pids().size());
    assertThat(fault.refusalSqlState()).isEqualTo("53300");

    var diagnosis = diagnose(hotdash.ops());

    assertThat(problem(diagnosis, ServerSlots.class).summary()).contains("0 free");
    assertThat(problem(diagnosis, DatabaseSessions.IdleInTransaction.class).sessions())
        .hasSize(fault.pids().size());
    assertThat(diagnosis.contraindications())
        .anyMatch(not -> not.id().equals("database.pool-size-up"));
    var issues = runbook(hotdash.ops()).databaseConnectionIssues();
    var first = issues.endSessions().plan();
    assertThat(first.steps()).hasSize(SessionChoice.MOST);
    assertThat(first.toString()).contains("more sessions match");
    var firstRound = first.apply("all slots gone");
    assertThat(firstRound.done()).isEqualTo(SessionChoice.MOST);
    assertThat(firstRound.verify().result()).isEqualTo(Result.NOT_CURED);

    var second = issues.endSessions().plan().apply("the rest");

    assertThat(second.verify().result()).isEqualTo(Result.CURED);
    assertThat(issues.diagnose().finding(ServerSlots.class).map(Finding::verdict))
        .contains(Verdict.OK);
  }

  @Test
  void diagnose_serverFullAndNoSlotForUs_isProblemByTheRefusalAlone() {
    hold(SlotExhaustion.leaked(hotdash.app()));

    var diagnosis = diagnose(hotdash.app());

    assertThat(problem(diagnosis, ServerSlots.class).refusal()).isNotNull();
    assertThat(problem(diagnosis, Reachability.class).failure().orElseThrow().kind().layer())
        .isEqualTo(FailureKind.Layer.SERVER_SLOTS);
    assertThat(diagnosis.notChecked()).hasSizeGreaterThan(3);
  }

  @Test
  void cancelQueueHeads_alterWaitsBeforeReaders_freesThemAndEndsNobody() {
    var fault = hold(LockPileUp.start(hotdash.app(), 4));

    var diagnosis = diagnose(hotdash.ops());

    assertThat(problem(diagnosis, LockQueue.class).forest().softBlockers().get(0).pid())
        .isEqualTo(fault.alterPid());
    assertThat(problem(diagnosis, SchemaChange.class).changes()).isNotEmpty();
    assertThat(diagnosis.next())
        .contains("ops.databaseConnectionIssues().cancelQueueHeads().plan()");
    var plan = runbook(hotdash.ops()).databaseConnectionIssues().cancelQueueHeads().plan();
    assertThat(plan.steps()).hasSize(1);
    assertThat(plan.steps().get(0).kind()).isEqualTo("statement.cancel");

    var execution = plan.apply("readers pile up");

    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
    assertThat(
            server
                .database("hotdash")
                .number(
                    "select count(*) from pg_stat_activity where pid in (%d, %d)"
                        .formatted(fault.alterPid(), fault.holderPid())))
        .isEqualTo(2);
  }

  @Test
  void diagnose_roleAtItsLimit_isToldApartFromAFullServer() {
    hold(ConnectionLimit.ofRole(hotdash.plain(), 1));
    hold(IdleFlood.start(hotdash.plain(), "hotdash-job", 1));

    var diagnosis = diagnose(hotdash.plain());

    assertThat(requireNonNull(problem(diagnosis, OwnLimit.class).refusal()).kind())
        .isEqualTo(FailureKind.ROLE_LIMIT);
    assertThat(diagnosis.finding(ServerSlots.class).map(Finding::verdict))
        .isNotEqualTo(java.util.Optional.of(Verdict.PROBLEM));
  }

  @Test
  void diagnose_idleFloodBesideHealthyPools_onlyLeakedSessionsAreProposedAndEnded() {
    var pools =
        List.of(
            hold(HealthyPool.start(hotdash.app(), "hotdash-web", 3, Duration.ofMillis(50))),
            hold(HealthyPool.start(hotdash.app(), "hotdash-jobs", 2, Duration.ofMillis(300))));
    var flood = hold(IdleFlood.start(hotdash.app(), "leaky-job", 25));
    var leaked = flood.pids().stream().map(String::valueOf).toList();

    var diagnosis = diagnose(hotdash.ops());

    assertThat(problem(diagnosis, IdleSessions.class).application()).isEqualTo("leaky-job");
    var issues = runbook(hotdash.ops()).databaseConnectionIssues();
    // By itself the runbook ends no session that is idle outside a transaction.
    assertThat(issues.endSessions().plan().steps()).isEmpty();
    int ended = 0;
    for (int round = 0; round < 3; round++) {
      var plan =
          issues
              .endSessions(SessionChoice.idle(Duration.ZERO).ofApplication("leaky-job").atMost(10))
              .plan();
      assertThat(plan.steps())
          .extracting(step -> step.target().id().replaceFirst("\\D.*", ""))
          .isNotEmpty()
          .isSubsetOf(leaked);
      ended += plan.apply("slots").done();
    }
    assertThat(ended).isEqualTo(leaked.size());
    assertThat(pools).allSatisfy(pool -> assertThat(pool.errors()).isZero());
    assertThat(pools).allSatisfy(pool -> assertThat(pool.uses()).isPositive());
  }

  @Test
  void diagnose_readOnlyServer_isProblemAndWarnsOfRestarting() {
    hold(ReadOnlyServer.start(server));

    var diagnosis = diagnose(hotdash.ops());

    assertThat(problem(diagnosis, Writable.class).mode().readOnly()).isTrue();
    assertThat(diagnosis.contraindications()).anyMatch(not -> not.id().equals("platform.restart"));
  }

  @Test
  void diagnose_indexBuildIsHeldUp_isNamedAndNotToBeKilledBlindly() {
    hold(RunningIndexBuild.start(hotdash.app()));

    var diagnosis = diagnose(hotdash.ops());

    assertThat(diagnosis.finding(SchemaChange.class).orElseThrow().changes())
        .anyMatch(change -> change.what().contains("INDEX"));
    assertThat(diagnosis.contraindications())
        .anyMatch(not -> not.id().equals("platform.roll-back"));
  }

  @Test
  void apply_oneVictimMovedOnSincePlan_sparesItAndReportsIt() {
    var fault = hold(IdleInTransaction.start(hotdash.app(), 2));
    var plan = runbook(hotdash.ops()).databaseConnectionIssues().endSessions().plan();
    fault.close();

    var execution = plan.apply("why");

    assertThat(execution.done()).isZero();
    assertThat(execution.results()).allMatch(DatabaseIncidentIT::moved);
  }

  @Test
  void apply_serverRestartedSincePlan_refusesWithTheFreshPlan() {
    try (var other = PgServer.builder().start()) {
      var estate = other.createHotdash();
      try (var fault = IdleInTransaction.start(estate.app(), 1)) {
        assertThat(fault.pids()).isNotEmpty();
        var plan = runbook(estate.ops()).databaseConnectionIssues().endSessions().plan();
        other.restart();

        var refused = catchThrowableOfType(StalePlanException.class, () -> plan.apply("why"));

        assertThat(refused.difference()).contains("started_at");
        assertThat(refused.fresh().orElseThrow().steps()).isEmpty();
      }
    }
  }

  @Test
  void diagnose_andPlan_writeNothing() {
    hold(IdleInTransaction.start(hotdash.app(), 2));
    hold(ReadOnlyServer.start(server));
    var before = writes();

    var issues = runbook(hotdash.ops()).databaseConnectionIssues();
    issues.diagnose();
    issues.endSessions().plan();
    issues.endBlockers().plan();

    assertThat(writes()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"silent", "closing", "http", "garbage", "trickle"})
  void diagnose_badPeer_isProblemWithACauseAndEndsInTime(String kind) {
    var peer =
        hold(
            switch (kind) {
              case "silent" -> BadPeer.silent();
              case "closing" -> BadPeer.closing();
              case "http" -> BadPeer.http();
              case "garbage" -> BadPeer.garbage();
              default -> BadPeer.trickle();
            });
    var url = "postgres://hotdash:canary-7421@127.0.0.1:" + peer.port() + "/hotdash";
    try (var ops = RunbookProcedures.fromEnvironment(environment(url))) {
      long start = System.nanoTime();

      var diagnosis = ops.databaseConnectionIssues().diagnose(Duration.ofSeconds(3));

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(3250));
      assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.PROBLEM);
      assertThat(problem(diagnosis, Reachability.class).failure().orElseThrow().nextStep())
          .isNotBlank();
      assertThat(diagnosis.toString()).doesNotContain("canary");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://hotdash:canary-7421@127.0.0.1:99999/hotdash",
        "postgres//hotdash:canary-7421@127.0.0.1/hotdash",
        "mysql://hotdash:canary-7421@127.0.0.1/hotdash",
        "canary-7421",
      })
  void diagnose_malformedUrl_isOursAndUnknown(String url) {
    try (var ops = RunbookProcedures.fromEnvironment(environment(url))) {
      var diagnosis = ops.databaseConnectionIssues().diagnose();

      // What was typed wrongly where we stand tells nothing of the database.
      assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(diagnosis.finding(Reachability.class).orElseThrow().failure().orElseThrow().kind())
          .isEqualTo(FailureKind.URL_MALFORMED);
      assertThat(diagnosis.toString()).contains("DATABASE_URL").doesNotContain("canary");
      assertThat(ops.toString() + ops.checkAccess()).doesNotContain("canary");
    }
  }

  @Test
  void diagnose_wrongPassword_triesOnceAndWarnsOfRetrying() {
    var before = server.logCount("password authentication failed");
    var wrong = hotdash.ops().withPassword(Secret.of("canary-7421")).url();
    try (var ops =
        RunbookProcedures.fromEnvironment(
            Environment.of(Map.of("DATABASE_URL", wrong, "DIRECT_URL", wrong)))) {
      var diagnosis = ops.databaseConnectionIssues().diagnose();

      assertThat(problem(diagnosis, Reachability.class).failure().orElseThrow().kind())
          .isEqualTo(FailureKind.PASSWORD_REFUSED);
      assertThat(diagnosis.contraindications())
          .anyMatch(not -> not.id().equals("database.retry-login"));
      assertThat(diagnosis.toString()).doesNotContain("canary");
    }
    assertThat(server.logCount("password authentication failed") - before).isEqualTo(1);
  }

  @Test
  void checkAccess_roleLacksRights_givesTheSqlThatGrantsThem() {
    try (var ops = RunbookProcedures.fromEnvironment(environment(hotdash.plain().url()))) {
      var access = ops.checkAccess();

      assertThat(access.complete()).isFalse();
      assertThat(access.toString()).contains("pg_monitor", "pg_signal_backend");
    }
    try (var ops = RunbookProcedures.fromEnvironment(environment(hotdash.ops().url()))) {
      assertThat(ops.checkAccess().complete()).as(ops.checkAccess().toString()).isTrue();
    }
  }

  private static boolean moved(StepResult result) {
    return result.outcome() != null && result.outcome().status() == Status.MOVED;
  }

  private static Environment environment(String url) {
    return Environment.of(Map.of("DATABASE_URL", url));
  }

  private RunbookProcedures runbook(PgRole role) {
    return runbook(hold(PgDiagnostics.builder().databaseUrl(Secret.of(role.url())).build()));
  }

  private DatabaseLook lookAs(PgRole role) {
    var pg = hold(PgDiagnostics.builder().databaseUrl(Secret.of(role.url())).build());
    return pg.port().look(Time.SYSTEM.deadline(Duration.ofSeconds(5)));
  }

  private RunbookProcedures runbook(PgDiagnostics pg) {
    return hold(
        RunbookProcedures.builder()
            .database(pg.port())
            .databaseThresholds(IMPATIENT)
            .patience(
                new Patience(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofMillis(100)))
            .operator("sam")
            .build());
  }

  private Diagnosis diagnose(PgRole role) {
    var diagnosis = runbook(role).databaseConnectionIssues().diagnose();
    assertThat(diagnosis.recommendations())
        .filteredOn(each -> each.kind() == Recommendation.Kind.RESOLUTION)
        .extracting(Recommendation::id)
        .isSubsetOf(EndSessions.ID, LimitIdleTransactions.ID);
    return diagnosis;
  }

  private static <F extends Finding> F problem(Diagnosis diagnosis, Class<F> type) {
    var finding = diagnosis.finding(type);
    assertThat(finding).as(diagnosis.toString()).isPresent();
    assertThat(finding.get().verdict()).as(diagnosis.toString()).isEqualTo(Verdict.PROBLEM);
    return finding.get();
  }

  private static void awaitIdleInTransaction(int sessions) {
    var age =
        "select count(*) from pg_stat_activity where state = 'idle in transaction'"
            + " and state_change < now() - interval '500 ms'";
    Servers.await(
        "idle transactions that are old enough",
        () -> server.database("hotdash").number(age) >= sessions);
  }

  /** Everything that the server counts as written, in all its databases. */
  private static long writes() {
    var database = server.database("hotdash");
    return database.number("select txid_snapshot_xmax(txid_current_snapshot())");
  }

  private <T extends AutoCloseable> T hold(T resource) {
    open.add(0, resource);
    return resource;
  }

  @ParameterizedTest
  @ValueSource(strings = {"x' or '1'='1", "web%", "web\\", "'; select pg_terminate_backend(1); --"})
  void endSessions_filterHoldsSql_isANameAndNothingElse(String name) {
    var web = hold(IdleFlood.start(hotdash.app(), "web", 2));
    var named = hold(IdleFlood.start(hotdash.app(), name, 1));

    var execution =
        runbook(hotdash.ops())
            .databaseConnectionIssues()
            .endSessions(SessionChoice.idle(Duration.ZERO).ofApplication(name))
            .plan()
            .apply("why");

    assertThat(execution.done()).isEqualTo(1);
    assertThat(named.pids()).hasSize(1);
    assertThat(
            hotdash
                .database()
                .number("select count(*) from pg_stat_activity where application_name = 'web'"))
        .isEqualTo(web.pids().size());
  }
}
