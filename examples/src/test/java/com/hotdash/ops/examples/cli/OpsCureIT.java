package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.KillSwitch;
import com.hotdash.ops.resolution.Policy;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.IdleInTransaction;
import com.hotdash.ops.testkit.postgres.PgServer;
import com.hotdash.ops.testkit.postgres.Waiter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The command line on a database whose sessions wait. Each test has a server of its own: the fault
 * must stand for 5 s before it counts, and they stand side by side.
 */
@Execution(ExecutionMode.CONCURRENT)
class OpsCureIT {
  private static final String WHY = "--because=orders hang";

  private final PgServer server = PgServer.start();
  private final Hotdash hotdash = server.createHotdash();
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void configure(@TempDir Path directory) {
    variables.put("DATABASE_URL", hotdash.ops().url());
    variables.put("HOTDASH_OPS_JOURNAL", directory.resolve("journal.jsonl").toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void diagnose_fault_showsThePlanAndTheLineThatAppliesIt() {
    try (var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      var digest = Ran.problem(variables).at("/plans/0/digest").asText();

      var seen = run("diagnose", "R4");
      var stale = run("diagnose", "R4", "--json", apply("0123456789abcdef"), "--by=sam", WHY);
      variables.put("HOTDASH_OPS_READ_ONLY", "true");
      var forbidden = run("diagnose", "R4", apply(digest), "--by=sam", WHY);

      assertThat(seen.code()).isEqualTo(1);
      assertThat(seen.out()).contains("[PROBLEM]", "Plan " + digest, "pid " + fault.holderPid());
      assertThat(seen.out()).containsPattern("Next +read plan " + digest + " below; the last line");
      assertThat(seen.out().strip().lines())
          .as("the page ends with the best plan's line")
          .last()
          .asString()
          .contains("diagnose database-connection-issues --apply=" + digest + " --by=");
      assertRefused(stale, digest);
      assertThat(forbidden.code()).isEqualTo(1);
      assertThat(forbidden.err()).contains("REFUSED", "read-only");
      assertThat(fault.waiters())
          .as("none of these changed anything")
          .extracting(Waiter::outcome)
          .containsOnly(Waiter.Outcome.WAITING);
    }
  }

  private static void assertRefused(Ran stale, String digest) {
    assertThat(stale.code()).isEqualTo(1);
    assertThat(stale.err()).startsWith("REFUSED: ");
    assertThat(stale.json().path("refused").asText()).contains("0123456789abcdef");
    assertThat(stale.json().at("/plans/0/digest").asText()).isEqualTo(digest);
    assertThat(stale.json().at("/plans/0/apply").asText()).contains(apply(digest));
    assertThat(stale.json().has("execution")).isFalse();
  }

  @Test
  void apply_rightDigest_curesAndTellsAllInOneObject() {
    try (var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      var digest = Ran.problem(variables).at("/plans/0/digest").asText();

      var ran = run("diagnose", "R4", "--json", apply(digest), "--by=sam", WHY, "--hold=400ms");

      assertThat(ran.code()).isZero();
      var json = ran.json();
      assertThat(json.path("schemaVersion").asInt()).isEqualTo(1);
      assertThat(json.at("/diagnosis/verdict").asText()).isEqualTo("PROBLEM");
      assertThat(json.at("/plan/digest").asText()).isEqualTo(digest);
      assertThat(json.at("/execution/done").asInt()).isEqualTo(1);
      assertThat(json.at("/verification/result").asText()).isEqualTo("CURED");
      assertThat(fault.awaitWaiters(Duration.ofSeconds(10))).isTrue();
      assertThat(fault.waiters()).extracting(Waiter::outcome).containsOnly(Waiter.Outcome.FINISHED);
      assertThat(run("pending").code()).isZero();
    }
  }

  /** What no diagnosis need recommend: a line of the runbook, as the library means it. */
  @Test
  void line_planShown_isAppliedByItsDigestOnly() {
    try (var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      Ran.problem(variables);

      var seen = run("line", "r4.r1");
      var last = seen.out().strip().lines().reduce((a, b) -> b).orElseThrow().strip();
      var digest = last.replaceFirst(".*--apply=([0-9a-f]{16}).*", "$1");
      var json = run("line", "R4.R1", "--json").json();
      var wrong = run("line", "R4.R1", apply("0123456789abcdef"), "--by=sam", WHY);

      assertThat(seen.code()).isZero();
      assertThat(last)
          .endsWith("line R4.R1 " + apply(digest) + " --by=\"your name\" --because=\"why\"");
      assertThat(json.path("apply").asText()).isEqualTo(last);
      assertThat(wrong.code()).isEqualTo(1);
      assertThat(wrong.err()).startsWith("REFUSED: ").contains("nothing was changed");
      assertThat(wrong.out()).contains("Plan " + digest, "line R4.R1 " + apply(digest));
      assertThat(fault.waiters()).extracting(Waiter::outcome).containsOnly(Waiter.Outcome.WAITING);

      var ran = run("line", "R4.R1", "--json", apply(digest), "--by=sam", WHY, "--hold=400ms");

      assertThat(ran.code()).as(ran.err()).isZero();
      assertThat(ran.json().at("/answer/line/id").asText()).isEqualTo("R4.R1");
      assertThat(ran.json().at("/plan/digest").asText()).isEqualTo(digest);
      assertThat(ran.json().at("/verification/result").asText()).isEqualTo("CURED");
      assertThat(fault.awaitWaiters(Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void apply_tellsEachStepOnTheWay_andVerifyMeasuresItAgain() {
    try (var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      var digest = Ran.problem(variables).at("/plans/0/digest").asText();

      var ran = run("diagnose", "R4", apply(digest), "--by=sam", WHY, "--hold=400ms");

      var told = ran.err().lines().toList();
      assertThat(told.get(0)).matches("execution \\S+ begins: 1 step");
      var id = told.get(0).split(" ", -1)[1];
      assertThat(told.get(1)).startsWith("step 1 of 1: ").endsWith("…");
      assertThat(told.get(2)).startsWith("step 1 of 1: ").contains("DONE");
      assertThat(told.get(3)).contains(id, "is over");
      assertThat(ran.out()).contains(" undo " + id, " verify " + id);
      assertThat(fault.awaitWaiters(Duration.ofSeconds(10))).isTrue();

      assertThat(run("history").out())
          .containsPattern(id + " +sam +database.end-sessions +1 of 1 +orders hang")
          .contains(" verify " + id, " undo " + id);
      var past = run("history", "--hours=1", "--json").json().at("/executions/0");
      assertThat(past.path("id").asText()).isEqualTo(id);
      assertThat(past.path("over").asBoolean()).isTrue();

      var verified = run("verify", id, "--json", "--hold=400ms");
      var undone = run("undo", id);

      assertThat(verified.code()).isZero();
      assertThat(verified.json().at("/verification/result").asText()).isEqualTo("CURED");
      assertThat(undone.code()).isEqualTo(3);
      assertThat(undone.err()).contains("nothing was made that can be taken back");
      assertThat(run("verify", "none").err()).contains("knows no execution none");
    }
  }

  @Test
  void undo_ofAnotherProcess_showsThePlanAndTakesBackByItsDigest() {
    String id;
    try (var ops =
        RunbookProcedures.builder()
            .environment(Environment.of(variables))
            .operator("kim")
            .build()) {
      var role = hotdash.ops().name();
      var change = ops.database().limitIdleTransactions(role, Duration.ofSeconds(77)).plan();
      id = change.apply("a drill").id();
    }

    var shown = run("undo", id);
    var line = shown.out().strip().lines().reduce((a, b) -> b).orElseThrow();
    var digest = line.replaceFirst(".*--apply=([0-9a-f]{16}).*", "$1");
    var wrong = run("undo", id, apply("0123456789abcdef"), "--by=sam", WHY);
    var undone = run("undo", id, "--json", apply(digest), "--by=sam", WHY, "--hold=400ms");

    assertThat(line).contains(" undo " + id + " --apply=");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).startsWith("REFUSED: ").contains("nothing was changed");
    assertThat(undone.json().at("/execution/done").asInt()).isEqualTo(1);
  }

  /** Somebody asks while the step is made: nothing has crashed. */
  @Test
  void pending_stillUnderWay_saysWhoWorksOnIt() {
    try (var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      Ran.problem(variables);
      var asked = new ArrayList<Ran>();
      try (var ops =
          RunbookProcedures.builder()
              .environment(Environment.of(variables))
              .operator("kim")
              .progress(
                  entry -> {
                    if (entry instanceof JournalEntry.Intended) {
                      asked.add(run("pending"));
                      asked.add(run("diagnose", "R4"));
                    }
                  })
              .build()) {
        ops.databaseConnectionIssues().endSessions().plan().apply("a drill");
      }

      assertThat(asked.get(0).out())
          .contains("[UNDER WAY]", "kim holds its lock")
          .doesNotContain("resume", "give-up");
      assertThat(asked.get(1).out())
          .contains("under way right now", " pending")
          .doesNotContain("--apply=", "To apply");
      assertThat(fault.awaitWaiters(Duration.ofSeconds(10))).isTrue();
    }
  }

  @Test
  void diagnose_planWithAnObjection_isNotOfferedAsIfItHadNone() {
    try (var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      Ran.problem(variables);
      stopped();

      var ran = run("diagnose", "R4");

      assertThat(ran.out())
          .contains("would be refused: pending-execution", "--despite=pending-execution=")
          .doesNotContain("To apply this plan");
      assertThat(fault.waiters()).extracting(Waiter::outcome).containsOnly(Waiter.Outcome.WAITING);
    }
  }

  @Test
  void resume_executionStoppedBeforeItsFirstStep_cures() {
    try (var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      Ran.problem(variables);
      var id = stopped();

      var ran = run("resume", id, "--json", "--by=sam", WHY, "--hold=400ms");

      assertThat(ran.code()).isZero();
      assertThat(ran.json().at("/execution/id").asText()).isEqualTo(id);
      assertThat(ran.json().at("/execution/done").asInt()).isEqualTo(1);
      assertThat(ran.json().at("/verification/result").asText()).isEqualTo("CURED");
      assertThat(ran.json().path("next")).isEmpty();
      assertThat(fault.awaitWaiters(Duration.ofSeconds(10))).isTrue();
      assertThat(run("pending").code()).isZero();
    }
  }

  @Test
  void apply_anotherIsPending_isRefusedWithTheLinesThatLeadOn() {
    try (var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      var digest = Ran.problem(variables).at("/plans/0/digest").asText();
      var id = stopped();

      var refused = run("diagnose", "R4", apply(digest), "--by=sam", WHY);
      var program = run("diagnose", "R4", "--json", apply(digest), "--by=sam", WHY);

      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).startsWith("REFUSED: ").contains("pending-execution");
      assertThat(refused.out().strip().lines().map(String::strip))
          .anyMatch(line -> line.contains(" resume " + id + " --by=\"your name\" --because="))
          .anyMatch(line -> line.contains(" give-up " + id + " --by=\"your name\" --because="))
          .last()
          .asString()
          .contains(apply(digest), "--despite=pending-execution=");
      assertThat(program.json().path("next")).hasSize(3);
      assertThat(fault.waiters()).extracting(Waiter::outcome).containsOnly(Waiter.Outcome.WAITING);
    }
  }

  @Test
  void apply_despiteWhatIsPending_curesAndGiveUpClosesTheOther() {
    try (var fault = IdleInTransaction.start(hotdash.app(), 2)) {
      var digest = Ran.problem(variables).at("/plans/0/digest").asText();
      var id = stopped();

      var ran =
          run(
              "diagnose",
              "R4",
              apply(digest),
              "--by=sam",
              WHY,
              "--despite=pending-execution=kim left = it was hers",
              "--hold=400ms");
      var closed = run("give-up", id, "--json", "--by=sam", "--because=cured by another");

      assertThat(ran.code()).isZero();
      assertThat(ran.out()).contains("[OVERRIDDEN]", "kim left = it was hers", "[CURED]");
      assertThat(fault.awaitWaiters(Duration.ofSeconds(10))).isTrue();
      assertThat(closed.code()).isZero();
      assertThat(closed.json().path("id").asText()).isEqualTo(id);
      assertThat(run("pending").code()).isZero();
    }
  }

  /** Begins a cure that the kill switch stops as soon as the journal has it; returns its id. */
  private String stopped() {
    var journal = Path.of(variables.get("HOTDASH_OPS_JOURNAL"));
    KillSwitch drill = () -> Files.exists(journal) ? Optional.of("a drill") : Optional.empty();
    try (var ops =
        RunbookProcedures.builder()
            .environment(Environment.of(variables))
            .policy(Policy.DEFAULT.withKillSwitch(drill))
            .operator("kim")
            .build()) {
      var execution = ops.databaseConnectionIssues().endSessions().plan().apply("a drill");
      assertThat(execution.stopped()).isPresent();
      assertThat(execution.done()).isZero();
      return execution.id();
    }
  }

  private static String apply(String digest) {
    return "--apply=" + digest;
  }

  private Ran run(String... args) {
    return Ran.in(variables, hotdash.ops().password(), args);
  }
}
