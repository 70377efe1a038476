package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.NOW;
import static com.hotdash.ops.procedure.FleetWorld.ago;
import static com.hotdash.ops.procedure.FleetWorld.machine;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.MachineHealth;
import com.hotdash.ops.database.Capacity;
import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Checkup;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.pipeline.State;
import com.hotdash.ops.platform.Guest;
import com.hotdash.ops.platform.MachineSettings;
import com.hotdash.ops.platform.MachineSettings.Check;
import com.hotdash.ops.platform.MachineSettings.Service;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An application that is set up well, with a staging that has the commit; each can be made worse.
 */
final class CheckupWorld {
  static final String COMMIT = "3f2c9a1d00000000000000000000000000000000";
  static final String OTHER = "77aa0b1c00000000000000000000000000000000";

  final List<MachineSettings> settings = new ArrayList<>(List.of(setUp("m1"), setUp("m2")));
  final List<Run> staging = new ArrayList<>(List.of(staging("deploy-staging.yml", "success")));
  final List<Run> inFlight = new ArrayList<>();
  final List<Run> watches = new ArrayList<>(List.of(HealthWorld.run("smoke-tests.yml", true, 4)));
  final List<SecretDigest> secrets = new ArrayList<>(HealthWorld.secrets(RequiredSecrets.NAMES));
  final HealthWorld stagingHealth = new HealthWorld();
  Machines machines = new Machines(List.of(machine("m1"), machine("m2")));
  AppHealth health = HealthWorld.health(shallow("m1"), shallow("m2"));
  Capacity capacity =
      new Capacity(
          100, 3, 0, 5, new Capacity.Quota("app", null, 5), new Capacity.Quota("app", null, 5));
  Reading<Connectivity> connectivity = FleetWorld.database();
  String strategy = "ROLLING";
  String commit = COMMIT;
  final Map<ReadingKey<?>, Why> gaps = new HashMap<>();

  static MachineSettings setUp(String machine) {
    return new MachineSettings(
        machine,
        "app",
        new Guest("shared", 2, 2_048),
        List.of(check("/health", 15, 5, 10)),
        List.of(new Service(true, 2)),
        Set.of("PRIMARY_REGION", "NODE_OPTIONS", "DATABASE_POOL_SIZE", "DATABASE_TIMEOUT"),
        Map.of(
            "NODE_OPTIONS", "--max-old-space-size=1536",
            "DATABASE_POOL_SIZE", "10",
            "DATABASE_TIMEOUT", "3000"));
  }

  static Check check(String path, int interval, int timeout, int grace) {
    return new Check(
        "http",
        path,
        Duration.ofSeconds(interval),
        Duration.ofSeconds(timeout),
        Duration.ofSeconds(grace));
  }

  /** It tells of nothing that it stands on. */
  static MachineHealth shallow(String machine) {
    return HealthWorld.answers(machine, HealthWorld.answer("/health", 200, HealthStatus.PASS));
  }

  void checks(Check... checks) {
    settings.replaceAll(
        each -> changed(each, each.guest(), List.of(checks), each.variables(), each.told()));
  }

  void told(String variable, String value) {
    settings.replaceAll(
        each -> {
          var told = new HashMap<>(each.told());
          told.put(variable, value);
          return changed(each, each.guest(), each.checks(), each.variables(), told);
        });
  }

  void memory(String machine, int mb) {
    settings.replaceAll(
        each ->
            each.machine().equals(machine)
                ? changed(
                    each, new Guest("shared", 2, mb), each.checks(), each.variables(), each.told())
                : each);
  }

  void variables(String... names) {
    settings.replaceAll(
        each -> changed(each, each.guest(), each.checks(), Set.of(names), each.told()));
  }

  void services(Service... services) {
    settings.replaceAll(
        each ->
            new MachineSettings(
                each.machine(),
                each.group(),
                each.guest(),
                each.checks(),
                List.of(services),
                each.variables(),
                each.told()));
  }

  private static MachineSettings changed(
      MachineSettings of,
      Guest guest,
      List<Check> checks,
      Set<String> variables,
      Map<String, String> told) {
    return new MachineSettings(
        of.machine(), of.group(), guest, checks, of.services(), variables, told);
  }

  void spread(String name, SecretSpread spread) {
    secrets.replaceAll(
        each ->
            each.name().equals(name)
                ? new SecretDigest(name, each.digest(), each.updatedAt(), spread)
                : each);
  }

  void stagingRuns(Run... runs) {
    staging.clear();
    staging.addAll(List.of(runs));
  }

  static Run staging(String file, @Nullable String conclusion) {
    return staging(file, conclusion, COMMIT);
  }

  static Run staging(String file, @Nullable String conclusion, @Nullable String sha) {
    return new Run(
        7_001,
        file,
        file,
        null,
        12,
        1,
        "push",
        State.of(conclusion == null ? "in_progress" : "completed", conclusion),
        "main",
        sha,
        ago(40),
        ago(40),
        ago(30),
        null,
        "");
  }

  Checkup beforeDeploy() {
    return new BeforeDeploy(commit).judge(seen(), WholeWorld.ESTATE);
  }

  Checkup audit() {
    return new ConfigurationAudit().judge(seen(), WholeWorld.ESTATE);
  }

  private Observation seen() {
    var into = Observation.at(NOW);
    put(into, PlatformLook.SETTINGS, List.copyOf(settings));
    put(into, PlatformLook.MACHINES, machines);
    put(into, PlatformLook.SECRETS, List.copyOf(secrets));
    put(
        into,
        PlatformLook.RELEASES,
        List.of(release(117, 117), release(118, 118), release(119, 118)));
    put(into, PipelineLook.STAGING, new Runs(staging, null));
    put(into, PipelineLook.IN_FLIGHT, new Runs(inFlight, null));
    put(into, PipelineLook.WATCHES, new Runs(watches, null));
    put(into, AppReader.HEALTH, health);
    put(into, DatabaseLook.CAPACITY, capacity);
    put(into, BeforeDeploy.STAGING, stagingDiagnosis());
    with(into, DatabaseLook.CONNECTIVITY, connectivity);
    return into.build();
  }

  /** The newest one brought secrets only, and says nothing of a deploy. */
  private Release release(int version, int image) {
    var of = DeployAndSecretScenes.release(version, image, 3_000 - version, "Release");
    return new Release(
        version,
        of.status(),
        of.statusText(),
        of.image(),
        of.at(),
        of.by(),
        of.description(),
        version == 118 ? strategy : "IMMEDIATE");
  }

  private Diagnosis stagingDiagnosis() {
    return new HealthCheckFailuresProcedure(HealthCheckFailuresThresholds.DEFAULT)
        .diagnose(stagingHealth.seen(), new Estate("staging", List.of()));
  }

  private <T> void put(Observation.Builder into, ReadingKey<T> key, T value) {
    with(into, key, Reading.of(value, Evidence.of(key.name(), "test", NOW)));
  }

  private <T> void with(Observation.Builder into, ReadingKey<T> key, Reading<T> reading) {
    var why = gaps.get(key);
    if (why == null) {
      into.with(key, reading);
    } else if (why != Why.NOT_CONFIGURED) {
      into.with(
          key, Reading.unread(new NotChecked(key.name(), why, "it said nothing", "ask again")));
    }
  }
}
