package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.pipeline.PipelineTargets;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.FileJournal;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.github.GitHubServer;
import com.hotdash.ops.testkit.github.JobLog;
import com.hotdash.ops.testkit.github.JobScript;
import com.hotdash.ops.testkit.github.Repository;
import com.hotdash.ops.testkit.github.Right;
import com.hotdash.ops.testkit.github.StepScript;
import com.hotdash.ops.testkit.github.WorkflowFile;
import com.hotdash.ops.testkit.github.WorkflowInput;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes of a pipeline from plan to verification, against a simulated GitHub over the wire. */
class PipelineChangesTest {
  private static final String ROLLBACK = "rollback-production.yml";
  private static final String DEPLOY = "deploy-production.yml";
  private static final String DISPATCHES = ".*/dispatches";
  private static final Secret TOKEN = Secret.of("github_pat_changes_0123456789");
  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofSeconds(20));
  private static final Patience LONG =
      new Patience(Duration.ofSeconds(5), Duration.ofMinutes(10), Duration.ofSeconds(20));

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final GitHubServer github = GitHubServer.start(time.time());
  private final Repository hotdash = github.repository("acme", "hotdash");
  private final MemoryJournal journal = new MemoryJournal();
  private GitHubClient client;
  private RunbookProcedures runbook;
  private boolean buildBreaks;

  @BeforeEach
  void start() {
    github.grantAll(TOKEN, hotdash);
    hotdash.add(
        WorkflowFile.of(ROLLBACK, "Rollback", request -> jobs(false))
            .dispatchable(
                WorkflowInput.required("reason"), WorkflowInput.optional("target_version"))
            .concurrency("rollback-production"));
    hotdash.add(WorkflowFile.of(DEPLOY, "Deploy", request -> jobs(buildBreaks)));
    client =
        GitHubClient.builder()
            .token(TOKEN)
            .repository("acme/hotdash")
            .baseUrl(github.address().toString())
            .time(time.time())
            .build();
    runbook = runbook(journal);
  }

  private RunbookProcedures runbook(Journal kept) {
    return RunbookProcedures.builder()
        .time(time.time())
        .pipeline(client.pipeline())
        .journal(kept)
        .operator("sam")
        .build();
  }

  private static List<JobScript> jobs(boolean breaks) {
    var work = breaks ? StepScript.failing("npm ci") : StepScript.passing("npm ci");
    var log =
        JobLog.of(
            List.of(
                "##[group]Run npm ci",
                breaks ? "npm error code E503" : "added 812 packages",
                breaks ? "##[error]Process completed with exit code 1." : "found 0 problems"));
    return List.of(JobScript.of("build", log, StepScript.passing("Set up job"), work));
  }

  @AfterEach
  void stop() {
    runbook.close();
    client.close();
    github.close();
  }

  private static WorkflowStart rollback() {
    return WorkflowStart.of(ROLLBACK, "main")
        .with("reason", "5xx at 12 % since v118")
        .with("target_version", "117");
  }

  private static StepOutcome outcome(Execution execution) {
    return Objects.requireNonNull(execution.results().get(0).outcome());
  }

  private long failedDeploy() {
    buildBreaks = true;
    long run = hotdash.push(DEPLOY, "fix tile cache");
    time.advance(Duration.ofMinutes(30));
    assertThat(hotdash.runState(run)).isEqualTo("failure");
    buildBreaks = false;
    return run;
  }

  @Test
  void plan_ofADeployThatFailedForThePassing_runsItAgainAndVerifiesTheNewAttempt() {
    long run = failedDeploy();
    var diagnosis = runbook.deploymentFailures().diagnose();

    var plan = runbook.plan(diagnosis);

    assertThat(plan.proposal().action()).isEqualTo("pipeline.rerun-failed-jobs");
    assertThat(diagnosis.next()).contains("ops.pipeline().rerunFailedJobs(" + run + "L).plan()");
    assertThat(hotdash.runState(run)).isEqualTo("failure");
    assertThat(plan.apply("the registry was down").verify(LONG).result())
        .isEqualTo(Verification.Result.CURED);
  }

  @Test
  void startWorkflow_answered_startsOneRunThatIsFollowedToItsEnd() {
    var plan = runbook.pipeline().startWorkflow(rollback()).plan();
    assertThat(hotdash.runCount(ROLLBACK)).isZero();
    assertThat(plan.byHand())
        .singleElement()
        .asString()
        .startsWith("gh workflow run rollback-production.yml --ref main -f 'reason=5xx at 12 %")
        .endsWith("-f target_version=117 -R acme/hotdash");

    var execution = plan.apply("rolling back");

    assertThat(hotdash.runCount(ROLLBACK)).isOne();
    assertThat(outcome(execution).detail()).matches("run \\d+ was started");
    assertThat(execution.verify(LONG).result()).isEqualTo(Verification.Result.CURED);
    assertThat(plan.toString()).contains("does not prove a cure");
  }

  @Test
  void startWorkflow_plan_saysWhatItIsStartedWith() {
    var bare = WorkflowStart.of("rollback-production.yml", "main");

    assertThat(runbook.pipeline().startWorkflow(bare.with("target_version", "v117")).plan())
        .asString()
        .contains("Inputs: target_version=v117");
    assertThat(runbook.pipeline().startWorkflow(bare).plan()).asString().contains("No inputs");
  }

  @Test
  void startWorkflow_planTwice_givesTheSameDigest() {
    var one = runbook.pipeline().startWorkflow(rollback()).plan();
    time.advance(Duration.ofMinutes(3));

    assertThat(runbook.pipeline().startWorkflow(rollback()).plan().digest())
        .isEqualTo(one.digest());
  }

  @Test
  void startWorkflow_olderServerRefusesTheField_asksOnceMoreWithoutItAndFindsTheRun() {
    hotdash.refuseRunDetails();

    var execution = runbook.pipeline().startWorkflow(rollback()).plan().apply("rolling back");

    assertThat(outcome(execution).status()).isEqualTo(Status.DONE);
    assertThat(outcome(execution).detail()).matches("seen: run \\d+");
    assertThat(github.site().count("POST", DISPATCHES)).isEqualTo(2);
    assertThat(hotdash.runCount(ROLLBACK)).isOne();
  }

  static List<WebFault> losses() {
    return List.of(
        WebFault.closeAfter(),
        WebFault.after(Answer.text(502, "text/html", "<html>Bad gateway</html>")),
        WebFault.after(Answer.empty(500)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void startWorkflow_answerLost_findsTheRunAndSendsNoSecondPost(int loss) {
    var plan = runbook.pipeline().startWorkflow(rollback()).plan();
    github.site().fault("POST", DISPATCHES, 9, losses().get(loss));

    var execution = plan.apply("rolling back");

    assertThat(github.site().count("POST", DISPATCHES)).isOne();
    assertThat(hotdash.runCount(ROLLBACK)).isOne();
    assertThat(outcome(execution).status()).isEqualTo(Status.DONE);
    assertThat(outcome(execution).detail()).contains("the answer was lost").contains("seen: run ");
  }

  @Test
  void startWorkflow_answerLostAndNothingSeen_staysUncertainAndIsNeverSentAgain() {
    var plan = runbook.pipeline().startWorkflow(rollback()).plan();
    github.site().fault("POST", DISPATCHES, 1, WebFault.close());

    var execution = plan.apply("rolling back");

    assertThat(outcome(execution).status()).isEqualTo(Status.UNCERTAIN);
    assertThat(time.waits()).contains(Duration.ofSeconds(3));
    var resumed = runbook.resume(execution.id(), "look again");
    assertThat(outcome(resumed).status()).isEqualTo(Status.UNCERTAIN);
    assertThat(github.site().count("POST", DISPATCHES)).isOne();
    assertThat(hotdash.runCount(ROLLBACK)).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void startWorkflow_processDiesBetweenIntentAndAnswer_resumeLooksAndSendsNothing(boolean sent) {
    if (!sent) {
      github.site().fault("POST", DISPATCHES, 1, WebFault.close());
    }
    var dying = runbook(new DyingJournal(journal));
    var plan = dying.pipeline().startWorkflow(rollback()).plan();
    assertThatThrownBy(() -> plan.apply("rolling back")).isInstanceOf(Death.class);

    var resumed = runbook.resume(journal.pending().get(0).id(), "the laptop died");

    assertThat(outcome(resumed).status()).isEqualTo(sent ? Status.DONE : Status.UNCERTAIN);
    assertThat(github.site().count("POST", DISPATCHES)).isOne();
    assertThat(hotdash.runCount(ROLLBACK)).isEqualTo(sent ? 1 : 0);
    dying.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void startWorkflow_processDiesAndAnotherResumes_neverMakesASecondRun(
      boolean carriedOutLate, @TempDir Path directory) {
    var file = directory.resolve("journal.jsonl");
    github.site().fault("POST", DISPATCHES, 1, WebFault.close());
    var late = rollback();
    try (var first = another();
        var dying = another(first, new DyingJournal(new FileJournal(file)))) {
      var plan = dying.pipeline().startWorkflow(rollback()).plan();
      late = PipelineTargets.workflowStart(plan.steps().get(0).target());
      assertThatThrownBy(() -> plan.apply("rolling back")).isInstanceOf(Death.class);
    }
    if (carriedOutLate) {
      // GitHub does the work of the lost call after all, minutes later.
      time.advance(Duration.ofMinutes(3));
      client.dispatch(late);
    }
    long sent = github.site().count("POST", DISPATCHES);

    try (var second = another();
        var living = another(second, new FileJournal(file))) {
      var id = living.pending().get(0).id();
      var resumed = living.resume(id, "the laptop died");

      assertThat(outcome(resumed).status())
          .isEqualTo(carriedOutLate ? Status.DONE : Status.UNCERTAIN);
      assertThat(living.pending()).hasSize(carriedOutLate ? 0 : 1);
    }
    assertThat(github.site().count("POST", DISPATCHES)).isEqualTo(sent);
    assertThat(hotdash.runCount(ROLLBACK)).isEqualTo(carriedOutLate ? 1 : 0);
  }

  private GitHubClient another() {
    return GitHubClient.builder()
        .token(TOKEN)
        .repository("acme/hotdash")
        .baseUrl(github.address().toString())
        .time(time.time())
        .build();
  }

  private RunbookProcedures another(GitHubClient fresh, Journal kept) {
    return RunbookProcedures.builder()
        .time(time.time())
        .pipeline(fresh.pipeline())
        .journal(kept)
        .operator("sam")
        .build();
  }

  @Test
  void startWorkflow_startedWithoutIdAndSomebodyElseToo_isAmbiguousAndTakesNone() {
    hotdash.refuseRunDetails();
    // Somebody else starts the same right after us, before we have looked.
    var crowded =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  var answer = chain.proceed(chain.request());
                  if (answer.code() == 204 && chain.request().method().equals("POST")) {
                    client.dispatch(rollback().with("reason", "somebody else"));
                  }
                  return answer;
                })
            .build();
    try (var ours =
            GitHubClient.builder()
                .token(TOKEN)
                .repository("acme/hotdash")
                .baseUrl(github.address().toString())
                .time(time.time())
                .transport(crowded)
                .build();
        var book = another(ours, new MemoryJournal())) {
      var execution = book.pipeline().startWorkflow(rollback()).plan().apply("rolling back");

      assertThat(outcome(execution).status()).isEqualTo(Status.UNCERTAIN);
      assertThat(outcome(execution).detail())
          .containsPattern("ambiguous, it may be any of the runs \\d+, \\d+");
      assertThat(execution.verify(SHORT).result()).isNotEqualTo(Verification.Result.CURED);
    }
    assertThat(hotdash.runCount(ROLLBACK)).isEqualTo(2);
  }

  @Test
  void startWorkflow_somebodyElseStartedItMeanwhile_movedAndNothingSent() {
    var plan = runbook.pipeline().startWorkflow(rollback()).plan();
    client.dispatch(rollback().with("reason", "somebody else"));

    assertThat(outcome(plan.apply("rolling back")).status()).isEqualTo(Status.MOVED);
    assertThat(github.site().count("POST", DISPATCHES)).isOne();
    assertThat(hotdash.runCount(ROLLBACK)).isOne();
  }

  @Test
  void startWorkflow_underWayAlready_objectsAndNamesTheRun() {
    long first = client.dispatch(rollback()).orElseThrow();

    var plan = runbook.pipeline().startWorkflow(rollback()).plan();

    assertThat(plan.objections())
        .anySatisfy(
            objection -> {
              assertThat(objection.name()).isEqualTo("run-under-way");
              assertThat(objection.reason()).contains("run " + first).contains("cancels");
            });
    assertThatThrownBy(() -> plan.apply("now")).isInstanceOf(RefusedException.class);
    assertThat(hotdash.runCount(ROLLBACK)).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "disabled_manually, main, workflow-disabled",
    "disabled_inactivity, main, workflow-disabled",
    "active, no-such-branch, no-such-ref"
  })
  void startWorkflow_cannotStart_isRefusedBeforeAnythingIsSent(
      String state, String ref, String objection) {
    hotdash.workflowState(ROLLBACK, state);
    var start = new WorkflowStart(ROLLBACK, ref, rollback().inputs());

    var plan = runbook.pipeline().startWorkflow(start).plan();

    assertThatThrownBy(() -> plan.apply("now")).hasMessageContaining(objection);
    assertThat(github.site().count("POST", DISPATCHES)).isZero();
  }

  @Test
  void verify_runWaitsForApproval_isInconclusiveAndSaysWhoMayApprove() {
    hotdash.add(
        WorkflowFile.of("guarded.yml", "Guarded", request -> jobs(false))
            .dispatchable()
            .environment("production"));
    var execution =
        runbook.pipeline().startWorkflow(WorkflowStart.of("guarded.yml", "main")).plan().apply("x");

    var verification = execution.verify(SHORT);

    assertThat(verification.result()).isEqualTo(Verification.Result.INCONCLUSIVE);
    assertThat(verification.detail()).contains("waits for approval of environment production");
  }

  @Test
  void verify_startedRunWasCancelled_isNotCured() {
    var execution = runbook.pipeline().startWorkflow(rollback()).plan().apply("rolling back");
    client.cancel(client.runs(RunQuery.ALL.workflow(ROLLBACK)).runs().get(0).id());

    var verification = execution.verify(SHORT);

    assertThat(verification.result()).isEqualTo(Verification.Result.NOT_CURED);
    assertThat(verification.detail()).contains("ended as cancelled: it did not finish");
  }

  /** Facts 2: a second run of a concurrency group waits as pending, and a third cancels it. */
  @Test
  void verify_startedRunIsHeldByItsGroup_isInconclusiveAndWarnsOfAThird() {
    runbook.pipeline().startWorkflow(rollback()).plan().apply("first");
    var second =
        runbook
            .pipeline()
            .startWorkflow(rollback().with("reason", "again"))
            .plan()
            .despite("run-under-way", "the first hangs")
            .apply("second");

    var atOnce = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(1));
    var verification = second.verify(atOnce);

    assertThat(verification.result()).isEqualTo(Verification.Result.INCONCLUSIVE);
    assertThat(verification.toString().replaceAll("\\s+", " "))
        .contains("another run of its concurrency group goes first, and a third cancels it");
  }

  @Test
  void failedLog_earlierAttempt_isReadAfterTheRerun() {
    long run = failedDeploy();
    client.rerunFailedJobs(run);
    time.advance(Duration.ofMinutes(30));

    assertThat(client.failedLog(run).problem()).isEqualTo(RunProblem.NONE);
    var before = client.failedLog(run, 1);

    assertThat(before.problem()).isEqualTo(RunProblem.FAILED);
    assertThat(before.run().attempt()).isEqualTo(1);
    assertThat(Objects.requireNonNull(before.failedStep()).name()).isEqualTo("npm ci");
    assertThat(Objects.requireNonNull(before.log()).toOptional()).isPresent();
  }

  @Test
  void rerunFailedJobs_failedRun_makesTheNextAttemptAndVerifiesIt() {
    long run = failedDeploy();

    var plan = runbook.pipeline().rerunFailedJobs(run).plan();
    var execution = plan.apply("registry was down");

    assertThat(plan.byHand()).containsExactly("gh run rerun " + run + " --failed -R acme/hotdash");
    assertThat(client.run(run).attempt()).isEqualTo(2);
    assertThat(outcome(execution).status()).isEqualTo(Status.DONE);
    assertThat(execution.verify(LONG).result()).isEqualTo(Verification.Result.CURED);
    assertThat(execution.verify(LONG).goal()).contains("ends in success");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rerunFailedJobs_answerLost_isSettledByTheAttempt(boolean made) {
    long run = failedDeploy();
    var plan = runbook.pipeline().rerunFailedJobs(run).plan();
    github
        .site()
        .fault("POST", ".*/rerun-failed-jobs", 1, made ? WebFault.closeAfter() : WebFault.close());

    var execution = plan.apply("registry was down");

    assertThat(outcome(execution).status()).isEqualTo(made ? Status.DONE : Status.UNCERTAIN);
    assertThat(github.site().count("POST", ".*/rerun-failed-jobs")).isOne();
    assertThat(client.run(run).attempt()).isEqualTo(made ? 2 : 1);
  }

  @Test
  void rerunFailedJobs_answerLostAndNotMade_resumeMakesItOnce() {
    long run = failedDeploy();
    github.site().fault("POST", ".*/rerun-failed-jobs", 1, WebFault.close());
    var execution = runbook.pipeline().rerunFailedJobs(run).plan().apply("registry was down");

    var resumed = runbook.resume(execution.id(), "go on");

    assertThat(outcome(resumed).status()).isEqualTo(Status.DONE);
    assertThat(client.run(run).attempt()).isEqualTo(2);
  }

  @Test
  void rerunFailedJobs_somebodyElseDidMeanwhile_leavesItAlone() {
    long run = failedDeploy();
    var plan = runbook.pipeline().rerunFailedJobs(run).plan();
    client.rerunFailedJobs(run);

    var execution = plan.apply("registry was down");

    assertThat(outcome(execution).status()).isEqualTo(Status.MOVED);
    assertThat(client.run(run).attempt()).isEqualTo(2);
  }

  @Test
  void rerunFailedJobs_failedTwice_objectsThatItDoesNotPass() {
    long run = failedDeploy();
    buildBreaks = true;
    client.rerunFailedJobs(run);
    time.advance(Duration.ofMinutes(30));

    assertThat(runbook.pipeline().rerunFailedJobs(run).plan().objections())
        .extracting("name")
        .containsExactly("ran-again-before");
  }

  @Test
  void rerunFailedJobs_runSucceeded_isRefused() {
    long run = hotdash.push(DEPLOY, "fine");
    time.advance(Duration.ofMinutes(30));

    var plan = runbook.pipeline().rerunFailedJobs(run).plan();

    assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("nothing-failed");
  }

  @Test
  void rerunFailedJobs_secondAttemptSucceeded_isNotToldToHaveFailed() {
    long run = failedDeploy();
    client.rerunFailedJobs(run);
    time.advance(Duration.ofMinutes(30));

    assertThat(runbook.pipeline().rerunFailedJobs(run).plan().objections())
        .extracting("name")
        .containsExactly("nothing-failed");
  }

  @Test
  void cancelRun_running_waitsUntilItIsOver() {
    long run = hotdash.push(DEPLOY, "overwrites the cure");
    time.advance(Duration.ofSeconds(4));

    var execution = runbook.pipeline().cancelRun(run).plan().apply("would overwrite the cure");

    assertThat(hotdash.runState(run)).isEqualTo("cancelled");
    assertThat(outcome(execution).status()).isEqualTo(Status.DONE);
    assertThat(execution.verify(LONG).result()).isEqualTo(Verification.Result.CURED);
  }

  @Test
  void cancelRun_stuckInTheQueue_saysWhatGitHubSaysAndHowToForceIt() {
    hotdash.stopRunners();
    long run = hotdash.push(DEPLOY, "stuck");

    var execution = runbook.pipeline().cancelRun(run).plan().apply("would overwrite the cure");

    assertThat(outcome(execution).status()).isEqualTo(Status.FAILED);
    assertThat(outcome(execution).detail())
        .contains("409")
        .contains("githubstatus.com")
        .contains("repos/acme/hotdash/actions/runs/" + run + "/force-cancel");
    assertThat(github.site().count("POST", ".*/cancel")).isOne();
  }

  @Test
  void cancelRun_endedMeanwhile_movedAndNothingSent() {
    long run = hotdash.push(DEPLOY, "quick");
    var plan = runbook.pipeline().cancelRun(run).plan();
    time.advance(Duration.ofMinutes(30));

    assertThat(outcome(plan.apply("why")).status()).isEqualTo(Status.MOVED);
    assertThat(github.site().count("POST", ".*/cancel")).isZero();
  }

  @Test
  void disableWorkflow_thenUndo_isAsBefore() {
    var execution = runbook.pipeline().disableWorkflow(DEPLOY).plan().apply("freeze");
    assertThat(client.workflow(DEPLOY).raw()).isEqualTo("disabled_manually");
    assertThat(execution.verify(LONG).result()).isEqualTo(Verification.Result.CURED);

    var undone = execution.undo().apply("thaw");

    assertThat(client.workflow(DEPLOY).active()).isTrue();
    assertThat(undone.verify(LONG).result()).isEqualTo(Verification.Result.CURED);
  }

  @Test
  void enableWorkflow_switchedOffForInactivity_switchesOn() {
    hotdash.workflowState(DEPLOY, "disabled_inactivity");

    runbook.pipeline().enableWorkflow(DEPLOY).plan().apply("needed again");

    assertThat(client.workflow(DEPLOY).active()).isTrue();
  }

  @Test
  void disableWorkflow_tokenMayNotWrite_failsWithTheRightThatIsMissing() {
    var reading = Secret.of("github_pat_reads_only_0123");
    github.grant(reading, hotdash, Right.ACTIONS_READ);
    try (var weak =
            GitHubClient.builder()
                .token(reading)
                .repository("acme/hotdash")
                .baseUrl(github.address().toString())
                .time(time.time())
                .build();
        var weakBook =
            RunbookProcedures.builder()
                .time(time.time())
                .pipeline(weak.pipeline())
                .operator("sam")
                .build()) {
      var execution = weakBook.pipeline().disableWorkflow(DEPLOY).plan().apply("freeze");

      assertThat(outcome(execution).status()).isEqualTo(Status.FAILED);
      assertThat(outcome(execution).detail()).contains("403").contains("actions=write");
    }
    assertThat(client.workflow(DEPLOY).active()).isTrue();
    assertThat(time.waits()).as("a missing right does not pass").isEmpty();
  }

  @Test
  void plan_reasonHoldsACredential_isRefusedBeforeAnythingIsWritten() {
    var plan =
        runbook
            .pipeline()
            .startWorkflow(rollback().with("reason", "token " + TOKEN.reveal()))
            .plan();

    assertThatThrownBy(() -> plan.apply("why")).hasMessageContaining("credential-in-text");
    assertThat(journal.entries()).isEmpty();
    assertThat(github.site().count("POST", DISPATCHES)).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "target_version | 117 | it requires the input reason",
        "target | 117 | it requires the input reason; it takes no input target, but reason,"
      })
  void startWorkflow_inputsThatGitHubWouldRefuse_isRefusedBeforeAnythingIsSent(
      String name, String value, String told) {
    var start = WorkflowStart.of(ROLLBACK, "main").with(name, value);

    var plan = runbook.pipeline().startWorkflow(start).plan();

    assertThat(plan.toString()).contains("inputs-refused");
    assertThatThrownBy(() -> plan.apply("why"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(told);
    assertThat(github.site().count("POST", ".*")).isZero();
  }

  @Test
  void startWorkflow_choiceThatIsNone_isRefusedBeforeAnythingIsSent() {
    hotdash.add(
        WorkflowFile.of("smoke-tests.yml", "Smoke", request -> jobs(false))
            .dispatchable(WorkflowInput.choice("environment", "staging", "production")));
    var start = WorkflowStart.of("smoke-tests.yml", "main");

    var wrong = runbook.pipeline().startWorkflow(start.with("environment", "prod")).plan();
    var right = runbook.pipeline().startWorkflow(start.with("environment", "production")).plan();

    assertThatThrownBy(() -> wrong.apply("why"))
        .hasMessageContaining("environment is one of staging, production, not prod");
    assertThat(outcome(right.apply("why")).status()).isEqualTo(Status.DONE);
  }

  @Test
  void startWorkflow_noTriggerByHand_isRefusedBeforeAnythingIsSent() {
    var plan = runbook.pipeline().startWorkflow(WorkflowStart.of(DEPLOY, "main")).plan();

    assertThatThrownBy(() -> plan.apply("why"))
        .hasMessageContaining("no workflow_dispatch trigger at main");
    assertThat(github.site().count("POST", ".*")).isZero();
  }

  @Test
  void startWorkflow_inputsLeftOut_areNamedInThePlan() {
    var start = WorkflowStart.of(ROLLBACK, "main").with("reason", "5xx");

    var plan = runbook.pipeline().startWorkflow(start).plan();

    assertThat(plan.toString().replaceAll("\\s+", " "))
        .contains("Left out: target_version (empty).");
  }

  @Test
  void startWorkflow_fileMayNotBeRead_saysSoAndLetsGitHubDecide() {
    github.site().fault("GET", ".*/contents/.*", 10, WebFault.instead(Answer.empty(403)));
    var start = WorkflowStart.of(ROLLBACK, "main").with("target_version", "117");

    var plan = runbook.pipeline().startWorkflow(start).plan();

    assertThat(plan.toString().replaceAll("\\s+", " ")).contains("Its file could not be read");
    assertThat(outcome(plan.apply("why")).detail())
        .contains("422", "Required input 'reason' not provided");
  }

  /** The process ends: nothing below the test may catch it. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Dies when the outcome of a step is to be written. */
  private record DyingJournal(Journal real) implements Journal {
    @Override
    public void append(JournalEntry entry) {
      if (entry instanceof JournalEntry.Made) {
        throw new Death();
      }
      real.append(entry);
    }

    @Override
    public List<JournalEntry> entries() {
      return real.entries();
    }

    @Override
    public String place() {
      return "a dying process";
    }
  }
}
