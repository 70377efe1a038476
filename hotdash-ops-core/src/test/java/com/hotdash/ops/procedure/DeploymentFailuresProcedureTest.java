package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.pipeline.BuildError.Kind;
import com.hotdash.ops.pipeline.Phase;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.procedure.DeployedMachines.ReleaseHealth;
import com.hotdash.ops.procedure.DeployedMachines.StartFailures;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.DeployRun;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.NewestRelease;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DeploymentFailuresProcedureTest {
  private static final List<ReadingKey<?>> REQUIRED =
      List.of(PipelineLook.LATEST, PlatformLook.MACHINES, PlatformLook.RELEASES);
  private static final List<ReadingKey<?>> OPTIONAL =
      List.of(PlatformLook.SECRETS, PipelineLook.IN_FLIGHT);
  private static final List<ReadingKey<?>> EXPLAINING =
      List.of(PlatformLook.LOGS, PipelineLook.DEPLOYS);

  /** Which findings rest on which readings: they go with any of them. */
  private static final Map<String, Set<ReadingKey<?>>> FROM =
      Map.of(
          "deploy.run", Set.of(PipelineLook.LATEST, PipelineLook.DEPLOYS),
          "deploy.build-errors", Set.of(PipelineLook.LATEST),
          "deploy.release", Set.of(PlatformLook.RELEASES),
          "deploy.images", Set.of(PlatformLook.MACHINES),
          "deploy.health", Set.of(PlatformLook.MACHINES, PlatformLook.RELEASES),
          "deploy.start", Set.of(PlatformLook.MACHINES),
          "deploy.port", Set.of(PlatformLook.LOGS, PlatformLook.MACHINES),
          "deploy.secrets", Set.of(PlatformLook.SECRETS, PlatformLook.LOGS, PlatformLook.MACHINES));

  static Stream<ReadingKey<?>> all() {
    return Stream.of(REQUIRED, OPTIONAL, EXPLAINING).flatMap(List::stream);
  }

  @ParameterizedTest
  @EnumSource(DeployScenarios.class)
  void diagnose_scenario_hasItsVerdictAndFirstCure(DeployScenarios scenario) {
    var diagnosis = scenario.world().diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(scenario.verdict);
    assertThat(first(diagnosis)).as(diagnosis.toString()).isEqualTo(scenario.first);
    var warnings = diagnosis.contraindications().stream().map(Contraindication::id).toList();
    if (scenario.warning.isEmpty()) {
      assertThat(warnings).isEmpty();
    } else {
      assertThat(warnings).contains(scenario.warning);
    }
  }

  @ParameterizedTest
  @EnumSource(DeployScenarios.class)
  void diagnosis_onAScreen_isShortAndToldInOneSentenceEach(DeployScenarios scenario) {
    var diagnosis = scenario.world().diagnose();

    assertThat(diagnosis.findings())
        .allSatisfy(
            each ->
                assertThat(each.summary())
                    .hasSizeLessThanOrEqualTo(170)
                    .doesNotEndWith(".")
                    .doesNotContain("\n", "NaN", "null"));
    assertThat(diagnosis.toString().lines().limit(8).toList())
        .anyMatch(line -> line.contains("[" + scenario.verdict + "]"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void verdict_aReadingFails_isNotOkUnlessItOnlyExplains(ReadingKey<?> key) {
    var diagnosis = new DeployWorld().fails(key).diagnose();

    assertThat(diagnosis.verdict())
        .isEqualTo(EXPLAINING.contains(key) ? Verdict.OK : Verdict.UNKNOWN);
    assertThat(diagnosis.notChecked()).extracting(NotChecked::what).contains(key.name());
  }

  @ParameterizedTest
  @MethodSource("all")
  void verdict_aReadingIsNotConfigured_isNotOkIfItIsRequired(ReadingKey<?> key) {
    var diagnosis = new DeployWorld().lacks(key).diagnose();

    assertThat(diagnosis.verdict())
        .isEqualTo(REQUIRED.contains(key) ? Verdict.UNKNOWN : Verdict.OK);
    assertThat(diagnosis.notChecked()).extracting(NotChecked::remedy).contains(key.remedy());
  }

  @ParameterizedTest
  @EnumSource(DeployScenarios.class)
  void diagnose_moreReadingsFail_keepsProblemsOfTheOthers(DeployScenarios scenario) {
    for (var key : all().toList()) {
      var before = problems(scenario.world().diagnose());
      var after = problems(scenario.world().fails(key).diagnose());

      assertThat(before.stream().filter(id -> !after.contains(id)))
          .as("%s without %s", scenario, key)
          .allMatch(id -> FROM.getOrDefault(id, Set.of()).contains(key));
    }
  }

  private static Set<String> problems(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .map(Finding::id)
        .collect(Collectors.toSet());
  }

  @Test
  void diagnose_onlyTheNewMachinesFail_saysSoAndGoesBackToAnExplicitTarget() {
    var diagnosis = DeployScenarios.NEW_MACHINES_FAIL_THEIR_CHECKS.world().diagnose();

    assertThat(diagnosis.finding(ReleaseHealth.class).orElseThrow().onlyNew()).isTrue();
    assertThat(diagnosis.next()).contains("ops.highErrorRate().rollBack().plan()");
    assertThat(diagnosis.recommendations())
        .extracting(Recommendation::line)
        .contains(
            "ops.pipeline().startWorkflow(WorkflowStart.of(\"rollback-production.yml\","
                + " \"main\").with(\"reason\", \"bad deploy\").with(\"target_version\","
                + " \"v62\")).plan()");
  }

  @Test
  void diagnose_allMachinesFail_goesBackAllAtOnce() {
    assertThat(DeployScenarios.ALL_MACHINES_FAIL_THEIR_CHECKS.world().diagnose().next())
        .contains("ops.highErrorRate().rollBackAllAtOnce().plan()");
  }

  @Test
  void diagnose_nothingToGoBackTo_saysWhyAndNamesNoTarget() {
    var world = DeployScenarios.ALL_MACHINES_FAIL_THEIR_CHECKS.world();
    world.releases.removeIf(each -> each.version() == 62);

    var diagnosis = world.diagnose();

    assertThat(first(diagnosis)).isEqualTo("deploy.no-target");
    assertThat(diagnosis.recommendations()).noneMatch(each -> each.line().contains("rollBack"));
  }

  @Test
  void diagnose_failedBuild_namesFileLineAndStep() {
    var diagnosis = DeployScenarios.BUILD_FAILS_BY_A_TYPE.world().diagnose();

    assertThat(diagnosis.recommendations().get(0).what()).contains("app/routes/orders.tsx:41");
    assertThat(diagnosis.finding(DeployRun.class).orElseThrow().summary())
        .isEqualTo(
            "deploy-production.yml #118 failed in BUILD, job \"build (20.x)\", step 5 \"npm run"
                + " build\"");
    assertThat(diagnosis.findings()).noneMatch(each -> each.severity() == Severity.CRITICAL);
  }

  @Test
  void diagnose_doesNotStart_namesTheSecretThatItsErrorsSpeakOf() {
    var diagnosis = DeployScenarios.DOES_NOT_START_WITHOUT_A_SECRET.world().diagnose();

    assertThat(diagnosis.finding(StartFailures.class).orElseThrow().secrets())
        .containsExactly("SESSION_SECRET");
    assertThat(diagnosis.finding(Secrets.class).orElseThrow().missing())
        .containsExactly("SESSION_SECRET");
    assertThat(diagnosis.next())
        .contains("ops.platform().setSecret(\"SESSION_SECRET\", \"NEW_SESSION_SECRET\").plan()");
  }

  @Test
  void diagnose_endsAgainAndAgainByTheLog_isAStartFailure() {
    var world = new DeployWorld();
    world.release(63, Release.Status.COMPLETE, Duration.ofMinutes(9));
    for (int i = 0; i < 4; i++) {
      world.log("m1", 1, Duration.ofSeconds(40L * i), "Main child exited normally with code: 1");
    }

    var starts = world.diagnose().finding(StartFailures.class).orElseThrow();

    assertThat(starts.starts()).extracting(each -> each.machine()).containsExactly("m1");
    assertThat(world.diagnose().next()).contains("ops.highErrorRate().rollBack().plan()");
  }

  @Test
  void diagnose_sinceOfAFailingCheckIsUnknown_goesByTheReleasesAge() {
    var world = new DeployWorld();
    var old = world.machines.get(0);
    world.machine(old.id(), 63, old.state(), MachineCheck.Status.CRITICAL, null, List.of());
    assertThat(world.diagnose().verdict()).isEqualTo(Verdict.PROBLEM);

    world.release(63, Release.Status.COMPLETE, Duration.ofHours(2));
    assertThat(world.diagnose().verdict()).isEqualTo(Verdict.OK);
  }

  /** What failed is told for ever; that somebody is called for it ends after a day of calm. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "failed just now,                 10, 63, PASSING,  63, PROBLEM",
    "failed nearly a day ago,      1_430, 63, PASSING,  63, PROBLEM",
    "failed more than a day ago,   1_450, 63, PASSING,  63, OK",
    "it runs everywhere and well,  1_450, 64, PASSING,  64, OK",
    "half of the machines have it, 1_450, 64, PASSING,  63, PROBLEM",
    "a machine fails,              1_450, 63, CRITICAL, 63, PROBLEM",
    "a machine has not reported,   1_450, 63, UNKNOWN,  63, PROBLEM",
  })
  void newestRelease_failed_isHistoryAfterADayOfCalm(
      String what, String minutes, int one, MachineCheck.Status check, int two, Verdict verdict) {
    for (var status : List.of(Release.Status.FAILED, Release.Status.INTERRUPTED)) {
      var world = new DeployWorld();
      world.release(63, Release.Status.COMPLETE, Duration.ofDays(3));
      world.release(64, status, Duration.ofMinutes(Long.parseLong(minutes.replace("_", ""))));
      world.machine("m1", one, check);
      world.machine("m2", two, MachineCheck.Status.PASSING);

      var release = world.diagnose().finding(NewestRelease.class).orElseThrow();

      assertThat(release.verdict()).as(release.summary()).isEqualTo(verdict);
      assertThat(release.summary()).startsWith("v64 of alice");
      assertThat(release.summary().contains("all machines are well"))
          .isEqualTo(verdict == Verdict.OK);
    }
  }

  /** A deploy that is red has to be mended; days later it outranks nothing that is the matter. */
  @Test
  void deployRun_failedDaysAgoAndAllIsWell_isAProblemAndNoSymptom() {
    var world = new DeployWorld();
    world.failed(Phase.HEALTH, DeployWorld.error(Kind.TYPE, "app/tile.ts", 17, "TS2345"));
    world.release(62, Release.Status.COMPLETE, Duration.ofDays(4));
    world.release(63, Release.Status.COMPLETE, Duration.ofDays(3));
    var fresh = world.diagnose();
    world.ended = Duration.ofHours(30);
    var old = world.diagnose();

    assertThat(fresh.finding(DeployRun.class).orElseThrow())
        .satisfies(each -> assertThat(each.symptom()).isTrue())
        .satisfies(each -> assertThat(each.severity()).isEqualTo(Severity.CRITICAL));
    assertThat(old.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(old.findings()).filteredOn(each -> each.verdict() == Verdict.PROBLEM).hasSize(2);
    assertThat(old.findings())
        .filteredOn(each -> each.verdict() == Verdict.PROBLEM)
        .allSatisfy(each -> assertThat(each.symptom()).isFalse())
        .allSatisfy(each -> assertThat(each.severity()).isEqualTo(Severity.WARNING));
    assertThat(old.finding(DeployRun.class).orElseThrow().summary())
        .endsWith("and all machines are well");
    world.machine("m1", 63, MachineCheck.Status.CRITICAL);
    assertThat(world.diagnose().finding(DeployRun.class).orElseThrow().symptom()).isTrue();
  }

  /** One that waits for a person will still do something, however long it has waited. */
  @Test
  void deployRun_waitsForDays_isASymptom() {
    var world = new DeployWorld();
    world.run(RunProblem.WAITING_FOR_APPROVAL, "waiting", null);
    world.ended = Duration.ofHours(30);

    assertThat(world.diagnose().finding(DeployRun.class).orElseThrow().symptom()).isTrue();
  }

  @Test
  void diagnose_severalDeploysAreInFlight_cancelsThatWhichWaitsFirst_andAllOfThem() {
    var world = DeployScenarios.ALL_MACHINES_FAIL_THEIR_CHECKS.world();
    world.inFlight.add(DeployWorld.run(71, "in_progress", null, 1));
    world.inFlight.add(DeployWorld.run(70, "pending", null, 1));

    var diagnosis = world.diagnose();

    assertThat(diagnosis.recommendations())
        .extracting(Recommendation::line)
        .startsWith("ops.pipeline().cancelRun(70L).plan()", "ops.pipeline().cancelRun(71L).plan()");
    assertThat(diagnosis.recommendations().get(0).what()).contains("before the one that runs");
    assertThat(diagnosis.contraindications().toString()).contains("pending", "in_progress");
  }

  @Test
  void thresholds_outOfRange_areRefused() {
    assertThatThrownBy(() -> thresholds(Duration.ZERO, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> thresholds(Duration.ofMinutes(1), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static DeploymentFailuresThresholds thresholds(Duration hangs, int refusals) {
    return new DeploymentFailuresThresholds(
        List.of(), hangs, Duration.ofHours(1), refusals, "rollback.yml", "main");
  }

  private static String first(Diagnosis diagnosis) {
    return diagnosis.recommendations().stream().map(Recommendation::id).findFirst().orElse("");
  }
}
