package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.logs.LogLine;
import com.hotdash.ops.logs.LogQuery;
import com.hotdash.ops.logs.LogReader;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.BuildError;
import com.hotdash.ops.pipeline.Job;
import com.hotdash.ops.pipeline.PendingDeployment;
import com.hotdash.ops.pipeline.Phase;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.pipeline.State;
import com.hotdash.ops.pipeline.StepRun;
import com.hotdash.ops.platform.Guest;
import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.MachineExit;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A world whose newest deploy went well half an hour ago, until something in it did not. */
final class DeployWorld {
  static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
  static final long RUN = 9_001_234_567L;

  final List<Machine> machines = new ArrayList<>();
  final List<Release> releases = new ArrayList<>();
  final List<SecretDigest> secrets = new ArrayList<>();
  final List<LogLine> lines = new ArrayList<>();
  final List<Run> inFlight = new ArrayList<>();
  final List<Run> deploys = new ArrayList<>();
  final List<BuildError> errors = new ArrayList<>();
  final List<PendingDeployment> approvals = new ArrayList<>();
  RunProblem problem = RunProblem.NONE;
  String status = "completed";
  @Nullable String conclusion = "success";
  @Nullable Phase phase;
  int attempt = 1;
  Duration ended = Duration.ofMinutes(35);
  private final Set<ReadingKey<?>> unread = new LinkedHashSet<>();
  private final Set<ReadingKey<?>> notConfigured = new LinkedHashSet<>();

  DeployWorld() {
    release(62, Release.Status.COMPLETE, Duration.ofDays(2));
    release(63, Release.Status.COMPLETE, Duration.ofMinutes(40));
    machine("m1", 63, MachineCheck.Status.PASSING);
    machine("m2", 63, MachineCheck.Status.PASSING);
    for (var name : DeploymentFailuresThresholds.DEFAULT.requiredSecrets()) {
      secrets.add(secret(name, SecretSpread.of(2, List.of(), List.of())));
    }
    lines.add(line("m1", Duration.ofMinutes(20), "{\"level\":\"info\",\"message\":\"listening\"}"));
  }

  static Image image(int version) {
    return new Image("app:" + version, "sha256:" + version);
  }

  DeployWorld release(int version, Release.Status status, Duration ago) {
    return release(version, version, status, ago);
  }

  /** A release that names the image of another one, as a change of secrets does. */
  DeployWorld release(int version, int image, Release.Status status, Duration ago) {
    releases.removeIf(each -> each.version() == version);
    releases.add(
        new Release(
            version,
            status,
            status.name().toLowerCase(java.util.Locale.ROOT),
            image(image),
            NOW.minus(ago),
            "alice",
            "Release"));
    return this;
  }

  DeployWorld machine(String id, int image, MachineCheck.Status check) {
    return machine(
        id, image, MachineState.STARTED, check, NOW.minus(Duration.ofMinutes(38)), List.of());
  }

  DeployWorld machine(
      String id,
      int image,
      MachineState state,
      MachineCheck.Status check,
      @Nullable Instant since,
      List<MachineExit> exits) {
    machines.removeIf(each -> each.id().equals(id));
    machines.add(
        new Machine(
            id,
            "v",
            "ord",
            "app",
            state,
            state.name(),
            image(image),
            image,
            new Guest("shared", 2, 2048),
            false,
            true,
            1,
            List.of(new MachineCheck("http", check, "", since)),
            exits,
            NOW.minus(Duration.ofMinutes(39))));
    return this;
  }

  DeployWorld crashed(String id, int image, boolean outOfMemory) {
    var exit =
        new MachineExit(
            NOW.minus(Duration.ofMinutes(30)), outOfMemory ? 137 : 1, outOfMemory, false, 10);
    return machine(
        id, image, MachineState.STOPPED, MachineCheck.Status.CRITICAL, null, List.of(exit));
  }

  static SecretDigest secret(String name, SecretSpread spread) {
    return new SecretDigest(name, "digest", NOW.minus(Duration.ofDays(9)), spread);
  }

  DeployWorld staged(String name) {
    secrets.removeIf(each -> each.name().equals(name));
    secrets.add(secret(name, SecretSpread.of(0, List.of("m1", "m2"), List.of())));
    return this;
  }

  DeployWorld withoutSecret(String name) {
    secrets.removeIf(each -> each.name().equals(name));
    return this;
  }

