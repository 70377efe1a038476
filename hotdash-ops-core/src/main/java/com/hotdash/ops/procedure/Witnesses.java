package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.MachineHealth;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.procedure.Disagreement.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Compares who says what about the application's health: platform, own probes, workflows. */
final class Witnesses {
  private final Observation seen;
  private final HealthCheckFailuresThresholds thresholds;

  Witnesses(Observation seen, HealthCheckFailuresThresholds thresholds) {
    this.seen = seen;
    this.thresholds = thresholds;
  }

  List<Disagreement> disagreements() {
    var list = new ArrayList<Disagreement>();
    if (seen.get(AppReader.HEALTH) instanceof Reading.Read<AppHealth> read
        && !read.value().refusedBeforeAll()) {
      Needs.read(seen, PlatformLook.MACHINES).ifPresent(all -> checks(read, all, list));
      Needs.read(seen, PipelineLook.WATCHES).ifPresent(runs -> watches(read, runs, list));
      read.value()
          .disagreements()
          .forEach(
              each ->
                  list.add(
                      new Disagreement(
                          Kind.ANSWERS, "answers differ", each, List.of(read.evidence()))));
    }
    return list;
  }

  private static void checks(
      Reading.Read<AppHealth> read, Reading.Read<Machines> all, List<Disagreement> list) {
    var evidence = List.of(all.evidence(), read.evidence());
    for (var machine : all.value().running()) {
      of(read.value(), machine)
          .ifPresent(
              own -> {
                if (machine.health() == Machine.Health.FAILING
                    && own.status() == HealthStatus.PASS) {
                  list.add(
                      new Disagreement(
                          Kind.CHECK_ALONE_FAILS,
                          machine.id(),
                          "the platform's check fails, and every endpoint answers us well: likely"
                              + " a false alarm",
                          evidence));
                }
                if (machine.health() == Machine.Health.HEALTHY
                    && own.status() == HealthStatus.FAIL) {
                  list.add(
                      new Disagreement(
                          Kind.CHECK_IS_BLIND,
                          machine.id(),
                          "the platform's checks pass, and it fails our own probes: it still gets"
                              + " requests",
                          evidence));
                }
              });
    }
  }

  private static Optional<MachineHealth> of(AppHealth health, Machine machine) {
    return health.machines().stream()
        .filter(each -> each.instance().id().equals(machine.id()))
        .findFirst();
  }

  private void watches(
      Reading.Read<AppHealth> read, Reading.Read<Runs> runs, List<Disagreement> list) {
    var verdict = read.value().verdict();
    List<Evidence> evidence = List.of(runs.evidence(), read.evidence());
    for (var run : newest(runs.value())) {
      if (run.state().failed() && verdict == Verdict.OK) {
        list.add(
            new Disagreement(
                Kind.WATCH_ALONE_FAILS,
                run.file(),
                "run " + run.id() + " failed, and every machine answers us well",
                evidence));
      }
      if (run.state().succeeded() && verdict == Verdict.PROBLEM && sinceFailing(run)) {
        list.add(
            new Disagreement(
                Kind.WATCH_IS_BLIND,
                run.file(),
                "run " + run.id() + " succeeded, and machines fail our own probes",
                evidence));
      }
    }
  }

  /** A watch that ended before the trouble began is not blind. */
  private boolean sinceFailing(Run run) {
    var ended = run.updatedAt();
    return ended != null
        && Needs.read(seen, PlatformLook.MACHINES)
            .flatMap(read -> new HealthCheckFailuresFinding.Checks(read.value(), List.of()).since())
            .filter(since -> !ended.isBefore(since))
            .isPresent();
  }

  /** The newest run of each workflow that is over, and not long so. */
  private List<Run> newest(Runs runs) {
    var newest = new LinkedHashMap<String, Run>();
    var from = seen.at().minus(thresholds.watchedWithin());
    runs.runs().stream()
        .filter(each -> each.state().conclusion() != null)
        .filter(each -> !ended(each).isBefore(from))
        .forEach(each -> newest.putIfAbsent(each.file(), each));
    return List.copyOf(newest.values());
  }

  private static Instant ended(Run run) {
    var ended = run.updatedAt();
    return ended == null ? Instant.MIN : ended;
  }
}
