package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.CheckupWorld.COMMIT;
import static com.hotdash.ops.procedure.CheckupWorld.OTHER;
import static com.hotdash.ops.procedure.CheckupWorld.check;
import static com.hotdash.ops.procedure.CheckupWorld.staging;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Checkup;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.platform.MachineSettings.Check;
import com.hotdash.ops.platform.MachineSettings.Service;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.SecretSpread;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is looked at before a deploy, and how the application is set up: each fault alone. */
class CheckupsTest {
  private static final Look DEPLOY = new Look("deploy", CheckupWorld::beforeDeploy);
  private static final Look AUDIT = new Look("audit", CheckupWorld::audit);

  record Look(String name, Function<CheckupWorld, Checkup> how) {
    Checkup apply(CheckupWorld world) {
      return how.apply(world);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        // R3.P1
        fault(
            DEPLOY,
            Verdict.PROBLEM,
            "before-deploy.staging",
            "staging is not well",
            world ->
                world.stagingHealth.machines =
                    FleetWorld.read(
                        FleetWorld.machines(FleetWorld.failing(FleetWorld.machine("s1"))))),
        fault(
            DEPLOY,
            Verdict.UNKNOWN,
            "before-deploy.staging",
            "nobody can tell",
            world -> world.stagingHealth.notConfigured.add(AppReader.HEALTH)),
        fault(
            DEPLOY,
            Verdict.PROBLEM,
            "before-deploy.commit",
            "commit 77aa0b1, not 3f2c9a1",
            world -> world.stagingRuns(staging("deploy-staging.yml", "success", OTHER))),
        fault(
            DEPLOY,
            Verdict.PROBLEM,
            "before-deploy.commit",
            "to staging failed",
            world -> world.stagingRuns(staging("deploy-staging.yml", "failure"))),
        fault(
            DEPLOY,
            Verdict.UNKNOWN,
            "before-deploy.commit",
            "nobody knows what staging has",
            world -> world.stagingRuns(staging("deploy-staging.yml", "failure", OTHER))),
        fault(
            DEPLOY,
            Verdict.UNKNOWN,
            "before-deploy.commit",
            "nobody knows what staging has",
            world -> world.stagingRuns(staging("deploy-staging.yml", "cancelled"))),
        fault(
            DEPLOY,
            Verdict.UNKNOWN,
            "before-deploy.commit",
            "is being changed",
            world -> world.staging.add(0, staging("deploy-staging.yml", null))),
        fault(
            DEPLOY,
            Verdict.PROBLEM,
            "before-deploy.commit",
            "was rolled back since",
            world -> world.staging.add(0, staging("rollback-staging.yml", "success"))),
        fault(
            DEPLOY,
            Verdict.UNKNOWN,
            "before-deploy.commit",
            "nobody knows what staging has",
            world -> world.staging.add(0, staging("rollback-staging.yml", "failure"))),
        fault(
            DEPLOY,
            Verdict.UNKNOWN,
            "before-deploy.commit",
            "nobody knows what staging has",
            world -> world.stagingRuns(staging("deploy-staging.yml", "success", null))),
        fault(
            DEPLOY,
            Verdict.UNKNOWN,
            "before-deploy.commit",
            "no run is told",
            world -> world.stagingRuns()),
        fault(
            DEPLOY,
            Verdict.UNKNOWN,
            "before-deploy.commit",
            "nobody said which commit",
            world -> world.commit = ""),
        // R3.P2
        fault(
            DEPLOY,
            Verdict.PROBLEM,
            "before-deploy.secrets",
            "not stored: SESSION_SECRET",
            world -> world.secrets.removeIf(each -> each.name().equals("SESSION_SECRET"))),
        fault(
            DEPLOY,
            Verdict.PROBLEM,
            "before-deploy.secrets",
            "only staged: SCOPES",
            world -> world.spread("SCOPES", SecretSpread.of(0, List.of("m1", "m2"), List.of()))),
        fault(
            DEPLOY,
            Verdict.PROBLEM,
            "before-deploy.secrets",
            "only staged: SCOPES",
            world -> world.spread("SCOPES", SecretSpread.of(1, List.of("m2"), List.of()))),
        fault(
            DEPLOY,
            Verdict.UNKNOWN,
            "before-deploy.secrets",
            "nobody can tell",
            world -> world.spread("SCOPES", SecretSpread.UNKNOWN)),
        // R3.P3, X4, R2.P1
        fault(
            DEPLOY,
            Verdict.PROBLEM,
            "configuration.checks",
            "no health check asks m1, m2",
            world -> world.checks()),
        fault(
            DEPLOY,
            Verdict.PROBLEM,
            "before-deploy.in-flight",
            "another deploy is under way",
            world -> world.inFlight.add(HealthWorld.run("deploy-production.yml", null, 1))),
        fault(
            DEPLOY,
            Verdict.PROBLEM,
            "before-deploy.smoke",
            "did not pass",
            world -> world.watches.add(0, HealthWorld.run("smoke-tests.yml", false, 1))),
        // R7.R2a
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.checks",
            "no health check asks m1, m2",
            world -> world.checks()),
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.checks",
            "no check asks over http",
            world ->
                world.checks(
                    new Check(
                        "tcp",
                        "",
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5)))),
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.checks",
            "names no path",
            world -> world.checks(check("", 15, 5, 10), check("/health", 15, 5, 10))),
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.checks",
            "still waiting when the next",
            world -> world.checks(check("/health", 5, 5, 10))),
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.checks",
            "from the first second",
            world -> world.checks(check("/health", 15, 5, 0))),
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.deep-check",
            "asks database, shop",
            world -> world.health = HealthWorld.health(HealthWorld.well("m1"))),
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.check-timeout",
            "waits 5 s, the application waits 30 s",
            world -> {
              world.health = HealthWorld.health(HealthWorld.well("m1"));
              world.told("DATABASE_TIMEOUT", "30000");
            }),
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.blind-check",
            "says \"degraded\"",
            world ->
                world.health =
                    HealthWorld.health(
                        HealthWorld.answers(
                            "m1", HealthWorld.answer("/health", 200, HealthStatus.FAIL)))),
        fault(
            AUDIT,
            Verdict.UNKNOWN,
            "configuration.unanswered",
            "no machine answered us there",
            world -> world.checks(check("/elsewhere", 15, 5, 10))),
        fault(
            AUDIT,
            Verdict.UNKNOWN,
            "configuration.unanswered",
            "no machine answered us there",
            world -> world.health = HealthWorld.health(HealthWorld.silent("m1"))),
        // R2.P2, R4.P1, and what ends in an outage
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.strategy",
            "v118 went out IMMEDIATE: all machines at once",
            world -> world.strategy = "IMMEDIATE"),
        fault(
            AUDIT,
            Verdict.UNKNOWN,
            "configuration.strategy",
            "v118 went out SIMPLE: what that does is not known",
            world -> world.strategy = "SIMPLE"),
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.spare",
            "each deploy",
            world -> world.machines = new Machines(List.of(FleetWorld.machine("m1")))),
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.spare",
            "at least 1",
            world -> world.services(new Service(true, 1))),
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.pools",
            "60 connections × 2 machines = 120",
            world -> {
              world.told("DATABASE_POOL_SIZE", "60");
              world.connectivity = FleetWorld.read(new Connectivity(List.of()));
            }),
        fault(
            AUDIT,
            Verdict.UNKNOWN,
            "configuration.pools",
            "the pooler takes as many",
            world -> world.told("DATABASE_POOL_SIZE", "60")),
        fault(
            AUDIT,
            Verdict.UNKNOWN,
            "configuration.pools",
            "do not tell",
            world -> world.told("DATABASE_POOL_SIZE", "")),
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.heap",
            "the kernel kills",
            world -> world.told("NODE_OPTIONS", "--max-old-space-size=2048")),
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.plain-secrets",
            "can read SESSION_SECRET",
            world -> world.variables("SESSION_SECRET", "SCOPES")),
        fault(
            AUDIT,
            Verdict.PROBLEM,
            "configuration.alike",
            "differ",
            world -> world.memory("m2", 4_096)));
  }

  private static Arguments fault(
      Look look, Verdict verdict, String finding, String says, Consumer<CheckupWorld> happens) {
    return Arguments.of(look, verdict, finding, says, happens);
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("faults")
  void judge_oneFault_isTheOnlyFindingThatIsNotOk(
      Look look, Verdict verdict, String finding, String says, Consumer<CheckupWorld> happens) {
    var world = new CheckupWorld();
    happens.accept(world);

    var checkup = look.apply(world);

    assertThat(checkup.verdict()).isEqualTo(verdict);
    var amiss = checkup.findings().stream().filter(each -> each.verdict() != Verdict.OK).toList();
    assertThat(amiss).extracting(Finding::id).contains(finding);
    // A check that asks the database too little time for it is also one that asks it.
    assertThat(amiss).extracting(Finding::id).isSubsetOf(finding, "configuration.deep-check");
    assertThat(amiss).extracting(Finding::summary).anyMatch(each -> each.contains(says));
    assertThat(checkup.findings()).allSatisfy(each -> assertThat(each.evidence()).isNotEmpty());
    if (verdict == Verdict.PROBLEM && !finding.endsWith("smoke")) {
      assertThat(checkup.recommendations()).isNotEmpty();
    }
    assertThat(checkup.toString()).contains(says.substring(0, 4));
    TypedLines.check(checkup);
  }

  @Test
  void judge_allIsWell_isOkAndSaysWhatToTypeNext() {
    var world = new CheckupWorld();

    var deploy = world.beforeDeploy();
    var audit = world.audit();

    assertThat(deploy.verdict()).as(deploy.toString()).isEqualTo(Verdict.OK);
    assertThat(deploy.findings()).hasSize(6);
    assertThat(deploy.next())
        .hasValueSatisfying(line -> assertThat(line).contains("deploy-production"));
    assertThat(deploy.contraindications()).isEmpty();
    assertThat(audit.verdict()).as(audit.toString()).isEqualTo(Verdict.OK);
    assertThat(audit.recommendations()).isEmpty();
    assertThat(audit.notChecked()).isEmpty();
    // What no release tells is told as not looked at.
    world.strategy = "";
    assertThat(world.audit().notChecked())
        .singleElement()
        .satisfies(each -> assertThat(each.what()).isEqualTo("strategy of deploys"));
    assertThat(world.audit().verdict()).isEqualTo(Verdict.OK);
    TypedLines.check(deploy);
  }

  static Stream<Arguments> gaps() {
    var required =
        Stream.of(
            gap(DEPLOY, BeforeDeploy.STAGING),
            gap(DEPLOY, PipelineLook.STAGING),
            gap(DEPLOY, PipelineLook.IN_FLIGHT),
            gap(DEPLOY, PlatformLook.SECRETS),
            gap(DEPLOY, PlatformLook.SETTINGS),
            gap(AUDIT, PlatformLook.SETTINGS),
            gap(AUDIT, PlatformLook.MACHINES),
            gap(AUDIT, AppReader.HEALTH),
            gap(AUDIT, DatabaseLook.CAPACITY));
    return required.flatMap(
        each ->
            Arrays.stream(Why.values())
                .map(why -> Arguments.of(each.get()[0], each.get()[1], why)));
  }

  private static Arguments gap(Look look, ReadingKey<?> key) {
    return Arguments.of(look, key);
  }

  @ParameterizedTest(name = "{1} {2}")
  @MethodSource("gaps")
  void judge_readingMissing_isNeverOkAndNamesIt(Look look, ReadingKey<?> key, Why why) {
    var world = new CheckupWorld();
    world.gaps.put(key, why);

    var checkup = look.apply(world);

    assertThat(checkup.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(checkup.notChecked())
        .anySatisfy(
            each -> {
              assertThat(each.what()).isEqualTo(key.name());
              assertThat(each.why()).isEqualTo(why);
              assertThat(each.remedy()).isNotBlank();
            });
    assertThat(checkup.toString().lines().limit(24).collect(Collectors.joining("\n")))
        .contains("[UNKNOWN]", "Next", "Not checked", key.name());
  }

  @Test
  void beforeDeploy_severalFaults_saysWhatToDoAboutEach() {
    var world = new CheckupWorld();
    world.inFlight.add(HealthWorld.run("deploy-production.yml", null, 1));
    world.spread("SCOPES", SecretSpread.of(0, List.of("m1", "m2"), List.of()));
    world.stagingRuns(staging("deploy-staging.yml", "success", OTHER));

    var checkup = world.beforeDeploy();

    assertThat(checkup.recommendations())
        .extracting(Recommendation::id)
        .contains("before-deploy.in-flight", "platform.change-secrets", "before-deploy.commit");
    assertThat(checkup.contraindications()).hasSize(1);
    assertThat(checkup.toString().lines().limit(24).collect(Collectors.joining("\n", "", "\n")))
        .isEqualTo(SceneTable.text("golden/before-deploy.txt"));
  }

  @Test
  void audit_hotdashAsItIs_tellsWhatItsFileGetsWrong() {
    var world = new CheckupWorld();
    world.checks(check("/health", 15, 5, 10), check("/api/monitoring/health", 30, 10, 15));
    world.told("NODE_OPTIONS", "--max-old-space-size=2048");
    world.told("DATABASE_TIMEOUT", "30000");
    world.health = HealthWorld.health(HealthWorld.well("m1"), HealthWorld.well("m2"));

    var checkup = world.audit();

    assertThat(checkup.toString().lines().limit(24).collect(Collectors.joining("\n", "", "\n")))
        .isEqualTo(SceneTable.text("golden/configuration.txt"));
  }

  @Test
  void beforeDeploy_commitByItsBeginning_isTheSame() {
    var world = new CheckupWorld();
    world.commit = COMMIT.substring(0, 7).toUpperCase(Locale.ROOT);

    assertThat(world.beforeDeploy().verdict()).isEqualTo(Verdict.OK);
  }
}
