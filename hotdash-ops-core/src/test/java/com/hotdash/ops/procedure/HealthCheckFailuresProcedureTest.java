package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.NOW;
import static com.hotdash.ops.procedure.FleetWorld.failing;
import static com.hotdash.ops.procedure.FleetWorld.image;
import static com.hotdash.ops.procedure.FleetWorld.line;
import static com.hotdash.ops.procedure.FleetWorld.logs;
import static com.hotdash.ops.procedure.FleetWorld.machine;
import static com.hotdash.ops.procedure.FleetWorld.machines;
import static com.hotdash.ops.procedure.FleetWorld.read;
import static com.hotdash.ops.procedure.FleetWorld.release;
import static com.hotdash.ops.procedure.FleetWorld.started;
import static com.hotdash.ops.procedure.FleetWorld.unread;
import static com.hotdash.ops.procedure.HealthWorld.answer;
import static com.hotdash.ops.procedure.HealthWorld.answers;
import static com.hotdash.ops.procedure.HealthWorld.certificate;
import static com.hotdash.ops.procedure.HealthWorld.degraded;
import static com.hotdash.ops.procedure.HealthWorld.health;
import static com.hotdash.ops.procedure.HealthWorld.run;
import static com.hotdash.ops.procedure.HealthWorld.runs;
import static com.hotdash.ops.procedure.HealthWorld.secrets;
import static com.hotdash.ops.procedure.HealthWorld.silent;
import static com.hotdash.ops.procedure.HealthWorld.well;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.CertificateState;
import com.hotdash.ops.app.MachineHealth;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.health.ProbeResult.Outcome;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.MachineSettings;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.procedure.Disagreement.Kind;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.Certificate;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.LivenessDepends;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopTrouble;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HealthCheckFailuresProcedureTest {
  private static final String LOOSEN = "health.loosen-checks";
  private static final String RESTART = "platform.restart";

  private final HealthWorld world = new HealthWorld();

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            "one machine hangs",
            w -> {
              w.machines = read(machines(machine("m1"), failing(machine("m2"))));
              w.health = read(health(well("m1"), silent("m2")));
            },
            "health.checks,health.probes",
            "ops.platform().restart(\"m2\").plan()",
            LOOSEN),
        fault(
            "the database is down, so all fail alike",
            w -> {
              w.machines = read(machines(failing(machine("m1")), failing(machine("m2"))));
              w.health = read(health(degraded("m1", "database"), degraded("m2", "database")));
              w.database = FleetWorld.databaseFails(FailureKind.REFUSED);
            },
            "health.checks,health.dependencies,health.liveness-depends,health.probes",
            "ops.databaseConnectionIssues().diagnose()",
            RESTART + "," + LOOSEN),
        fault(
            "the shop's credential is wrong, by the application's word alone",
            w -> {
              w.machines = read(machines(failing(machine("m1")), failing(machine("m2"))));
              w.health = read(health(degraded("m1", "shopify"), degraded("m2", "shopify")));
              w.shop = unread("the shop's answer");
            },
            "health.checks,health.dependencies,health.liveness-depends,health.probes",
            "ops.shopifyApiErrors().diagnose()",
            RESTART + "," + LOOSEN),
        fault(
            "all fail alike and nothing says why",
            w -> {
              w.machines = read(machines(failing(machine("m1")), failing(machine("m2"))));
              w.health = read(health(silent("m1"), silent("m2")));
            },
            "health.checks,health.probes",
            "ops.highErrorRate().diagnose()",
            RESTART + "," + LOOSEN),
        fault(
            "only the machine with the new release fails",
            w -> {
              w.releases = read(List.of(release(119, 6), release(118, 3_000)));
              w.machines =
                  read(machines(machine("m1"), image(failing(started(machine("m2"), 4)), 119)));
              w.health = read(health(well("m1"), silent("m2")));
            },
            "health.checks,health.probes",
            "ops.highErrorRate().rollBack().plan()",
            LOOSEN),
        fault(
            "all fail since a release",
            w -> {
              w.releases = read(List.of(release(118, 3_000), release(119, 6)));
              w.machines =
                  read(
                      machines(
                          image(failing(machine("m1")), 119), image(failing(machine("m2")), 119)));
              w.health = read(health(silent("m1"), silent("m2")));
            },
            "health.checks,health.probes",
            "ops.highErrorRate().rollBackAllAtOnce().plan()",
            RESTART + "," + LOOSEN),
        fault(
            "a machine fails our probes and no check sees it",
            w -> w.health = read(health(well("m1"), silent("m2"))),
            "health.disagreement,health.probes",
            "ops.platform().restart(\"m2\").plan()",
            LOOSEN),
        fault(
            "one machine alone has no database",
            w -> {
              w.machines = read(machines(machine("m1"), failing(machine("m2"))));
              w.health = read(health(well("m1"), degraded("m2", "database")));
            },
            "health.checks,health.liveness-depends,health.probes",
            "ops.platform().restart(\"m2\").plan()",
            LOOSEN),
        fault(
            "degraded everywhere with a good code",
            w ->
                w.health =
                    read(
                        health(
                            answers("m1", answer("/api/monitoring/health", 200, HealthStatus.WARN)),
                            answers(
                                "m2", answer("/api/monitoring/health", 200, HealthStatus.WARN)))),
            "health.probes",
            "ops.highErrorRate().diagnose()",
            LOOSEN),
        fault(
            "no machine runs",
            w ->
                w.machines =
                    read(
                        machines(
                            FleetWorld.state(machine("m1"), MachineState.FAILED),
                            FleetWorld.state(machine("m2"), MachineState.FAILED))),
            "health.checks",
            "ops.deploymentFailures().diagnose()",
            LOOSEN));
  }

  private static Arguments fault(
      String what, Consumer<HealthWorld> happens, String findings, String next, String not) {
    return Arguments.of(what, happens, findings, next, not);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void diagnose_fault_isNamedWithTheLineToType(
      String what, Consumer<HealthWorld> happens, String findings, String next, String not) {
    happens.accept(world);

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.PROBLEM);
    assertThat(problems(diagnosis))
        .as(diagnosis.toString())
        .containsExactly(findings.split(",", -1));
    assertThat(diagnosis.next()).as(diagnosis.toString()).contains(next);
    assertThat(diagnosis.contraindications())
        .extracting(Contraindication::id)
        .as(diagnosis.toString())
        .containsExactlyInAnyOrder(not.split(",", -1));
    assertThat(diagnosis.findings())
        .allSatisfy(
            each -> assertThat(each.summary()).hasSizeLessThanOrEqualTo(160).doesNotEndWith("."));
    assertThat(diagnosis.findings().get(0).symptom() || diagnosis.findings().size() > 1).isTrue();
    TypedLines.check(diagnosis);
  }

  /** Of the required readings each tells alone; what only explains takes nothing away. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void diagnose_faultWhileMoreCannotBeRead_isNeverFine(
      String what, Consumer<HealthWorld> happens, String findings, String next, String not) {
    for (var gap : gaps()) {
      var less = new HealthWorld();
      happens.accept(less);
      var whole = problems(less.diagnose());
      gap.accept(less);
      var diagnosis = less.diagnose();
      assertThat(diagnosis.verdict()).isNotEqualTo(Verdict.OK);
      assertThat(whole).containsAll(problems(diagnosis));
    }
    happens.accept(world);
    world.logs = unread("logs");
    world.releases = unread("releases");
    world.watches = unread("watches");
    world.secrets = unread("secrets");
    world.certificate = unread("certificate");
    assertThat(problems(world.diagnose())).containsExactly(findings.split(",", -1));
  }

  private static List<Consumer<HealthWorld>> gaps() {
    return List.of(
        w -> w.machines = unread("machines"),
        w -> w.health = unread("health"),
        w -> {
          w.machines = unread("machines");
          w.health = unread("health");
        });
  }

  static Stream<Arguments> redHerrings() {
    return Stream.of(
        herring("nothing is the matter", w -> {}),
        herring(
            "a machine sleeps, and its last check failed",
            w -> {
              w.machines =
                  read(
                      machines(
                          machine("m1"),
                          machine("m2"),
                          FleetWorld.state(failing(machine("m3")), MachineState.STOPPED)));
            }),
        herring(
            "one of two sleeps, and one is to run",
            w -> {
              w.machines =
                  read(
                      machines(
                          machine("m1"), FleetWorld.state(machine("m2"), MachineState.STOPPED)));
              w.settings = settings(true, 1);
              w.health = read(health(well("m1")));
            }),
        herring(
            "one of two was stopped where the platform stops none",
            w -> {
              w.machines =
                  read(
                      machines(
                          machine("m1"), FleetWorld.state(machine("m2"), MachineState.STOPPED)));
              w.settings = settings(false, 2);
              w.health = read(health(well("m1")));
            }),
        herring(
            "one of two is on its way",
            w -> {
              w.machines =
                  read(
                      machines(
                          machine("m1"), FleetWorld.state(machine("m2"), MachineState.CHANGING)));
              w.health = read(health(well("m1")));
            }),
        herring(
            "there is one machine, although two are to run",
            w -> {
              w.machines = read(machines(machine("m1")));
              w.health = read(health(well("m1")));
            }),
        herring(
            "an endpoint is not for us",
            w ->
                w.health =
                    read(
                        health(
                            answers(
                                "m1",
                                answer("/health", 200, HealthStatus.PASS),
                                answer("/api/health", 404, HealthStatus.UNKNOWN)),
                            well("m2")))),
        herring(
            "a watch failed yesterday",
            w -> w.watches = runs(run("production-monitoring.yml", false, 1_500))),
        herring(
            "a watch failed and then succeeded",
            w ->
                w.watches =
                    runs(
                        run("production-monitoring.yml", true, 4),
                        run("production-monitoring.yml", false, 19))),
        herring(
            "a watch is under way",
            w ->
                w.watches =
                    runs(
                        run("production-monitoring.yml", null, 0),
                        run("production-monitoring.yml", true, 15))),
        herring(
            "a check failed once and came back",
            w ->
                w.logs =
                    logs(
                        line("m1", 200, "Health check on port 3000 has failed"),
                        line("m1", 180, "Health check on port 3000 is now passing"))),
        herring("the shop throttles", w -> w.shop = FleetWorld.shop(ShopTrouble.THROTTLED)),
        herring(
            "the shop refuses us, and no check minds",
            w -> w.shop = FleetWorld.shop(ShopTrouble.UNAUTHORIZED)),
        herring(
            "only platform and application are configured",
            w ->
                w.notConfigured.addAll(
                    List.of(
                        AppReader.CERTIFICATE,
                        DatabaseLook.CONNECTIVITY,
                        ShopLook.ANSWER,
                        PipelineLook.WATCHES))),
        herring(
            "a vendor cannot be looked at",
            w -> {
              w.watches = unread("watches");
              w.shop = unread("shop");
            }));
  }

  private static Arguments herring(String what, Consumer<HealthWorld> happens) {
    return Arguments.of(what, happens);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("redHerrings")
  void diagnose_redHerring_isOkWithNothingToDo(String what, Consumer<HealthWorld> happens) {
    happens.accept(world);

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.OK);
    assertThat(diagnosis.recommendations()).isEmpty();
    assertThat(diagnosis.contraindications()).isEmpty();
  }

  static Stream<Arguments> blind() {
    return Stream.of(
        herring("machines are unread", w -> w.machines = unread("machines")),
        herring("health is unread", w -> w.health = unread("health")),
        herring("the certificate could not be read", w -> w.certificate = unread("certificate")),
        herring(
            "nothing is configured",
            w -> {
              w.notConfigured.addAll(List.of(PlatformLook.MACHINES, AppReader.HEALTH));
            }),
        herring(
            "a check has not reported",
            w -> w.machines = read(machines(machine("m1"), FleetWorld.checks(machine("m2"))))),
        herring(
            "a check says a word that nobody knows",
            w ->
                w.machines =
                    read(
                        machines(
                            machine("m1"),
                            FleetWorld.checks(
                                machine("m2"),
                                FleetWorld.check("http", MachineCheck.Status.UNKNOWN))))),
        herring(
            "not every machine was asked",
            w ->
                w.health =
                    read(new AppHealth(List.of(well("m1")), "one of 2 machines", FleetWorld.NOW))),
        herring(
            "an answer is a web page",
            w ->
                w.health =
                    read(
                        health(
                            well("m1"),
                            answers("m2", answer("/health", 200, HealthStatus.UNKNOWN))))),
        herring("nobody was asked", w -> w.health = read(health())),
        herring(
            "a watch fails while all answer us",
            w -> w.watches = runs(run("production-monitoring.yml", false, 4))),
        herring(
            "the front door has no answer for us",
            w -> w.certificate = read(new CertificateState(Outcome.TIMED_OUT, null, null))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("blind")
  void diagnose_whatWasNotSeen_isNeverFine(String what, Consumer<HealthWorld> happens) {
    happens.accept(world);

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.UNKNOWN);
  }

  private static Reading<List<MachineSettings>> settings(boolean autostop, int least) {
    var world = new CheckupWorld();
    world.services(new MachineSettings.Service(autostop, least));
    return read(List.copyOf(world.settings));
  }

  @Test
  void diagnose_fewerRunThanAreToRun_saysWhichWasStoppedAndWhoToAsk() {
    var world = new HealthWorld();
    world.machines =
        read(machines(machine("m1"), FleetWorld.state(machine("m2"), MachineState.STOPPED)));
    world.health = read(health(well("m1")));

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(diagnosis.finding(FewerRunning.class))
        .get()
        .satisfies(
            each -> {
              assertThat(each.severity()).isEqualTo(Severity.WARNING);
              assertThat(each.summary())
                  .isEqualTo(
                      "1 of 2 machines of app run that its configuration wants running; stopped:"
                          + " m2");
            });
    assertThat(diagnosis.recommendations())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.what()).contains("ask who stopped m2", "fly machine start m2");
              assertThat(each.remedy()).isNull();
            });
  }

  /** A deploy stops and starts machines, and what is not read is not known. */
  @Test
  void diagnose_fewerRunWhileADeployIsUnderWay_orNobodyKnowsHowMany_isUnknown() {
    var world = new HealthWorld();
    world.machines =
        read(machines(machine("m1"), FleetWorld.state(machine("m2"), MachineState.STOPPED)));
    world.health = read(health(well("m1")));
    var seen =
        Observation.at(FleetWorld.NOW)
            .with(
                PipelineLook.IN_FLIGHT, runs(WholeRun.run(88, "in_progress", null, 1, Taint.NONE)))
            .build()
            .and(world.seen());
    var judged =
        new HealthCheckFailuresProcedure(HealthCheckFailuresThresholds.DEFAULT)
            .diagnose(seen, WholeWorld.ESTATE);
    var unread = new HealthWorld();
    unread.settings = FleetWorld.unread("settings of the machines");

    assertThat(judged.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(judged.recommendations()).isEmpty();
    assertThat(unread.diagnose().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void diagnose_applicationIsNotConfigured_namesWhatToSet() {
    world.notConfigured.add(AppReader.HEALTH);

    assertThat(world.diagnose().notChecked())
        .filteredOn(each -> each.what().equals(AppReader.HEALTH.name()))
        .extracting(NotChecked::remedy)
        .containsExactly(AppReader.HEALTH.remedy());
  }

  @Test
  void probes_addressBeforeAllMachinesRefused_isNoSignOfAnyMachine() {
    world.health = read(health(refused("m1"), refused("m2")));

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(diagnosis.findings()).noneMatch(each -> each.verdict() == Verdict.PROBLEM);
    assertThat(diagnosis.headline()).contains("reached no machine", "HOTDASH_OPS_APP_URL");
  }

  private static MachineHealth refused(String id) {
    return answers(
        id,
        new ProbeResult(
            "/health", Outcome.REFUSED, null, Duration.ZERO, NOW, null, "refused", null));
  }

  @Test
  void check_failsWhileAllAnswersAreWell_isLikelyAFalseAlarmAndNoReasonToRestart() {
    world.machines = read(machines(machine("m1"), failing(machine("m2"))));

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
    assertThat(diagnosis.finding(Disagreement.class).orElseThrow().kind())
        .isEqualTo(Kind.CHECK_ALONE_FAILS);
    assertThat(diagnosis.recommendations())
        .extracting(Recommendation::id)
        .containsExactly("health.check-tuning");
    assertThat(diagnosis.recommendations().get(0).what()).contains("when all is well", "40 ms");
  }

  /** What other settings would have made of it, for whoever tunes the check by day. */
  @ParameterizedTest
  @CsvSource({
    "4_900, 'none of our own 2 good answers from /health took longer than the check''s 5 s (slowest"
        + " 4.9 s): look at its path and grace period, not at its timeout'",
    "5_100, '1 of our own 2 good answers from /health took longer than the check''s 5 s; with 6 s"
        + " all would pass'",
    "8_200, '1 of our own 2 good answers from /health took longer than the check''s 5 s; with 9 s"
        + " all would pass'",
  })
  void check_isAFalseAlarm_isReplayedWithAnotherTimeout(String millis, String told) {
    world.machines = read(machines(machine("m1"), failing(machine("m2"))));
    var quick = answer("/health", 200, HealthStatus.PASS);
    var slow =
        new ProbeResult(
            quick.path(),
            quick.outcome(),
            quick.report(),
            Duration.ofMillis(Long.parseLong(millis.replace("_", ""))),
            NOW,
            null,
            null,
            null);
    world.health = read(health(answers("m1", quick), answers("m2", slow)));

    assertThat(world.diagnose().recommendations())
        .singleElement()
        .satisfies(each -> assertThat(each.id()).isEqualTo("health.check-tuning"))
        .satisfies(
            each -> assertThat(each.what()).isEqualTo("when all is well, tune the check: " + told));
    world.settings = FleetWorld.unread("settings of the machines");
    assertThat(world.diagnose().recommendations().get(0).what())
        .startsWith("when all is well, compare the check's timeout with our slowest good answer");
  }

  @Test
  void check_goesBackAndForth_isFlapping() {
    world.logs =
        logs(
            line("m1", 200, "Health check on port 3000 has failed"),
            line("m1", 180, "Health check on port 3000 is now passing"),
            line("m1", 100, "Health check on port 3000 has failed"),
            line("m1", 90, "Health check on port 3000 is now passing"));

    var diagnosis = world.diagnose();

    assertThat(problems(diagnosis)).containsExactly("health.flapping");
    assertThat(diagnosis.findings().get(0).summary()).contains("of m1", "4 times");
  }

  /** Days that the certificate is still good. */
  @ParameterizedTest
  @CsvSource({"-1, PROBLEM, CRITICAL", "13, PROBLEM, WARNING", "14, OK, INFO", "60, OK, INFO"})
  void certificate_daysLeft_decide(int days, Verdict verdict, Severity severity) {
    world.certificate = read(certificate(days));

    var found = world.diagnose().finding(Certificate.class).orElseThrow();

    assertThat(found.verdict()).isEqualTo(verdict);
    assertThat(found.severity()).isEqualTo(severity);
    assertThat(world.diagnose().recommendations().isEmpty()).isEqualTo(verdict == Verdict.OK);
  }

  @ParameterizedTest
  @CsvSource({"TLS_EXPIRED", "TLS_NAME_MISMATCH", "TLS_UNTRUSTED", "TLS_HANDSHAKE"})
  void certificate_cannotBeTrusted_isCritical(Outcome outcome) {
    world.certificate = read(new CertificateState(outcome, null, null));

    assertThat(world.diagnose().finding(Certificate.class).orElseThrow().severity())
        .isEqualTo(Severity.CRITICAL);
  }

  @Test
  void watch_succeedsAfterChecksBeganToFail_isBlind() {
    world.machines = read(machines(machine("m1"), failing(machine("m2"))));
    world.health = read(health(well("m1"), silent("m2")));
    world.watches = runs(run("production-monitoring.yml", true, 1));

    assertThat(world.diagnose().findings())
        .filteredOn(Disagreement.class::isInstance)
        .extracting(each -> ((Disagreement) each).kind())
        .contains(Kind.WATCH_IS_BLIND);
  }

  @Test
  void watch_succeededBeforeChecksBeganToFail_isNotBlind() {
    world.machines = read(machines(machine("m1"), failing(machine("m2"))));
    world.health = read(health(well("m1"), silent("m2")));

    assertThat(world.diagnose().findings())
        .filteredOn(Disagreement.class::isInstance)
        .extracting(each -> ((Disagreement) each).kind())
        .doesNotContain(Kind.WATCH_IS_BLIND);
  }

  @Test
  void dependencies_secretIsMissing_isNamed() {
    world.machines = read(machines(failing(machine("m1")), failing(machine("m2"))));
    world.health = read(health(silent("m1"), silent("m2")));
    world.secrets = read(secrets(RequiredSecrets.NAMES.subList(0, 9)));

    var diagnosis = world.diagnose();

    assertThat(diagnosis.finding(DependencyMatrix.class).orElseThrow().summary())
        .contains("SESSION_SECRET");
    assertThat(diagnosis.recommendations().get(0).id()).isEqualTo("health.secrets-first");
  }

  @Test
  void dependencies_refuseUsAndServeTheApplication_areNotTheCause() {
    world.machines = read(machines(machine("m1"), failing(machine("m2"))));
    world.health = read(health(well("m1"), silent("m2")));
    world.shop = FleetWorld.shop(ShopTrouble.UNAUTHORIZED);

    var diagnosis = world.diagnose();

    assertThat(diagnosis.finding(DependencyMatrix.class).orElseThrow().verdict())
        .isEqualTo(Verdict.OK);
    assertThat(diagnosis.next()).contains("ops.platform().restart(\"m2\").plan()");
  }

  @Test
  void liveness_answersForADependency_namesEndpointAndMachines() {
    world.health = read(health(degraded("m1", "shopify"), degraded("m2", "shopify")));

    var found = world.diagnose().finding(LivenessDepends.class).orElseThrow();

    assertThat(found.path()).isEqualTo("/health");
    assertThat(found.machines()).containsExactly("m1", "m2");
    assertThat(found.checks()).containsExactly("shopify");
  }

  @Test
  void restart_machineHasOnlyJustStarted_isNotOffered() {
    world.machines = read(machines(machine("m1"), failing(started(machine("m2"), 5))));
    world.health = read(health(well("m1"), silent("m2")));

    assertThat(world.diagnose().recommendations())
        .extracting(Recommendation::id)
        .doesNotContain(RESTART);
  }

  @Test
  void rollBack_releaseBroughtNoOtherImage_isNotOffered() {
    var secretsChanged =
        new Release(
            119,
            Release.Status.COMPLETE,
            "complete",
            release(118, 1).image(),
            FleetWorld.ago(6),
            "alice",
            "Secrets");
    world.releases = read(List.of(secretsChanged, release(118, 3_000)));
    world.machines = read(machines(failing(machine("m1")), failing(machine("m2"))));
    world.health = read(health(silent("m1"), silent("m2")));

    assertThat(world.diagnose().recommendations()).noneMatch(each -> each.remedy() != null);
  }

  @Test
  void diagnosis_onAScreen_hasVerdictAndNextLineOnTop() {
    world.machines = read(machines(machine("m1"), failing(machine("m2"))));
    world.health = read(health(well("m1"), silent("m2")));
    world.secrets = unread("secrets");

    assertThat(world.diagnose().toString().lines().limit(8))
        .anyMatch(each -> each.contains("production"))
        .anyMatch(each -> each.startsWith("[PROBLEM] 1 of 2 running machines pass"))
        .anyMatch(each -> each.contains("ops.platform().restart(\"m2\").plan()"))
        .anyMatch(each -> each.contains("secrets"));
  }

  private static List<String> problems(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .map(Finding::id)
        .sorted()
        .distinct()
        .toList();
  }
}
