package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.github.GitHubServer;
import com.hotdash.ops.testkit.github.JobLog;
import com.hotdash.ops.testkit.github.JobScript;
import com.hotdash.ops.testkit.github.Repository;
import com.hotdash.ops.testkit.github.StepScript;
import com.hotdash.ops.testkit.github.WorkflowFile;
import com.hotdash.ops.testkit.web.WebFault;
import com.hotdash.ops.text.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done is written under what is open, for whoever else works on it. */
class ToldChangesTest {
  private static final Secret TOKEN = Secret.of("github_pat_changes_0123456789");
  private static final String DEPLOY = "deploy-production.yml";

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final GitHubServer github = GitHubServer.start(time.time());
  private final Repository hotdash = github.repository("acme", "hotdash");
  private long run;

  @BeforeEach
  void start() {
    github.grantAll(TOKEN, hotdash);
    var work = List.of(JobScript.of("build", JobLog.of(List.of("x")), StepScript.failing("x")));
    hotdash.add(WorkflowFile.of(DEPLOY, "Deploy", request -> work));
    run = hotdash.push(DEPLOY, "fix tile cache");
    time.advance(Duration.ofMinutes(30));
    hotdash.settle();
  }

  @AfterEach
  void stop() {
    github.close();
  }

  private RunbookProcedures runbook(String environment) {
    var variables =
        Map.of(
            "GITHUB_TOKEN",
            TOKEN.reveal(),
            "GITHUB_REPOSITORY",
            "acme/hotdash",
            "GITHUB_API_URL",
            github.address().toString());
    var builder =
        RunbookProcedures.builder()
            .time(time.time())
            .executor(Runnable::run)
            .environmentName(environment)
            .operator("sam");
    new GitHubVendorModule().configure(Environment.of(variables), builder);
    return builder.build();
  }

  private static void warned(RunbookProcedures ops, Incident incident) {
    var page = Page.builder().paragraph("seen").build();
    assertThat(ops.escalation().warn(incident, "", "it fails", page).delivered()).isTrue();
  }

  @Test
  void apply_alertOpen_planOutcomeAndMeasurementStandThereInTheirOrder() {
    try (var ops = runbook("production");
        var staging = runbook("staging")) {
      warned(ops, Incident.DEPLOYMENT_FAILURES);
      warned(staging, Incident.DEPLOYMENT_FAILURES);

      var execution = ops.pipeline().rerunFailedJobs(run).plan().apply("npm was down");
      execution.verify();

      assertThat(hotdash.comments(1))
          .satisfiesExactly(
              plan ->
                  assertThat(plan)
                      .startsWith("sam applies a plan, execution " + execution.id())
                      .contains("npm was down", "run.rerun-failed"),
              outcome ->
                  assertThat(outcome).startsWith("Execution " + execution.id() + ": 1 steps"),
              measured ->
                  assertThat(measured).startsWith("Execution " + execution.id() + ", measured: "));
      assertThat(hotdash.comments(2)).as("another environment").isEmpty();
    }
  }

  @Test
  void apply_nothingOpen_writesNothing() {
    try (var ops = runbook("production")) {
      ops.pipeline().rerunFailedJobs(run).plan().apply("npm was down");
    }

    assertThat(github.site().count("POST", ".*/comments")).isZero();
    assertThat(hotdash.openIssues()).isZero();
  }

  @Test
  void apply_issuesCannotBeReached_isMadeAllTheSame() {
    try (var ops = runbook("production")) {
      warned(ops, Incident.DEPLOYMENT_FAILURES);
      github.site().fault("GET", ".*/issues.*", 50, WebFault.closeAfter());

      assertThat(ops.pipeline().rerunFailedJobs(run).plan().apply("npm was down").done()).isOne();
    }
    assertThat(hotdash.comments(1)).isEmpty();
  }
}
