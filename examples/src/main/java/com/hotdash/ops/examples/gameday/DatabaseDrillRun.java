package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.examples.gameday.DrillResult.Round;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Plot.Marker;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One database drill from the healthy state through fault and cure back to the healthy state. */
final class DatabaseDrillRun {
  // So that the plot shows the fault standing, and lock waits get older than their threshold.
  private static final Duration STANDS = Duration.ofMillis(1_600);
  private static final Duration AROUND = Duration.ofMillis(700);
  private static final int MOST_ROUNDS = 5;

  private final Time time;
  private final Hall hall;
  private final Progress progress;
  private final DatabaseDrill drill;
  private final DrillResult result;

  DatabaseDrillRun(Time time, Hall hall, Progress progress, DatabaseDrill drill) {
    this.time = time;
    this.hall = hall;
    this.progress = progress;
    this.drill = drill;
    this.result = new DrillResult(drill);
  }

  DrillResult run() {
    var from = time.now();
    long uses = hall.pool().uses();
    long errors = hall.pool().errors();
    progress.line("");
    progress.line(Told.name(drill));
    try (var ops = hall.runbook(drill.thresholds())) {
      baseline(ops);
      time.await(AROUND);
      progress.begin("breaking it");
      try (var fault = drill.inject(hall.hotdash())) {
        mark("fault injected");
        progress.begin("the fault stands");
        time.await(STANDS);
        progress.done("fault injected, and left alone for " + Told.seconds(STANDS));
        triage(ops);
        diagnose(ops);
        cure(ops);
        fault.harm().forEach(result::fail);
        after(ops);
      }
      time.await(AROUND);
    } catch (OpsException e) {
      result.fail(String.valueOf(e.getMessage()));
    }
    judgePool(hall.pool().uses() - uses, hall.pool().errors() - errors);
    result.saw(plot(hall.sampler().since(from)));
    hall.sampler().failure().ifPresent(result::fail);
    result.failures().forEach(why -> progress.done("FAILED: " + why));
    progress.done(
        result.verified()
            ? "verified; the healthy pool's user saw nothing of it: " + result.fared()
            : "NOT verified");
    return result;
  }

  private void baseline(RunbookProcedures ops) {
    progress.begin("looking before anything breaks");
    var before = ops.databaseConnectionIssues().diagnose();
    result.require(
        before.verdict() == Verdict.OK, "before the fault the verdict is " + Told.summary(before));
    progress.done("before: " + before.verdict());
  }

  private void triage(RunbookProcedures ops) {
    progress.begin("asking which incident it is");
    var report = ops.triage(RunbookProcedures.TRIAGE_WITHIN, soFar -> {});
    result.looked("Triage with the fault", report);
    result.require(
        report.first().filter(each -> each.incident() == drill.incident()).isPresent(),
        "triage names " + Told.first(report) + " first, and not " + drill.incident().id());
    progress.done("triage: " + Told.first(report));
  }

  private void diagnose(RunbookProcedures ops) {
    progress.begin("diagnosing");
    var began = time.now();
    var diagnosis = ops.databaseConnectionIssues().diagnose();
    var took = Duration.between(began, time.now());
    mark("diagnosed");
    result.diagnosed(diagnosis, took);
    var expected = drill.expected();
    result.require(
        diagnosis.verdict() == Verdict.PROBLEM
            && diagnosis.findings().stream()
                .anyMatch(
                    found -> expected.isInstance(found) && found.verdict() == Verdict.PROBLEM),
        "the diagnosis misses " + expected.getSimpleName() + ": " + Told.summary(diagnosis));
    progress.done("diagnosed in " + Told.seconds(took) + ": " + Told.summary(diagnosis));
  }

  /** Plans and applies until nothing is left to plan: a plan changes only so much at once. */
  private void cure(RunbookProcedures ops) {
    var resolution = drill.resolution(ops.databaseConnectionIssues());
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      progress.begin("planning and applying");
      var plan = resolution.plan();
      if (plan.steps().isEmpty()) {
        break;
      }
      var execution = plan.apply(drill.because());
      result.applied(new Round(plan, execution));
      mark(round == 1 ? "plan applied" : "plan " + round + " applied");
      execution
          .stopped()
          .ifPresent(why -> result.fail("plan " + plan.digest() + " stopped: " + why));
      progress.done(
          "plan "
              + plan.digest()
              + " applied: "
              + execution.done()
              + " of "
              + plan.steps().size()
              + " steps made");
    }
    var rounds = result.rounds();
    if (rounds.isEmpty()) {
      result.fail("there was nothing to plan");
      return;
    }
    progress.begin("verifying");
    var verification = rounds.get(rounds.size() - 1).execution().verify();
    result.verified(verification);
    result.require(
        verification.result() == Verification.Result.CURED, "verification: " + verification);
    progress.done(verification.result() + ": " + verification.detail());
  }

  private void after(RunbookProcedures ops) {
    progress.begin("looking again");
    var after = ops.databaseConnectionIssues().diagnose();
    result.diagnosedAgain(after);
    result.require(
        after.verdict() == Verdict.OK, "after the cure the verdict is " + Told.summary(after));
    progress.done("after: " + after.verdict());
  }

  private void judgePool(long uses, long errors) {
    result.fared("Healthy pool", uses + " uses while this went on, " + errors + " errors", errors);
    result.require(uses > 0, "the healthy pool was never used");
    result.require(
        errors == 0,
        "the healthy pool's user saw "
            + errors
            + " errors, the last "
            + hall.pool().lastError().orElse("without a code"));
  }

  private static Plot plot(List<Sample> samples) {
    var free = new ArrayList<Point>();
    var waiting = new ArrayList<Point>();
    for (var sample : samples) {
      free.add(new Point(sample.at(), sample.freeSlots()));
      waiting.add(new Point(sample.at(), sample.waiting()));
    }
    return new Plot(
        "What the server looked like",
        "",
        List.of(Series.steps("free slots", free), Series.steps("waiting sessions", waiting)),
        List.of());
  }

  private void mark(String label) {
    result.mark(new Marker(time.now(), label));
  }
}
