package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.procedure.DatabaseReach.Reachability;
import com.hotdash.ops.procedure.DatabaseReach.TwoDatabases;
import com.hotdash.ops.procedure.DatabaseReach.Writable;
import com.hotdash.ops.procedure.DatabaseSessions.IdleInTransaction;
import com.hotdash.ops.procedure.DatabaseSessions.LockQueue;
import com.hotdash.ops.procedure.DatabaseSessions.LongTransactions;
import com.hotdash.ops.procedure.DatabaseSessions.SchemaChange;
import com.hotdash.ops.procedure.DatabaseSlots.IdleSessions;
import com.hotdash.ops.procedure.DatabaseSlots.OwnLimit;
import com.hotdash.ops.procedure.DatabaseSlots.OwnPool;
import com.hotdash.ops.procedure.DatabaseSlots.Pooler;
import com.hotdash.ops.procedure.DatabaseSlots.ServerSlots;
import com.hotdash.ops.statuspage.StatusPages;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseConnectionProcedureTest {
  private static final Estate ESTATE = new Estate("production", List.of());

  /** What each kind of finding rests on. */
  private static final Map<Class<? extends Finding>, Set<ReadingKey<?>>> RESTS_ON =
      Map.ofEntries(
          Map.entry(Reachability.class, Set.of(DatabaseLook.CONNECTIVITY)),
          Map.entry(TwoDatabases.class, Set.of(DatabaseLook.CONNECTIVITY)),
          Map.entry(Pooler.class, Set.of(DatabaseLook.CONNECTIVITY)),
          Map.entry(ServerSlots.class, Set.of(DatabaseLook.CONNECTIVITY, DatabaseLook.CAPACITY)),
          Map.entry(OwnLimit.class, Set.of(DatabaseLook.CONNECTIVITY, DatabaseLook.CAPACITY)),
          Map.entry(VendorTrouble.class, Set.of(StatusPages.PAGES)),
          Map.entry(OwnPool.class, Set.of(DatabaseLook.APPLICATION_POOL)),
          Map.entry(Writable.class, Set.of(DatabaseLook.MODE)),
          Map.entry(SchemaChange.class, Set.of(DatabaseLook.MODE)),
          Map.entry(
              IdleInTransaction.class,
              Set.of(DatabaseLook.SESSIONS, DatabaseLook.LOCKS, DatabaseLook.MODE)),
          Map.entry(LongTransactions.class, Set.of(DatabaseLook.SESSIONS)),
          Map.entry(IdleSessions.class, Set.of(DatabaseLook.SESSIONS, DatabaseLook.CAPACITY)),
          Map.entry(
              LockQueue.class,
              Set.of(DatabaseLook.SESSIONS, DatabaseLook.LOCKS, DatabaseLook.MODE)));

  private final DatabaseConnectionProcedure procedure =
      new DatabaseConnectionProcedure(DatabaseThresholds.DEFAULT);

  static Stream<Scenario> scenarios() {
    return Scenarios.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void diagnose_scenario_saysWhatAnOperatorWouldSay(Scenario scenario) {
    var diagnosis = diagnose(seen(scenario.database(), null, null));

    assertThat(diagnosis.verdict()).as("verdict").isEqualTo(scenario.verdict());
    assertThat(diagnosis.findings().stream().filter(each -> each.verdict() != Verdict.OK))
        .as("findings")
        .extracting(each -> each.id() + " " + each.verdict() + " " + each.severity())
        .containsExactlyElementsOf(scenario.findings());
    assertThat(diagnosis.recommendations().stream().map(Recommendation::id).findFirst().orElse(""))
        .as("first recommendation")
        .isEqualTo(scenario.first());
    assertThat(diagnosis.next().orElse("")).as("next line").isEqualTo(scenario.next());
    assertThat(diagnosis.contraindications())
        .as("contraindications")
        .extracting(Contraindication::id)
        .containsExactlyElementsOf(scenario.doNot());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void diagnose_anyReadingMissing_isNeverOkAndKeepsWhatRestsOnOthers(Scenario scenario) {
    var database = scenario.database();
    var whole = diagnose(seen(database, null, null));
    for (var key : procedure.needs()) {
      for (var why : Why.values()) {
        var partly = diagnose(seen(database, key, why));

        boolean weak = key == StatusPages.PAGES || key == PlatformLook.LOGS;
        boolean optional = weak || key == DatabaseLook.APPLICATION_POOL;
        if (weak) {
          assertThat(partly.verdict()).as("%s %s", key, why).isEqualTo(whole.verdict());
        }
        if (!optional || why != Why.NOT_CONFIGURED) {
          assertThat(weak || partly.verdict() != Verdict.OK).as("%s %s", key, why).isTrue();
          assertThat(partly.notChecked())
              .as("%s %s", key, why)
              .anyMatch(each -> each.what().equals(key.name()) && each.why() == why);
        }
        assertThat(restingOnOthers(partly, key))
            .as("%s %s", key, why)
            .isEqualTo(restingOnOthers(whole, key));
      }
    }
  }

  @Test
  void idleInTransaction_severalOfOneName_namesWhoseCodeForgetsToCommit() {
    var database = new SickDatabase();
    for (int pid = 11; pid < 14; pid++) {
      database.idleInTransaction(pid, Duration.ofMinutes(9));
    }

    assertThat(
            diagnose(seen(database, null, null))
                .finding(IdleInTransaction.class)
                .orElseThrow()
                .summary())
        .contains("3 of them are " + SickDatabase.WEB + "'s");
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void findings_withoutAProblem_areOfNoSeverity(Scenario scenario) {
    assertThat(diagnose(seen(scenario.database(), null, null)).findings())
        .allSatisfy(
            each ->
                assertThat(each.severity() == Severity.INFO)
                    .isEqualTo(each.verdict() != Verdict.PROBLEM));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void recommendations_neverEndWhatIsProtected(Scenario scenario) {
    var database = scenario.database();

    var spared =
        database.sessions.values().stream()
            .filter(each -> !each.endable())
            .map(each -> "pid " + each.id().pid() + " ")
            .toList();

    assertThat(diagnose(seen(database, null, null)).recommendations())
        .filteredOn(each -> each.kind() == Recommendation.Kind.RESOLUTION)
        .noneMatch(each -> spared.stream().anyMatch(each.what()::contains));
  }

  @Test
  void diagnose_hiddenSessions_areListedAsNotCheckedWithTheRemedy() {
    var sick = new SickDatabase();
    sick.hidden = 4;

    assertThat(diagnose(seen(sick, null, null)).notChecked())
        .anyMatch(
            each ->
                each.what().equals("state of 4 sessions")
                    && each.why() == Why.NOT_PERMITTED
                    && each.remedy().contains("checkAccess()"));
  }

  @Test
  void diagnose_onlyTheDirectAddress_listsTheApplicationsOwnAsNotChecked() {
    var sick = new SickDatabase();
    sick.probes.clear();
    sick.probes.add(SickDatabase.reaching("DIRECT_URL", false));

    assertThat(diagnose(seen(sick, null, null)).notChecked())
        .anyMatch(
            each ->
                each.what().equals("the application's own address")
                    && each.why() == Why.NOT_CONFIGURED
                    && each.remedy().equals("set DATABASE_URL"));
  }

  @Test
  void diagnose_twoDatabases_namesBothAddressesAndWhatAnswersThere() {
    var sick = new SickDatabase();
    sick.probes.add(SickDatabase.reaching("DIRECT_URL", false, "staging since yesterday"));

    assertThat(diagnose(seen(sick, null, null)).finding(TwoDatabases.class))
        .hasValueSatisfying(
            each ->
                assertThat(each.summary())
                    .contains("DATABASE_URL", "hotdash since", "DIRECT_URL", "staging since"));
  }

  @Test
  void diagnose_slotsShortAndIdleInTransaction_freesSlotsBeforeItAsksWhoHoldsThem() {
    var sick = new SickDatabase().idleInTransaction(11, Duration.ofMinutes(7));
    sick.unseen = 95;

    assertThat(diagnose(seen(sick, null, null)).recommendations())
        .extracting(Recommendation::id)
        .startsWith("database.end-sessions", "database.who-holds-slots");
  }

  @Test
  void diagnose_severalRunningBlockers_areOneRecommendation() {
    var sick =
        new SickDatabase()
            .active(11, Duration.ofSeconds(50))
            .active(12, Duration.ofSeconds(40))
            .active(13, Duration.ofSeconds(30));
    var kind = com.hotdash.ops.database.LockForest.Kind.ACTIVE;
    sick.behind(kind, 11, 13).behind(kind, 12, 13);

    assertThat(diagnose(seen(sick, null, null)).recommendations())
        .filteredOn(each -> each.line().endsWith(".endBlockers().plan()"))
        .singleElement()
        .satisfies(each -> assertThat(each.what()).contains("pid 11", "and of 1 more"));
  }

  @Test
  void diagnose_roleWithAnOddName_isQuotedInTheLine() {
    assertThat(Sql.name("hotdash_app")).isEqualTo("hotdash_app");
    assertThat(Sql.name("Hot\"Dash; drop")).isEqualTo("\"Hot\"\"Dash; drop\"");
  }

  private static List<Finding> restingOnOthers(Diagnosis diagnosis, ReadingKey<?> key) {
    return diagnosis.findings().stream()
        .filter(each -> !Objects.requireNonNull(RESTS_ON.get(each.getClass())).contains(key))
        .toList();
  }

  private Diagnosis diagnose(Observation seen) {
    return procedure.diagnose(seen, ESTATE);
  }

  private static Observation seen(
      SickDatabase sick, @Nullable ReadingKey<?> missing, @Nullable Why why) {
    var builder = Observation.at(sick.clock.now());
    if (missing != null && why != null) {
      unread(builder, missing, why);
    }
    try (var look = sick.look(sick.clock.time().deadline(Duration.ofSeconds(1)))) {
      return builder
          .with(DatabaseLook.CONNECTIVITY, look.connectivity())
          .with(DatabaseLook.CAPACITY, look.capacity())
          .with(DatabaseLook.SESSIONS, look.sessions())
          .with(DatabaseLook.LOCKS, look.locks())
          .with(DatabaseLook.MODE, look.mode())
          .with(DatabaseLook.APPLICATION_POOL, look.applicationPool())
          .build();
    }
  }

  /** The first reading of a key counts. */
  private static <T> void unread(Observation.Builder builder, ReadingKey<T> key, Why why) {
    builder.with(
        key, Reading.unread(new NotChecked(key.name(), why, "left out", "let the test read it")));
  }
}
