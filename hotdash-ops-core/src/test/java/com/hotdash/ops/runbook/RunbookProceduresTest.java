package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.database.LockForest.Kind;
import com.hotdash.ops.database.ServerMode.RunningChange;
import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.KillSwitch;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.PlanException;
import com.hotdash.ops.resolution.Policy;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunbookProceduresTest {
  @TempDir Path directory;
  private final SickDatabase sick = new SickDatabase();
  private final Thread thread = Thread.currentThread();
  private final ClassLoader before = thread.getContextClassLoader();
  private final OtherJar jar;

  RunbookProceduresTest(@TempDir Path classes) throws IOException {
    jar = OtherJar.in(classes);
    thread.setContextClassLoader(jar);
  }

  @AfterEach
  void close() throws IOException {
    thread.setContextClassLoader(before);
    jar.close();
  }

  @Test
  void toString_namesEveryQuestionAndChange() {
    try (var runbook = RunbookProcedures.builder().build()) {
      assertThat(runbook.toString())
          .contains("databaseConnectionIssues()", "highErrorRate()", "app()", "statusPages()")
          .contains("pipeline()", "checkAccess()");
    }
  }

  @Test
  void plan_recommendedRemedy_isThePlanThatItsLineMakes() {
    try (var runbook = RunbookProcedures.builder().database(sick).build()) {
      var advice = Recommendation.advice("a", "call the vendor", "it is theirs", "");
      var remedy = Remedy.of(Incident.DATABASE_CONNECTION_ISSUES, "endIdle", "web");
      var cure = Recommendation.resolution("b", "end idle sessions", "they hold slots", remedy);
      var diagnosis = recommending(runbook, advice, cure);

      assertThat(runbook.plan(diagnosis).proposal())
          .isEqualTo(runbook.databaseConnectionIssues().endIdle("web").plan().proposal());
    }
  }

  @Test
  void plan_aPersonMustAct_namesTheLineThatThePersonTypes() {
    try (var runbook = RunbookProcedures.builder().database(sick).build()) {
      var advice = Recommendation.advice("a", "watch the run", "it is slow", "gh run watch 7");
      var diagnosis = recommending(runbook, advice);

      assertThatThrownBy(() -> runbook.plan(diagnosis))
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("runbook plan for database-connection-issues: nothing to plan")
          .hasMessageEndingWith("Next: watch the run: gh run watch 7");
    }
  }

  @Test
  void plan_notConfigured_namesTheVariable() {
    try (var runbook = RunbookProcedures.builder().build()) {
      var diagnosis = recommending(runbook);

      assertThatThrownBy(() -> runbook.plan(diagnosis))
          .isInstanceOf(PlanException.class)
          .hasMessageContaining("R4 is UNKNOWN")
          .hasMessageContaining("Next: set DATABASE_URL");
    }
  }

  private static Diagnosis recommending(RunbookProcedures runbook, Recommendation... given) {
    var seen = runbook.databaseConnectionIssues().diagnose();
    return new Diagnosis(
        seen.incident(),
        seen.estate(),
        seen.at(),
        seen.verdict(),
        seen.findings(),
        seen.notChecked(),
        List.of(given),
        seen.contraindications());
  }

  @Test
  void redactor_builtByHand_knowsTheSecretsOfItsDatabaseAndItsOwn() {
    var database = new SickDatabase();
    database.redactor = Redactor.of(List.of(Secret.of("canary-7421")));

    try (var runbook =
        RunbookProcedures.builder().database(database).secret(Secret.of("canary-own")).build()) {
      assertThat(runbook.redactor().redact("canary-7421 canary-own")).isEqualTo("*** ***");
      assertThat(runbook.as("sam").redactor().redact("canary-7421")).isEqualTo("***");
    }
  }

  @Test
  void diagnose_nothingConfigured_isUnknownAndNamesTheVariable() {
    try (var runbook = RunbookProcedures.builder().build()) {
      var diagnosis = runbook.databaseConnectionIssues().diagnose();

      assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
      assertThat(diagnosis.notChecked())
          .extracting(NotChecked::why)
          .containsOnly(Why.NOT_CONFIGURED);
      assertThat(diagnosis.toString()).contains("UNKNOWN", "set DATABASE_URL");
    }
  }

  @Test
  void resolutions_nothingConfigured_nameTheVariable() {
    try (var runbook = RunbookProcedures.builder().build()) {
      var issues = runbook.databaseConnectionIssues();

      var refused = catchThrowableOfType(ConfigurationException.class, issues::endSessions);

      assertThat(refused.nextStep())
          .hasValueSatisfying(step -> assertThat(step).contains("DATABASE_URL"));
      assertThatThrownBy(issues::cancelQueueHeads).isInstanceOf(ConfigurationException.class);
      assertThatThrownBy(issues::endBlockers).isInstanceOf(ConfigurationException.class);
      assertThatThrownBy(() -> issues.endIdle("web")).isInstanceOf(ConfigurationException.class);
    }
  }

  @Test
  void fromEnvironment_ownSettings_areKept() {
    var file = directory.resolve("j.jsonl");
    var environment =
        Environment.of(
            Map.of(
                "HOTDASH_OPS_ENV",
                " staging ",
                "HOTDASH_OPS_READ_ONLY",
                "yes",
                "HOTDASH_OPS_JOURNAL",
                file.toString(),
                CanaryModule.VARIABLE,
                "canary-7421"));

    try (var runbook = RunbookProcedures.fromEnvironment(environment)) {
      var plan = runbook.databaseConnectionIssues().endSessions().plan();

      assertThat(runbook.estate().environment()).isEqualTo("staging");
      assertThat(plan.objections()).extracting(Objection::name).contains("read-only");
      assertThat(runbook.redactor().redact("canary-7421")).isEqualTo("***");
      assertThat(runbook.estate().parts()).containsExactly(sick.identity());
    }
    assertThat(file).doesNotExist();
    assertThat(environment)
        .hasToString(
            "Environment[HOTDASH_OPS_ENV, HOTDASH_OPS_JOURNAL, HOTDASH_OPS_READ_ONLY, "
                + CanaryModule.VARIABLE
                + "]");
  }

  @Test
  void fromEnvironment_operatorAndJournal_answerForChanges() {
    var file = directory.resolve("j.jsonl");
    var environment =
        Environment.of(
            Map.of("HOTDASH_OPS_OPERATOR", "sam", "HOTDASH_OPS_JOURNAL", file.toString()));
    sick.idleInTransaction(11, Duration.ofMinutes(6));

    try (var runbook =
        RunbookProcedures.builder()
            .environment(environment)
            .time(sick.clock.time())
            .database(sick)
            .build()) {
      runbook.databaseConnectionIssues().endSessions().plan().apply("checkout hangs");
    }

    assertThat(new FileJournal(file).entries().get(0))
        .isInstanceOfSatisfying(
            JournalEntry.Started.class, started -> assertThat(started.who()).isEqualTo("sam"));
  }

  @ParameterizedTest
  @CsvSource({"TRUE,true", "1,true", "on,true", "false,false", "0,false", "no,false", "' ',false"})
  void on_switch_isUnderstood(String value, boolean expected) {
    assertThat(Environment.of(Map.of("HOTDASH_OPS_READ_ONLY", value)).on("HOTDASH_OPS_READ_ONLY"))
        .isEqualTo(expected);
  }

  @Test
  void fromEnvironment_misspeltSwitch_isRefusedAndNotTakenForOff() {
    var environment = Environment.of(Map.of("HOTDASH_OPS_READ_ONLY", "ture"));

    assertThatThrownBy(() -> RunbookProcedures.fromEnvironment(environment))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("set HOTDASH_OPS_READ_ONLY to true or to false");
  }

  @Test
  void settings_listOursAndTheModules() {
    assertThat(RunbookProcedures.settings())
        .extracting(Setting::name)
        .contains("HOTDASH_OPS_ENV", "HOTDASH_OPS_OPERATOR", "HOTDASH_OPS_READ_ONLY")
        .contains("HOTDASH_OPS_JOURNAL", CanaryModule.VARIABLE);
  }

  @Test
  void as_operator_answersForChangesAndClosesNothing() {
    var closed = new ArrayList<String>();
    var journal = new MemoryJournal();
    sick.idleInTransaction(11, Duration.ofMinutes(6));
    try (var runbook = builder(journal).owns(() -> closed.add("client")).build()) {
      var plan = runbook.databaseConnectionIssues().endSessions().plan();
      assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("HOTDASH_OPS_OPERATOR");

      try (var kims = runbook.as("kim")) {
        kims.databaseConnectionIssues().endSessions().plan().apply("why");
      }

      assertThat(closed).isEmpty();
      assertThat(runbook.databaseConnectionIssues().diagnose().verdict()).isEqualTo(Verdict.OK);
    }
    assertThat(closed).containsExactly("client");
    assertThat(((JournalEntry.Started) journal.entries().get(0)).who()).isEqualTo("kim");
  }

  /** A page, a schedule and people look at the same time, on one runbook. */
  @Test
  void triage_manySideBySide_eachSeesWhatOneAloneSees() throws Exception {
    sick.idleInTransaction(11, Duration.ofMinutes(7));
    var people = Executors.newFixedThreadPool(24);
    try (var runbook = builder(new MemoryJournal()).build()) {
      var alone = runbook.triage();
      var looks = new ArrayList<Future<TriageReport>>();
      for (int i = 0; i < 24; i++) {
        looks.add(people.submit(() -> runbook.triage()));
      }
      for (var look : looks) {
        assertThat(look.get().notChecked()).hasSameSizeAs(alone.notChecked());
        assertThat(look.get().ranked())
            .extracting(each -> each.diagnosis().verdict())
            .isEqualTo(alone.ranked().stream().map(each -> each.diagnosis().verdict()).toList());
      }
    } finally {
      people.shutdownNow();
    }
  }

  @Test
  void diagnose_closed_isAnErrorOfTheCallerAndNoVerdict() {
    var runbook = RunbookProcedures.builder().build();
    var other = runbook.as("kim");
    runbook.close();

    for (var closed : List.of(runbook, other)) {
      assertThatThrownBy(() -> closed.databaseConnectionIssues().diagnose())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("this runbook is closed");
      assertThatThrownBy(closed::triage).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(closed::capture).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void close_twiceAndOneThrows_closesEachOnce() {
    var closed = new ArrayList<String>();
    var runbook =
        RunbookProcedures.builder()
            .owns(() -> closed.add("first"))
            .owns(
                () -> {
                  closed.add("second");
                  throw new IllegalStateException("cannot close");
                })
            .owns(() -> closed.add("third"))
            .build();

    runbook.close();
    runbook.close();

    assertThat(closed).containsExactly("first", "second", "third");
  }

  @Test
  void pending_stoppedExecution_canBeResumedByAnother() {
    sick.idleInTransaction(11, Duration.ofMinutes(7)).idleInTransaction(12, Duration.ofMinutes(6));
    var journal = new MemoryJournal();
    stopAfterTheFirst(journal);

    try (var runbook = builder(journal).operator("kim").build()) {
      var pending = runbook.pending();
      assertThat(pending).hasSize(1);
      var target = pending.get(0).started().proposal().target();
      assertThat(runbook.history(target, Instant.EPOCH)).hasSize(1);

      var execution = runbook.resume(pending.get(0).id(), "drill is over");

      assertThat(execution.done()).isEqualTo(2);
      assertThat(sick.acts).containsExactly("terminate 11", "terminate 12");
      assertThat(runbook.pending()).isEmpty();
    }
  }

  @Test
  void giveUp_stoppedExecution_isOverAndChangesNothing() {
    sick.idleInTransaction(11, Duration.ofMinutes(7)).idleInTransaction(12, Duration.ofMinutes(6));
    var journal = new MemoryJournal();
    stopAfterTheFirst(journal);

    try (var runbook = builder(journal).operator("kim").build()) {
      var id = runbook.pending().get(0).id();
      runbook.giveUp(id, "cured already");

      assertThat(runbook.pending()).isEmpty();
      assertThat(sick.acts).containsExactly("terminate 11");
      assertThatThrownBy(() -> runbook.resume(id, "again")).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void checkAccess_oneCheckBreaks_tellsTheOthersAndNoSecret() {
    var builder =
        builder(new MemoryJournal())
            .secret(Secret.of("canary-7421"))
            .accessCheck(
                () -> {
                  throw new IllegalStateException("canary-7421 is not a URL");
                })
            .accessCheck(
                () ->
                    List.of(
                        new AccessCheck(
                            "DATABASE_URL",
                            List.of("login as hotdash"),
                            List.of("see other roles' sessions"),
                            List.of("grant pg_monitor to hotdash;"))));

    try (var runbook = builder.build()) {
      var report = runbook.checkAccess();

      assertThat(report.complete()).isFalse();
      assertThat(report.toString())
          .contains("production", "login as hotdash", "MISSING", "grant pg_monitor to hotdash;")
          .contains("IllegalStateException", "***")
          .doesNotContain("canary");
    }
  }

  @Test
  void checkAccess_tellsWhatIsNotConfiguredAndWhatWouldChangeThat() {
    try (var runbook = builder(new MemoryJournal()).operator("sam").build()) {
      var report = runbook.checkAccess();

      assertThat(report.notConfigured())
          .extracting(NotChecked::what)
          .contains("the platform", "the shop")
          .doesNotContain("the database")
          .noneMatch(what -> what.startsWith("who answers"));
      assertThat(report.toString())
          .contains("Not configured", "- the platform: set FLY_APP and FLY_API_TOKEN")
          .doesNotContain("set DATABASE_URL");
    }
    try (var runbook = RunbookProcedures.builder().build()) {
      assertThat(runbook.checkAccess().toString())
          .contains("- the database: set DATABASE_URL", "refused: set HOTDASH_OPS_OPERATOR");
    }
  }

  @Test
  void checkAccess_journalThatCannotBeWritten_isMissing(@TempDir Path directory) {
    var variables = Environment.of(Map.of("HOTDASH_OPS_JOURNAL", directory.toString()));

    try (var runbook = RunbookProcedures.fromEnvironment(variables)) {
      assertThat(runbook.checkAccess().verdict()).isEqualTo(Verdict.PROBLEM);
      assertThat(runbook.checkAccess().toString())
          .contains("[MISSING] write it; no change can be made", "HOTDASH_OPS_JOURNAL");
    }
  }

  @Test
  void checkAccess_nothingConfigured_isNotComplete() {
    try (var runbook = RunbookProcedures.builder().build()) {
      assertThat(runbook.checkAccess().complete()).isFalse();
      assertThat(runbook.checkAccess().toString()).contains("UNKNOWN", "--help");
    }
  }

  @Test
  void diagnose_firstScreen_holdsEstateVerdictNextLineAndGaps() {
    sick.idleInTransaction(11, Duration.ofSeconds(20)).active(12, Duration.ofSeconds(9));
    sick.active(13, Duration.ofSeconds(8)).behind(Kind.IDLE_IN_TRANSACTION, 11, 12, 13);
    sick.changes.add(new RunningChange(12, "ALTER TABLE orders", true));
    sick.hidden = 2;

    try (var runbook = builder(new MemoryJournal()).build()) {
      var text = runbook.databaseConnectionIssues().diagnose().toString();

      assertThat(text.lines().limit(24).collect(Collectors.joining("\n")))
          .isEqualTo(
              """
                  ══ Database connection issues ══════════════════════════════════════════════════════════════════════
                  Estate  production · database db.example.com:5432/hotdash

                  [PROBLEM] 1 session idle in transaction, the oldest for 20 s, 1 session waits for that; 2 sessions
                            could not be judged

                  Next         ops.databaseConnectionIssues().endSessions().plan()
                  Not checked  application's connection pool; state of 2 sessions

                  ── Findings ────────────────────────────────────────────────────────────────────────────────────────
                  [PROBLEM] critical: 1 session idle in transaction, the oldest for 20 s, 1 session waits for that; 2
                            sessions could not be judged
                  [PROBLEM] critical: 2 sessions wait for locks, the longest for 8 s, 2 of them behind pid 11 hotdash
                            (hotdash-web) (idle in transaction)
                  [PROBLEM] warning: a schema change waits: ALTER TABLE orders (pid 12)
                  [UNKNOWN] no transaction is open for long; 2 sessions could not be judged

                  - OK: DATABASE_URL answers a query in 15 ms (resolve 2, tcp 3, login 9, query 1)
                  - OK: 10 connections on 100 usable slots, 90 free (max_connections 103 less 3 reserved)
                  - OK: the pooler let us through
                  - OK: version 15.19 accepts writes
                  - OK: hotdash-web holds 5 idle sessions of 100 usable slots, the oldest idle for 120 s: that is how
                    a warm pool looks
                  """);
    }
  }

  private void stopAfterTheFirst(Journal journal) {
    KillSwitch drill = () -> sick.acts.isEmpty() ? Optional.empty() : Optional.of("drill");
    var policy = Policy.DEFAULT.withKillSwitch(drill);
    try (var runbook = builder(journal).operator("sam").policy(policy).build()) {
      // The switch is looked at before the plan is applied and before each step.
      assertThat(runbook.databaseConnectionIssues().endSessions().plan().apply("why").stopped())
          .isPresent();
    }
  }

  private RunbookBuilder builder(Journal journal) {
    return RunbookProcedures.builder()
        .time(sick.clock.time())
        .environmentName("production")
        .journal(journal)
        .database(sick);
  }
}
