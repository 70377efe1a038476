package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.NOW;
import static com.hotdash.ops.procedure.FleetWorld.ago;
import static com.hotdash.ops.procedure.FleetWorld.logs;
import static com.hotdash.ops.procedure.FleetWorld.machine;
import static com.hotdash.ops.procedure.FleetWorld.machines;
import static com.hotdash.ops.procedure.FleetWorld.read;
import static com.hotdash.ops.procedure.FleetWorld.release;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.CertificateState;
import com.hotdash.ops.app.Instance;
import com.hotdash.ops.app.MachineHealth;
import com.hotdash.ops.database.Connectivity;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.health.HealthCheck;
import com.hotdash.ops.health.HealthReport;
import com.hotdash.ops.health.HealthShape;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.health.ProbeResult.Outcome;
import com.hotdash.ops.http.ServerCertificate;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.pipeline.State;
import com.hotdash.ops.platform.MachineSettings;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopTrouble;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An application of two machines that pass all checks; each field can be made worse. */
final class HealthWorld {
  Reading<Machines> machines = read(machines(machine("m1"), machine("m2")));
  Reading<AppHealth> health = read(health(well("m1"), well("m2")));
  Reading<CertificateState> certificate = read(certificate(60));
  Reading<LogSummary> logs = logs();
  Reading<List<Release>> releases = read(List.of(release(118, 3_000), release(117, 9_000)));
  Reading<List<SecretDigest>> secrets = read(secrets(RequiredSecrets.NAMES));
  Reading<Connectivity> database = FleetWorld.database();
  Reading<List<MachineSettings>> settings =
      read(List.of(CheckupWorld.setUp("m1"), CheckupWorld.setUp("m2")));
  Reading<ShopAnswer> shop = FleetWorld.shop(ShopTrouble.NONE);
  Reading<Runs> watches = read(new Runs(List.of(run("production-monitoring.yml", true, 4)), null));
  final Set<ReadingKey<?>> notConfigured = new HashSet<>();

  Observation seen() {
    var seen = Observation.at(NOW);
    with(seen, PlatformLook.MACHINES, machines);
    with(seen, PlatformLook.SETTINGS, settings);
    with(seen, AppReader.HEALTH, health);
    with(seen, AppReader.CERTIFICATE, certificate);
    with(seen, PlatformLook.LOGS, logs);
    with(seen, PlatformLook.RELEASES, releases);
    with(seen, PlatformLook.SECRETS, secrets);
    with(seen, DatabaseLook.CONNECTIVITY, database);
    with(seen, ShopLook.ANSWER, shop);
    with(seen, PipelineLook.WATCHES, watches);
    return seen.build();
  }

  private <T> void with(Observation.Builder seen, ReadingKey<T> key, Reading<T> reading) {
    if (!notConfigured.contains(key)) {
      seen.with(key, reading);
    }
  }

  Diagnosis diagnose() {
    return new HealthCheckFailuresProcedure(HealthCheckFailuresThresholds.DEFAULT)
        .diagnose(seen(), new Estate("production", List.of()));
  }

  static AppHealth health(MachineHealth... machines) {
    return new AppHealth(List.of(machines), null, NOW);
  }

  static MachineHealth answers(String id, ProbeResult... probes) {
    return new MachineHealth(
        new Instance(id, Map.of("fly-force-instance-id", id), null, null), List.of(probes));
  }

  static MachineHealth well(String id) {
    return answers(
        id,
        answer(
            "/health",
            200,
            HealthStatus.PASS,
            check("database", HealthStatus.PASS),
            check("shopify", HealthStatus.PASS)),
        answer("/api/monitoring/health", 200, HealthStatus.PASS));
  }

  /** Nothing comes from it within the time of a probe. */
  static MachineHealth silent(String id) {
    return answers(id, silence("/health"), silence("/api/monitoring/health"));
  }

  /** Answers 503 for what it stands on, and 200 with a warning elsewhere. */
  static MachineHealth degraded(String id, String dependency) {
    return answers(
        id,
        answer("/health", 503, HealthStatus.FAIL, check(dependency, HealthStatus.FAIL)),
        answer("/api/monitoring/health", 200, HealthStatus.WARN));
  }

  static HealthCheck check(String name, HealthStatus status) {
    return new HealthCheck(name, status, null, null, Duration.ofMillis(20), null);
  }

  static ProbeResult answer(String path, int code, HealthStatus status, HealthCheck... checks) {
    var report =
        new HealthReport(
            code,
            status,
            code < 500 ? HealthStatus.PASS : HealthStatus.FAIL,
            status,
            HealthShape.CHECKS,
            status == HealthStatus.PASS ? "ok" : "degraded",
            null,
            List.of(checks),
            Map.of(),
            null,
            null,
            null,
            List.of());
    return new ProbeResult(
        path, Outcome.ANSWERED, report, Duration.ofMillis(40), NOW, null, null, null);
  }

  static ProbeResult silence(String path) {
    return new ProbeResult(
        path, Outcome.TIMED_OUT, null, Duration.ofSeconds(5), NOW, null, "no answer", null);
  }

  static CertificateState certificate(int days) {
    var until = NOW.plus(Duration.ofDays(days));
    var shown = new ServerCertificate("CN=example.com", List.of("example.com"), ago(99), until);
    return new CertificateState(Outcome.ANSWERED, shown, Duration.between(NOW, until));
  }

  static List<SecretDigest> secrets(List<String> names) {
    return names.stream().map(each -> secret(each, 50_000)).toList();
  }

  static SecretDigest secret(String name, int minutesAgo) {
    return new SecretDigest(
        name, "d-" + name, ago(minutesAgo), SecretSpread.of(2, List.of(), List.of()));
  }

  static Run run(String file, @Nullable Boolean succeeded, int minutesAgo) {
    return new Run(
        9_000 + minutesAgo,
        file,
        file,
        null,
        7,
        1,
        "schedule",
        State.of(
            succeeded == null ? "in_progress" : "completed",
            succeeded == null ? null : succeeded ? "success" : "failure"),
        "main",
        null,
        ago(minutesAgo + 1),
        ago(minutesAgo + 1),
        ago(minutesAgo),
        null,
        "");
  }

  static Reading<Runs> runs(Run... runs) {
    return read(new Runs(Stream.of(runs).toList(), null));
  }
}
