package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.pipeline.PipelineTargets;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.github.GitHubServer;
import com.hotdash.ops.testkit.github.JobLog;
import com.hotdash.ops.testkit.github.JobScript;
import com.hotdash.ops.testkit.github.Repository;
import com.hotdash.ops.testkit.github.StepScript;
import com.hotdash.ops.testkit.github.WorkflowFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reading the same again and again costs, and that it is never an old answer. */
class PollingTest {
  private static final String DEPLOY = "deploy-production.yml";
  private static final Secret TOKEN = Secret.of("github_pat_polling_0123456789");

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final GitHubServer github = GitHubServer.start(time.time());
  private final Repository hotdash = github.repository("acme", "hotdash");
  private GitHubClient client;
  private long run;

  @BeforeEach
  void start() {
    github.grantAll(TOKEN, hotdash);
    var build = JobScript.of("build", JobLog.of(List.of("npm ci")), StepScript.passing("npm ci"));
    hotdash.add(WorkflowFile.of(DEPLOY, "Deploy", request -> List.of(build)));
    run = hotdash.push(DEPLOY, "fix tile cache");
    client =
        GitHubClient.builder()
            .token(TOKEN)
            .repository("acme/hotdash")
            .baseUrl(github.address().toString())
            .time(time.time())
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    github.close();
  }

  private int used() {
    return client.rateLimit().used();
  }

  /** 64 answers are remembered; what was asked for longest ago goes first, and is read anew. */
  @Test
  void run_moreThanAreRemembered_theOneAskedForLongestAgoCostsACallAgain() {
    var runs = new ArrayList<Long>();
    for (int i = 0; i < 65; i++) {
      runs.add(hotdash.push(DEPLOY, "change " + i));
    }
    runs.forEach(client::run);
    int before = used();

    runs.subList(1, 65).forEach(client::run);

    assertThat(used()).isEqualTo(before);
    assertThat(client.run(runs.get(0)).id()).isEqualTo(runs.get(0));
    assertThat(used()).isEqualTo(before + 1);
    client.run(runs.get(1));
    assertThat(used()).isEqualTo(before + 2);
  }

  @Test
  void run_polledTwentyTimes_costsOneCallForEachChange() {
    var seen = new LinkedHashSet<>();
    for (int poll = 0; poll < 20; poll++) {
      var now = client.run(run);
      assertThat(now.state().raw()).as("poll %s", poll).startsWith(status());
      seen.add(now);
      time.advance(Duration.ofSeconds(5));
    }

    assertThat(seen).as("queued, in progress, completed").hasSizeGreaterThanOrEqualTo(3);
    assertThat(used()).isEqualTo(seen.size());
    assertThat(github.site().count("GET", ".*/actions/runs/\\d+")).isEqualTo(20);
  }

  private String status() {
    var state = hotdash.runState(run);
    return state.equals("success") ? "completed/success" : state;
  }

  @Test
  void everyPolledRead_unchanged_isFree() {
    time.advance(Duration.ofHours(1));
    for (int poll = 0; poll < 5; poll++) {
      var now = client.run(run);
      client.attempt(run, 1);
      client.jobs(now);
      client.runs(RunQuery.ALL.workflow(DEPLOY));
      client.workflow(DEPLOY);
    }

    assertThat(used()).isEqualTo(5);
  }

  @Test
  void runs_otherQuery_isAnotherAnswer() {
    time.advance(Duration.ofHours(1));

    assertThat(client.runs(RunQuery.ALL.status("completed")).runs()).hasSize(1);
    assertThat(client.runs(RunQuery.ALL.status("queued")).runs()).isEmpty();
    assertThat(client.runs(RunQuery.ALL.status("completed")).runs()).hasSize(1);
  }

  @Test
  void runs_severalPages_areAllThereAlsoWhenUnchanged() {
    for (int i = 0; i < 149; i++) {
      hotdash.push(DEPLOY, "push " + i);
    }
    time.advance(Duration.ofHours(9));
    var first = client.runs(RunQuery.ALL.most(1000));
    int cost = used();

    var again = client.runs(RunQuery.ALL.most(1000));

    assertThat(first.runs()).hasSize(150);
    assertThat(again).isEqualTo(first);
    assertThat(used()).isEqualTo(cost).isEqualTo(2);
  }

  @Test
  void reading_unchanged_isAsOfTheLastLook() {
    time.advance(Duration.ofHours(1));
    var target = PipelineTargets.run("acme/hotdash", run);
    try (var look = client.pipeline().look(time.time().deadline(Duration.ofMinutes(1)))) {
      assertThat(look.deploys().toOptional()).isPresent();
    }
    time.advance(Duration.ofMinutes(7));

    var reading = client.pipeline().observe(target, time.time().deadline(Duration.ofMinutes(1)));

    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Read.class,
            read -> assertThat(read.evidence().observedAt()).isEqualTo(time.now()));
  }

  @Test
  void control_guardsItsWriteByAnAnswerOfItsOwn() {
    time.advance(Duration.ofHours(1));
    var target = PipelineTargets.run("acme/hotdash", run);
    var deadline = time.time().deadline(Duration.ofMinutes(1));
    client.run(run);
    int before = used();

    client.run(run);
    assertThat(used()).as("asked whether it still holds").isEqualTo(before);
    try (var control = client.pipeline().control()) {
      control.observe(target, deadline);
    }

    assertThat(used()).as("read anew").isEqualTo(before + 1);
  }

  @Test
  void run_changedSince_isNeverTheOldAnswer() {
    var before = client.run(run);
    hotdash.settle();
    time.advance(Duration.ofHours(1));

    var after = client.run(run);

    assertThat(before.state().active()).isTrue();
    assertThat(after.state().succeeded()).isTrue();
  }
}
