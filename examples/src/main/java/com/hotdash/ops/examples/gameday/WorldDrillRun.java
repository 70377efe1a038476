package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.examples.gameday.DrillResult.Round;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Plot.Marker;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Plays one incident of the simulated world, from well to well, in virtual time. */
final class WorldDrillRun {
  private static final Duration QUIET = Duration.ofMinutes(20);

  // So that the application makes enough calls meanwhile to tell; the readings take turns.
  private static final Duration LOOK = Duration.ofSeconds(30);

  private final Time real;
  private final FlyHall hall;
  private final Progress progress;
  private final WorldDrill drill;
  private final DrillResult result;

  /**
   * @param real the time that a person who watches lives in
   */
  WorldDrillRun(Time real, FlyHall hall, Progress progress, WorldDrill drill) {
    this.real = real;
    this.hall = hall;
    this.progress = progress;
    this.drill = drill;
    this.result = new DrillResult(drill);
  }

  DrillResult run() {
    progress.line("");
    progress.line(Told.name(drill));
    try (var ops = hall.runbook()) {
      drill.prepare(hall);
      progress.begin(QUIET.toMinutes() + " minutes of customers");
      hall.customers().pass(QUIET);
      before(ops);
      var struck = strike();
      triage(ops);
      diagnose(ops);
      cure(ops);
      var cured = hall.time().now();
      hall.customers().pass(drill.after());
      after(ops);
      drill.witness(hall, struck, cured, result);
    } catch (OpsException e) {
      result.fail(String.valueOf(e.getMessage()));
    }
    result.failures().forEach(why -> progress.done("FAILED: " + why));
    progress.done(result.verified() ? "verified; " + result.fared() : "NOT verified");
    return result;
  }

  private void before(RunbookProcedures ops) {
    progress.begin("looking before anything breaks");
    var report = look(ops);
    result.looked("Triage before", report);
    well(report, "before the fault: ");
    progress.done("before: " + Told.first(report));
  }

  private Instant strike() {
    var struck = hall.time().now();
    var what = drill.strike(hall);
    result.mark(new Marker(struck, what));
    progress.begin("the fault stands");
    hall.customers().pass(drill.stands());
    progress.done(what + ", " + drill.stands().toMinutes() + " min ago");
    return struck;
  }

  private void triage(RunbookProcedures ops) {
    progress.begin("asking which incident it is");
    var report = look(ops);
    result.looked("Triage with the fault", report);
    var first = report.first().map(Diagnosis::incident);
    result.require(
        first.filter(drill.incident()::equals).isPresent(),
        "triage names " + Told.first(report) + " first, and not " + drill.incident().id());
    progress.done("triage: " + Told.first(report));
  }

  private void diagnose(RunbookProcedures ops) {
    progress.begin("diagnosing");
    long effects = hall.world().effects();
    var began = real.now();
    var diagnosis = ops.chapter(drill.incident()).diagnose(LOOK);
    var took = Duration.between(began, real.now());
    mark("diagnosed");
    result.diagnosed(diagnosis, took);
    result.require(
        diagnosis.verdict() == Verdict.PROBLEM,
        "the diagnosis misses the fault: " + Told.summary(diagnosis));
    drill.judge(diagnosis, result);
    result.require(hall.world().effects() == effects, "looking changed something");
    progress.done("diagnosed in " + Told.seconds(took) + ": " + Told.summary(diagnosis));
  }

  private void cure(RunbookProcedures ops) {
    progress.begin("planning and applying");
    long effects = hall.world().effects();
    var plan = ops.plan(Objects.requireNonNull(result.first()));
    result.require(hall.world().effects() == effects, "planning changed something");
    var began = hall.time().now();
    var execution = plan.apply(drill.because());
    result.applied(new Round(plan, execution));
    steps(execution, began);
    progress.begin("verifying");
    var verification = execution.verify();
    result.verified(verification);
    result.require(
        verification.result() == Verification.Result.CURED, "verification: " + verification);
    progress.done(verification.result() + ": " + verification.detail());
  }

  private void steps(Execution execution, Instant began) {
    execution.stopped().ifPresent(why -> result.fail("the plan stopped: " + why));
    result.mark(new Marker(began, "first step"));
    mark("last step");
    progress.done(
        "plan applied: " + execution.done() + " of " + execution.results().size() + " steps");
  }

  private void after(RunbookProcedures ops) {
    progress.begin("looking again, minutes later");
    var last = ops.chapter(drill.incident()).diagnose(LOOK);
    result.diagnosedAgain(last);
    result.require(last.verdict() == Verdict.OK, "minutes later: " + Told.summary(last));
    var report = look(ops);
    result.looked("Triage after", report);
    well(report, "minutes later: ");
    progress.done("minutes later: " + Told.first(report));
  }

  private void well(TriageReport report, String when) {
    for (var each : report.ranked()) {
      var diagnosis = each.diagnosis();
      result.require(
          diagnosis.verdict() == Verdict.OK,
          when + diagnosis.incident().id() + " " + Told.summary(diagnosis));
    }
  }

  private static TriageReport look(RunbookProcedures ops) {
    return ops.triage(LOOK, soFar -> {});
  }

  private void mark(String label) {
    result.mark(new Marker(hall.time().now(), label));
  }
}
