package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.postgres.Hotdash;
import com.hotdash.ops.testkit.postgres.PgServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpsIT {
  private static PgServer server;
  private static Hotdash hotdash;

  private final Map<String, String> variables = new HashMap<>();

  @BeforeAll
  static void start() {
    server = PgServer.start();
    hotdash = server.createHotdash();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void configure(@TempDir Path directory) {
    variables.put("DATABASE_URL", hotdash.ops().url());
    variables.put("HOTDASH_OPS_JOURNAL", directory.resolve("journal.jsonl").toString());
  }

  @Test
  void diagnose_healthy_isOk() {
    var ran = run("diagnose", "database");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("[OK]");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void check_goodRole_isOk() {
    var ran = run("check");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("DATABASE_URL", "[OK]");
  }

  @Test
  void check_poorRole_isProblemWithTheSql() {
    variables.put("DATABASE_URL", hotdash.plain().url());

    var ran = run("check", "--json");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.json().findValue("remedies").toString()).contains("GRANT");
  }

  @Test
  void diagnose_wrongPassword_isProblemWithoutThePassword() {
    variables.put("DATABASE_URL", hotdash.ops().url().replace("@127", "wrong@127"));

    var ran = run("diagnose", "R4", "--json");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.json().path("verdict").asText()).isEqualTo("PROBLEM");
  }

  @Test
  void progress_stoppedHalfWay_saysTheIdAndWhereToGoOn() {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    try (var progress = new Progress(new Console(stream, stream, Environment.of(variables)))) {
      progress.stopped();
      assertThat(out.size()).as("nothing was begun").isZero();

      progress.accept(new JournalEntry.Resumed("t1-x", Instant.EPOCH, "sam", "why"));
      progress.stopped();
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains(
              "A step of execution t1-x may be under way", " pending\n", " resume t1-x --by=");

      progress.accept(new JournalEntry.Ended("t1-x", Instant.EPOCH, "all made"));
      progress.stopped();
      assertThat(out.toString(StandardCharsets.UTF_8)).contains(" verify t1-x");
    }
  }

  @Test
  void show_planWithoutSteps_saysWhyAndOffersNoApply() {
    try (var ops = RunbookProcedures.fromEnvironment(Environment.of(variables))) {
      var out = new ByteArrayOutputStream();
      var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
      var console = new Console(stream, stream, Environment.of(variables));
      var plans = List.of(ops.databaseConnectionIssues().endIdle("nobody").plan());

      Plans.show(console, "diagnose R4", plans);
      console.json(Plans.reports("diagnose R4", plans).get(0));

      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("Plan " + plans.get(0).digest(), "No session matches")
          .doesNotContain("--apply", "To apply");
    }
  }

  /** A terminal leaves off where the eye is. */
  @Test
  void show_severalPlans_endsWithTheBestAndItsLine() {
    try (var ops = RunbookProcedures.fromEnvironment(Environment.of(variables)).as("sam")) {
      var out = new ByteArrayOutputStream();
      var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
      var role = hotdash.ops().name();
      var best = ops.database().limitIdleTransactions(role, Duration.ofSeconds(77)).plan();
      var other = ops.database().limitIdleTransactions(role, Duration.ofSeconds(78)).plan();
      var none = ops.databaseConnectionIssues().endIdle("nobody").plan();

      Plans.show(
          new Console(stream, stream, Environment.of(variables)),
          "diagnose R4",
          List.of(best, none, other));

      var lines = out.toString(StandardCharsets.UTF_8).strip().lines().map(String::strip).toList();
      assertThat(lines)
          .filteredOn(line -> line.contains("Plan ") || line.contains("--apply="))
          .satisfiesExactly(
              line -> assertThat(line).contains("Plan " + none.digest()),
              line -> assertThat(line).contains("Plan " + other.digest()),
              line -> assertThat(line).contains("Plan " + best.digest()),
              line -> assertThat(line).contains("diagnose R4 --apply=" + other.digest()),
              line -> assertThat(line).contains("diagnose R4 --apply=" + best.digest()));
      assertThat(lines.get(lines.size() - 1)).contains(best.digest());
    }
  }

  @Test
  void resolution_recommendedRemedy_isThePlanThatItsLineMakes() {
    try (var ops = RunbookProcedures.fromEnvironment(Environment.of(variables))) {
      var incident = ops.databaseConnectionIssues();
      var remedy = Remedy.of(Incident.DATABASE_CONNECTION_ISSUES, "endIdle", "web \"blue\" \\1");

      assertThat(ops.resolution(remedy).plan().proposal())
          .isEqualTo(incident.endIdle("web \"blue\" \\1").plan().proposal())
          .isNotEqualTo(incident.endIdle("web").plan().proposal());
    }
  }

  private Ran run(String... args) {
    return Ran.in(variables, hotdash.ops().password(), args);
  }
}
