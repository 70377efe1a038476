package com.hotdash.ops.testkit.github;

import static com.hotdash.ops.testkit.github.GitHubFixture.MAPPER;
import static com.hotdash.ops.testkit.github.GitHubFixture.REPO;
import static com.hotdash.ops.testkit.github.GitHubFixture.ROLLBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Raw;
import com.hotdash.ops.testkit.web.WebFault;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitHubActionsTest {
  private static final String DEPLOY = "deploy-production.yml";
  private static final String GOOD = "{\"ref\":\"main\",\"inputs\":{\"reason\":\"p95\"}}";

  private final GitHubFixture world = new GitHubFixture();

  @AfterEach
  void close() {
    world.close();
  }

  private void deployFailsOnce() {
    var buildLog = JobLog.buried(3, List.of("##[error]TS2345 in app/a.ts"), 2);
    world.hotdash.add(
        WorkflowFile.of(
            DEPLOY,
            "Deploy production",
            r ->
                List.of(
                    GitHubFixture.passing("pre-deploy"),
                    JobScript.of(
                            "build (20.x)",
                            buildLog,
                            StepScript.passing("Set up job"),
                            r.attempt() == 1
                                ? StepScript.failing("npm run build")
                                : StepScript.passing("npm run build"),
                            StepScript.passing("Upload"))
                        .after("pre-deploy")
                        .annotated(new Annotation("app/a.ts", 12, "failure", "TS2345")),
                    GitHubFixture.passing("deploy").after("build (20.x)"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"ref\":\"main\",\"inputs\":{\"reason\":\"x\"}}|204|",
        "{\"ref\":\"main\",\"inputs\":{\"reason\":\"x\"},\"return_run_details\":true}|200|run_url",
        "{\"ref\":\"main\"}|422|Required input 'reason' not provided",
        "{\"ref\":\"main\",\"inputs\":{\"reason\":\"x\",\"target\":\"y\"}}|422|Unexpected inputs provided",
        "{\"ref\":\"main\",\"inputs\":{\"reason\":1}}|422|not a string",
        "{\"ref\":\"gone\",\"inputs\":{\"reason\":\"x\"}}|422|No ref found for: gone",
        "{\"ref\":\"main\",\"surprise\":1}|422|is not a permitted key",
        "nonsense|400|Problems parsing JSON",
      })
  void dispatch_eachBody_answersAsGitHubDoes(String body, int status, String holds)
      throws Exception {
    var answer = world.dispatch(body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(holds == null ? "" : holds);
    assertThat(world.hotdash.runCount(ROLLBACK)).isEqualTo(status < 300 ? 1 : 0);
  }

  @Test
  void workflowFile_atARef_isWhatADispatchIsCheckedAgainst() throws Exception {
    world.hotdash.add(
        WorkflowFile.of("smoke.yml", "Smoke", r -> List.of(GitHubFixture.passing("smoke")))
            .dispatchable(WorkflowInput.choice("environment", "staging", "production")));
    var path = GitHubFixture.REPO + "/contents/.github/workflows/smoke.yml?ref=";
    var raw = "application/vnd.github.raw+json";
    var dispatches = GitHubFixture.REPO + "/actions/workflows/smoke.yml/dispatches";

    assertThat(world.get(path + "main", "Accept", raw).body())
        .contains("workflow_dispatch:", "environment:", "required: true", "- staging");
    assertThat(world.get(path + "gone", "Accept", raw).statusCode()).isEqualTo(404);
    assertThat(
            world
                .ask("POST", dispatches, "{\"ref\":\"main\",\"inputs\":{\"environment\":\"prod\"}}")
                .statusCode())
        .isEqualTo(422);
    assertThat(world.hotdash.runCount("smoke.yml")).isZero();
  }

  @Test
  void dispatch_newVersion_alwaysTellsTheRun() throws Exception {
    var path = REPO + "/actions/workflows/" + ROLLBACK + "/dispatches";

    var answer = world.ask("POST", path, GOOD, "X-GitHub-Api-Version", "2026-03-10");

    long id = MAPPER.readTree(answer.body()).get("workflow_run_id").asLong();
    assertThat(world.json(REPO + "/actions/runs/" + id).get("display_title").asText())
        .isEqualTo("Rollback production: p95");
  }

  @Test
  void dispatch_disabledWorkflow_isRefused() throws Exception {
    var workflow = REPO + "/actions/workflows/" + ROLLBACK;

    assertThat(world.ask("PUT", workflow + "/disable", "").statusCode()).isEqualTo(204);

    assertThat(world.json(workflow).get("state").asText()).isEqualTo("disabled_manually");
    assertThat(world.dispatch(GOOD).statusCode()).isEqualTo(422);
    assertThat(world.hotdash.runCount(ROLLBACK)).isZero();
  }

  @Test
  void dispatch_answerLost_hasStartedTheRun() throws Exception {
    world.github.site().fault("POST", ".*/dispatches", 1, WebFault.closeAfter());
    world.github.site().fault("POST", ".*/dispatches", 1, WebFault.after(Answer.empty(502)));

    assertThatThrownBy(() -> world.dispatch(GOOD)).isInstanceOf(IOException.class);
    assertThat(world.dispatch(GOOD).statusCode()).isEqualTo(502);

    assertThat(world.hotdash.runCount(ROLLBACK)).isEqualTo(2);
  }

  @Test
  void concurrencyGroup_third_cancelsThePending() throws Exception {
    for (int i = 0; i < 3; i++) {
      world.dispatch(GOOD);
    }
    world.pass(4);

    assertThat(statuses()).containsExactly("pending", "completed/cancelled", "in_progress");
    world.pass(30);
    assertThat(statuses())
        .containsExactly("completed/success", "completed/cancelled", "completed/success");
  }

  private List<String> statuses() throws Exception {
    var found = new ArrayList<String>();
    for (var run : world.json(REPO + "/actions/runs").get("workflow_runs")) {
      var end = run.get("conclusion");
      found.add(run.get("status").asText() + (end.isNull() ? "" : "/" + end.asText()));
    }
    return found;
  }

  @Test
  void environment_withReviewers_waitsForApproval() throws Exception {
    world.hotdash.add(
        WorkflowFile.of("gated.yml", "Gated", r -> List.of(GitHubFixture.passing("go")))
            .environment("production"));
    long run = world.hotdash.push("gated.yml", "change");
    world.pass(60);
    var path = REPO + "/actions/runs/" + run;

    assertThat(world.json(path).get("status").asText()).isEqualTo("waiting");
    assertThat(world.get(path + "/pending_deployments").body()).contains("\"name\":\"production\"");
    world.ask(
        "POST", path + "/pending_deployments", "{\"environment_ids\":[1],\"state\":\"approved\"}");
    world.pass(60);
    assertThat(world.json(path).get("conclusion").asText()).isEqualTo("success");
  }

  @Test
  void rerunFailed_keepsIdAndCreatedAt_attemptAndStartMove() throws Exception {
    deployFailsOnce();
    var path = REPO + "/actions/runs/" + world.hotdash.push(DEPLOY, "fix tile cache");
    world.pass(120);
    var first = world.json(path);
    assertThat(first.get("conclusion").asText()).isEqualTo("failure");

    assertThat(world.ask("POST", path + "/rerun-failed-jobs", "").statusCode()).isEqualTo(201);
    world.pass(120);

    var second = world.json(path);
    assertThat(second.get("conclusion").asText()).isEqualTo("success");
    assertThat(second.get("run_attempt").asInt()).isEqualTo(2);
    assertThat(second.get("created_at")).isEqualTo(first.get("created_at"));
    assertThat(second.get("run_started_at")).isNotEqualTo(first.get("run_started_at"));
    assertThat(world.json(path + "/attempts/1").get("conclusion").asText()).isEqualTo("failure");
    assertThat(world.json(path + "/jobs?filter=all").get("total_count").asInt()).isEqualTo(6);
  }

  @Test
  void jobs_failedStep_skipsTheRestAndDependents() throws Exception {
    deployFailsOnce();
    var path = REPO + "/actions/runs/" + world.hotdash.push(DEPLOY, "fix tile cache");
    world.pass(120);

    var jobs = world.json(path + "/jobs").get("jobs");

    assertThat(jobs.findValuesAsText("conclusion"))
        .containsExactly(
            "success", "success", "failure", "success", "failure", "skipped", "skipped");
    var steps = jobs.get(1).get("steps");
    assertThat(steps.get(0).get("started_at").asText()).endsWith(".000Z");
    assertThat(steps.get(1).get("started_at").asText()).endsWith(".000+00:00");
    assertThat(steps.get(2).get("number").asInt()).isEqualTo(5);
    assertThat(steps.get(2).get("started_at").isNull()).isTrue();
    assertThat(jobs.get(2).get("steps")).isEmpty();
    assertThat(world.get(REPO + "/check-runs/" + jobs.get(1).get("id") + "/annotations").body())
        .contains("\"start_line\":12");
    var checks = world.json(REPO + "/commits/main/check-runs");
    assertThat(checks.get("check_runs").get(1).get("id")).isEqualTo(jobs.get(1).get("id"));
  }

  @Test
  void startupFailure_hasNoJobs_andThePathForAName() throws Exception {
    world.hotdash.add(WorkflowFile.broken("bad.yml"));
    var path = REPO + "/actions/runs/" + world.hotdash.push("bad.yml", "oops");
    world.pass(10);

    assertThat(world.json(path).get("conclusion").asText()).isEqualTo("startup_failure");
    assertThat(world.json(path).get("name").asText()).isEqualTo(".github/workflows/bad.yml");
    assertThat(world.json(path + "/jobs").get("total_count").asInt()).isZero();
  }

  @Test
  void cancel_runningThenEnded_202Then409() throws Exception {
    deployFailsOnce();
    var path = REPO + "/actions/runs/" + world.hotdash.push(DEPLOY, "fix tile cache");
    world.pass(10);

    assertThat(world.ask("POST", path + "/cancel", "").statusCode()).isEqualTo(202);
    assertThat(world.json(path).get("status").asText()).isEqualTo("in_progress");
    world.pass(5);

    assertThat(world.json(path).get("conclusion").asText()).isEqualTo("cancelled");
    assertThat(world.ask("POST", path + "/cancel", "").statusCode()).isEqualTo(409);
  }

  @Test
  void stopRunners_runStaysQueuedWithoutJobs_cancelIs409() throws Exception {
    world.hotdash.stopRunners();
    world.dispatch(GOOD);
    world.time.advance(Duration.ofDays(2));
    var run = world.json(REPO + "/actions/runs?status=queued").get("workflow_runs").get(0);
    var path = REPO + "/actions/runs/" + run.get("id");

    var cancel = world.ask("POST", path + "/cancel", "");

    assertThat(cancel.statusCode()).isEqualTo(409);
    assertThat(cancel.body()).contains("has not been queued yet");
    assertThat(world.json(path + "/jobs").get("total_count").asInt()).isZero();
  }

  @Test
  void log_redirectsToAnotherHost_whichRefusesCredentialsAndOldAddresses() throws Exception {
    deployFailsOnce();
    var path = REPO + "/actions/runs/" + world.hotdash.push(DEPLOY, "fix tile cache");
    world.pass(120);
    var job = world.json(path + "/jobs").get("jobs").get(1).get("id");

    var redirect = world.get(REPO + "/actions/jobs/" + job + "/logs");

    assertThat(redirect.statusCode()).isEqualTo(302);
    var at = URI.create(Raw.header(redirect, "location"));
    assertThat(at.getPort()).isNotEqualTo(world.github.address().getPort());
    var text = Raw.get(at).body();
    assertThat(text).startsWith("\uFEFF2026-11-23T10:").contains("0000000Z ##[error]TS2345");
    assertThat(text.lines()).hasSize(6);
    var refused = Raw.get(at, "Authorization", "Bearer x");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("InvalidAuthenticationInfo");
    world.pass(60);
    assertThat(Raw.get(at).statusCode()).isEqualTo(403);
    assertThat(world.github.logSite().requests()).allMatch(r -> r.query() == null);
    world.time.advance(Duration.ofDays(91));
    assertThat(world.get(REPO + "/actions/jobs/" + job + "/logs").statusCode()).isEqualTo(410);
  }

  @Test
  void runs_filtered_endAfterAThousandWhateverTheTotal() throws Exception {
    for (int i = 0; i < 1_020; i++) {
      world.hotdash.push(ROLLBACK, "run " + i);
    }
    var path = REPO + "/actions/runs?per_page=100&event=push&page=";

    var last = world.json(path + 10);
    assertThat(last.get("total_count").asInt()).isEqualTo(1_020);
    assertThat(last.get("workflow_runs")).hasSize(100);
    assertThat(Raw.header(world.get(path + 10), "link")).doesNotContain("rel=\"next\"");
    assertThat(world.json(path + 11).get("workflow_runs")).isEmpty();
    assertThat(world.json(REPO + "/actions/runs?per_page=100&page=11").get("workflow_runs"))
        .hasSize(20);
    assertThat(world.json(path + 1).get("workflow_runs").get(0).get("display_title").asText())
        .isEqualTo("run 1019");
  }

  @Test
  void effect_ofARunThatSucceeded_changesTheWorldOnce() throws Exception {
    var made = new ArrayList<String>();
    world.hotdash.add(
        WorkflowFile.of("cure.yml", "Cure", r -> List.of(GitHubFixture.passing("go")))
            .effect(r -> made.add(r.ref())));
    world.hotdash.push("cure.yml", "cure");

    world.json(REPO + "/actions/runs");
    assertThat(made).isEmpty();
    world.pass(60);
    world.json(REPO + "/actions/runs");
    world.json(REPO + "/actions/runs");

    assertThat(made).containsExactly("main");
  }
}