  static LogLine line(String machine, Duration ago, String message) {
    return new LogLine(NOW.minus(ago), machine, "ord", "app", "info", message, null);
  }

  DeployWorld log(String machine, int count, Duration until, String message) {
    for (int i = 0; i < count; i++) {
      lines.add(line(machine, until.plusSeconds(count - i), message));
    }
    return this;
  }

  /** The newest run failed at a phase, with what its log tells. */
  DeployWorld failed(Phase at, BuildError... told) {
    problem = RunProblem.FAILED;
    conclusion = "failure";
    phase = at;
    errors.addAll(List.of(told));
    return this;
  }

  DeployWorld run(RunProblem what, String status, @Nullable String conclusion) {
    problem = what;
    this.status = status;
    this.conclusion = conclusion;
    return this;
  }

  static BuildError error(BuildError.Kind kind, @Nullable String file, int line, String message) {
    return new BuildError(kind, file, line, message);
  }

  static Run run(long id, String status, @Nullable String conclusion, int attempt) {
    return new Run(
        id,
        "deploy-production.yml",
        "Deploy production",
        "Deploy: fix tile cache",
        118,
        attempt,
        "push",
        State.of(status, conclusion),
        "main",
        "5f0c1d2e3a4b5c6d7e8f90112233445566778899",
        NOW.minus(Duration.ofMinutes(45)),
        NOW.minus(Duration.ofMinutes(45)),
        NOW.minus(Duration.ofMinutes(35)),
        "dev1",
        "https://example.com/runs/" + id);
  }

  DeployWorld fails(ReadingKey<?> key) {
    unread.add(key);
    return this;
  }

  DeployWorld lacks(ReadingKey<?> key) {
    notConfigured.add(key);
    return this;
  }

  Diagnosis diagnose() {
    return new DeploymentFailuresProcedure(DeploymentFailuresThresholds.DEFAULT)
        .diagnose(observation(), new Estate("production", List.of()));
  }

  Observation observation() {
    var into = Observation.at(NOW);
    put(into, PipelineLook.LATEST, detail());
    put(into, PipelineLook.DEPLOYS, new Runs(deploys, null));
    put(into, PipelineLook.IN_FLIGHT, new Runs(inFlight, null));
    put(into, PlatformLook.MACHINES, new Machines(machines));
    put(into, PlatformLook.RELEASES, List.copyOf(releases));
    put(into, PlatformLook.SECRETS, List.copyOf(secrets));
    if (!gap(into, PlatformLook.LOGS)) {
      var query = new LogQuery("test", NOW.minus(Duration.ofMinutes(10)), NOW, false, List.of());
      into.with(PlatformLook.LOGS, LogReader.builder().build().read(lines, query).reading());
    }
    return into.build();
  }

  private Run ended(Run of) {
    return new Run(
        of.id(),
        of.file(),
        of.name(),
        of.title(),
        of.number(),
        of.attempt(),
        of.event(),
        of.state(),
        of.branch(),
        of.sha(),
        of.createdAt(),
        of.startedAt(),
        NOW.minus(ended),
        of.actor(),
        of.url());
  }

  private RunDetail detail() {
    var run = ended(run(RUN, status, conclusion, attempt));
    var failure = State.of("completed", "failure");
    var step = phase == null ? null : new StepRun(5, "npm run build", failure, null, null);
    var job =
        step == null || phase == null
            ? null
            : new Job(
                25_001,
                RUN,
                attempt,
                "build (20.x)",
                phase,
                failure,
                null,
                null,
                List.of(step),
                "");
    return new RunDetail(
        run,
        problem,
        job == null ? List.of() : List.of(job),
        job,
        step,
        List.of(),
        approvals.isEmpty() ? null : Reading.of(approvals, Evidence.of("", "test", NOW)),
        null,
        null,
        errors);
  }

  private <T> void put(Observation.Builder into, ReadingKey<T> key, T value) {
    if (!gap(into, key)) {
      into.with(key, Reading.of(value, Evidence.of(key.name(), "test", NOW)));
    }
  }

  private <T> boolean gap(Observation.Builder into, ReadingKey<T> key) {
    if (unread.contains(key)) {
      into.with(
          key, Reading.unread(new NotChecked(key.name(), Why.TIMED_OUT, "no answer", "ask again")));
    }
    return unread.contains(key) || notConfigured.contains(key);
  }
}
