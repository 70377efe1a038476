package com.hotdash.ops.runbook;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.diagnosis.TriageReport.Ranked;
import com.hotdash.ops.escalation.VendorBundle;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.monitor.Look;
import com.hotdash.ops.monitor.Monitor;
import com.hotdash.ops.monitor.Watch;
import com.hotdash.ops.report.Capture;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.JournalException;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What looks again and again, or puts down what was seen. Only looks. */
final class Watching {
  private static final String NOBODY = "a runbook without operator";

  private final RunbookProcedures runbook;
  private final Parts parts;
  private final Judge judge;
  private final Engine engine;

  Watching(RunbookProcedures runbook, Parts parts, Judge judge, Engine engine) {
    this.runbook = runbook;
    this.parts = parts;
    this.judge = judge;
    this.engine = engine;
  }

  Monitor.Builder monitor() {
    var environment = parts.environment;
    return Monitor.builder(Look.triage(this::triage), runbook.escalation())
        .time(parts.time)
        .redactor(runbook.redactor())
        .watch(EnumSet.allOf(Incident.class))
        .oneOf(
            parts.locks,
            environment == null ? "hotdash" : "hotdash " + environment,
            (parts.operator == null ? NOBODY : parts.operator)
                + ", process "
                + ProcessHandle.current().pid());
  }

  private TriageReport triage(Deadline deadline) {
    var left = deadline.remaining();
    // A deadline must lie ahead; one that has passed leaves the look no time, and it says so.
    return runbook.triage(left.isZero() ? Duration.ofNanos(1) : left, ignored -> {});
  }

  Watch.Outcome watch(
      Function<Deadline, Diagnosis> look, @Nullable String execution, Duration duration) {
    return Watch.of(duration).run(look, execution, parts.time, runbook.redactor());
  }

  /** The first problem, else the first that could not be judged, else any. */
  Diagnosis worst(Deadline deadline) {
    var report = triage(deadline.within(RunbookProcedures.TRIAGE_WITHIN));
    return report
        .first()
        .orElseGet(
            () ->
                report.ranked().stream()
                    .map(Ranked::diagnosis)
                    .filter(each -> each.verdict() == Verdict.UNKNOWN)
                    .findFirst()
                    .orElseGet(() -> report.ranked().get(0).diagnosis()));
  }

  Diagnosis one(Incident incident, Deadline deadline) {
    return runbook.chapter(incident).diagnose(deadline.atMost(RunbookProcedures.TRIAGE_WITHIN));
  }

  /** Returns what was executed last, or nothing if the journal does not tell. */
  @Nullable String lastExecution() {
    try {
      @Nullable String last = null;
      for (var entry : engine.entries()) {
        last = entry instanceof JournalEntry.Started started ? started.execution() : last;
      }
      return last;
    } catch (JournalException e) {
      return null; // what was seen is worth more than its undo
    }
  }

  Capture capture(Duration within) {
    var seen = judge.observer().observe(Capture.NEEDS, parts.time.deadline(within));
    return Capture.of(seen, runbook.estate(), runbook.redactor());
  }

  VendorBundle bundle(String vendor, Instant since, List<Diagnosis> diagnoses) {
    var bundle = VendorBundle.builder(vendor, runbook.estate(), runbook.redactor());
    diagnoses.forEach(bundle::diagnosis);
    if (parts.statusPages != null) {
      bundle.statusPages(parts.statusPages.read());
    }
    try {
      bundle.tried(engine.history(since));
    } catch (JournalException e) {
      bundle.triedUnread(e.problem());
    }
    return bundle.build();
  }
}
