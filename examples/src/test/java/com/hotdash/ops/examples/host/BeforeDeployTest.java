package com.hotdash.ops.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.catalogue.Answer;
import com.hotdash.ops.catalogue.Runbook;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.fly.FlyClient;
import com.hotdash.ops.fly.FlyService;
import com.hotdash.ops.github.GitHubClient;
import com.hotdash.ops.resolution.InProcessLocks;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookBuilder;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.Estate;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyToken.Kind;
import com.hotdash.ops.testkit.github.JobLog;
import com.hotdash.ops.testkit.github.JobScript;
import com.hotdash.ops.testkit.github.StepScript;
import com.hotdash.ops.testkit.github.WorkflowFile;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A step of a pipeline: whether the way to production is free, over the wire, with a staging. */
class BeforeDeployTest {
  private static final String APP = "hotdash-production";
  private static final String COMMIT = "3f2c9a1d5b6e7f8091a2b3c4d5e6f70819203a4b";
  private static final Secret TOKEN = Secret.of("ghp_before0123456789abcdef");

  private final FakeTime clock = FakeTime.startingAt(Instant.parse("2026-11-23T10:00:00Z"));
  private final Time time = clock.time();
  private final Estate estate = Estate.start(time);
  private final Estate other = Estate.start(time);
  private final FlyClient fly = fly(estate);
  private final FlyClient otherFly = fly(other);
  private final GitHubClient github =
      GitHubClient.builder()
          .token(TOKEN)
          .repository("acme/hotdash")
          .baseUrl(estate.github().address().toString())
          .time(time)
          .build();
  private final RunbookProcedures staging = builder(other, otherFly, "staging").build();
  private final RunbookProcedures ops =
      builder(estate, fly, "production")
          .pipeline(github.pipeline())
          .staging(staging)
          .secretSource(name -> Optional.of(Secret.of("planted-7c1e-of-" + name)))
          .build();

  private FlyClient fly(Estate of) {
    var world = of.fly();
    var web = world.address(FlyHost.WEB).toString();
    return FlyClient.builder()
        .token(world.token(Kind.DEPLOY, APP).secret())
        .readToken(world.token(Kind.READ_ONLY, APP).secret())
        .operator("sam")
        .time(time)
        .address(FlyService.MACHINES, world.address(FlyHost.MACHINES).toString())
        .address(FlyService.GRAPHQL, web)
        .address(FlyService.RELEASES, web)
        .address(FlyService.LOGS, web)
        .address(FlyService.PROMETHEUS, web + "/prometheus")
        .address(FlyService.REGISTRY, world.address(FlyHost.REGISTRY).toString())
        .address(FlyService.INCIDENTS, world.address(FlyHost.INCIDENTS) + "/v1/incidents")
        .build();
  }

  private RunbookBuilder builder(Estate of, FlyClient client, String name) {
    return RunbookProcedures.builder()
        .time(time)
        .environment(
            Environment.of(Map.of("HOTDASH_OPS_APP_URL", of.hotdash().address().toString())))
        .journal(new MemoryJournal())
        .locks(new InProcessLocks())
        .environmentName(name)
        .operator("sam")
        .platform(client.app(APP).platform())
        .instances(client.app(APP).instances());
  }

  @BeforeEach
  void deployToStaging() {
    estate.github().grantAll(TOKEN, estate.repository());
    estate
        .repository()
        .add(
            WorkflowFile.of(
                "deploy-staging.yml",
                "Deploy to staging",
                request ->
                    List.of(
                        JobScript.of(
                            "deploy",
                            JobLog.of(List.of("deployed")),
                            StepScript.passing("deploy")))));
    estate.repository().ref("main", COMMIT);
    clock.advance(Duration.ofMinutes(10));
    estate.repository().push("deploy-staging.yml", "Orders are faster");
    clock.advance(Duration.ofMinutes(20));
  }

  @AfterEach
  void close() {
    ops.close();
    staging.close();
    github.close();
    fly.close();
    otherFly.close();
    estate.close();
    other.close();
  }

  @Test
  void beforeDeploy_stagingHasTheCommitAndIsWell_isFree() {
    var checkup = ops.beforeDeploy(COMMIT.substring(0, 12));

    assertThat(checkup.verdict()).as(checkup.toString()).isEqualTo(Verdict.OK);
    assertThat(checkup.toString())
        .contains("staging has commit 3f2c9a1", "all 10 required secrets", "/health every 15 s");
    assertThat(estate.fly().changes()).isEmpty();
    assertThat(other.fly().changes()).isEmpty();
    assertThat(estate.github().site().requests()).allMatch(each -> each.method().equals("GET"));
  }

  @Test
  void beforeDeploy_anotherCommitAndAnUnwellStaging_isNot() {
    other.release(Behaviour.healthy().dependency("database", "error"));
    clock.advance(Duration.ofMinutes(2));

    var checkup = ops.beforeDeploy("0123456789");

    assertThat(checkup.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(checkup.findings())
        .filteredOn(each -> each.verdict() == Verdict.PROBLEM)
        .extracting(Finding::id)
        .containsExactlyInAnyOrder("before-deploy.staging", "before-deploy.commit");
  }

  @Test
  void beforeDeploy_stagingDoesNotAnswer_isNotKnown() {
    other.close();

    var checkup = ops.beforeDeploy(COMMIT);

    assertThat(checkup.verdict()).isNotEqualTo(Verdict.OK);
    assertThat(checkup.notChecked()).anyMatch(each -> each.what().equals("staging's machines"));
  }

  @Test
  void audit_hotdashAsItIsDeployed_tellsOfItsHeapAndItsDeepCheck() {
    var checkup = ops.audit();

    assertThat(checkup.findings())
        .filteredOn(each -> each.verdict() == Verdict.PROBLEM)
        .extracting(Finding::id)
        .containsExactlyInAnyOrder("configuration.heap", "configuration.deep-check");
    assertThat(checkup.notChecked()).anyMatch(each -> each.remedy().contains("DATABASE_URL"));
  }

  @Test
  void setSecret_rotatedOnStagingFirst_isNotObjectedTo() {
    var line = Runbook.line("R8.R2");
    var given = Map.of("name", "SESSION_SECRET", "place", "NEW");
    assertThat(((Answer.Planned) line.invoke(ops, given)).plan().objections())
        .extracting(each -> each.name())
        .containsExactly("not-on-staging");

    other.flyApp().secrets(Map.of("SESSION_SECRET", "another value"));
    clock.advance(Duration.ofMinutes(1));
    assertThat(((Answer.Planned) line.invoke(ops, given)).plan().objections())
        .as("only staged")
        .hasSize(1);
    other.release(Behaviour.healthy());
    clock.advance(Duration.ofMinutes(3));

    var plan = ((Answer.Planned) line.invoke(ops, given)).plan();
    assertThat(plan.objections()).isEmpty();
    assertThat(plan.toString()).doesNotContain("planted-7c1e");
  }

  @Test
  void line_prevention_isAnswered() {
    var answer = Runbook.line("R3.P1").invoke(ops, Map.of("commit", COMMIT));

    assertThat(answer.verdict()).contains(Verdict.OK);
    assertThat(answer.toString()).contains("R3.P1", "staging has commit 3f2c9a1");
  }
}
