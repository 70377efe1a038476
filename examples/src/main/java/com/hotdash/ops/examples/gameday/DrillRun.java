package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.examples.gameday.DrillResult.Round;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.resolution.Verification.Sample;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.text.Plot.Marker;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One drill from the healthy state through fault and cure back to the healthy state. */
final class DrillRun {
  // So that the plot shows the fault standing, and lock waits get older than their threshold.
  private static final Duration STANDS = Duration.ofMillis(1_600);
  private static final Duration AROUND = Duration.ofMillis(700);
  private static final int MOST_ROUNDS = 5;

  private final Time time;
  private final Hall hall;
  private final Progress progress;
  private final DrillResult result;

  DrillRun(Time time, Hall hall, Progress progress, Drill drill) {
    this.time = time;
    this.hall = hall;
    this.progress = progress;
    this.result = new DrillResult(drill);
  }

  DrillResult run() {
    var from = time.now();
    long uses = hall.pool().uses();
    long errors = hall.pool().errors();
    var drill = result.drill();
    progress.line("");
    progress.line(drill.title());
    try (var ops = hall.runbook(drill.thresholds())) {
      baseline(ops);
      time.await(AROUND);
      progress.begin("breaking it");
      try (var fault = drill.inject(hall.hotdash())) {
        mark("fault injected");
        progress.begin("the fault stands");
        time.await(STANDS);
        progress.done("fault injected, and left alone for " + seconds(STANDS));
        diagnose(ops);
        cure(ops);
        fault.harm().forEach(result::fail);
        after(ops);
      }
      time.await(AROUND);
    } catch (OpsException e) {
      result.fail(String.valueOf(e.getMessage()));
    }
    result.pool(hall.pool().uses() - uses, hall.pool().errors() - errors);
    judgePool();
    result.samples(hall.sampler().since(from));
    hall.sampler().failure().ifPresent(result::fail);
    result.failures().forEach(why -> progress.done("FAILED: " + why));
    progress.done(
        result.verified()
            ? "verified; the healthy pool was used "
                + result.poolUses()
                + " times and its user saw no error"
            : "NOT verified");
    return result;
  }

  private void baseline(RunbookProcedures ops) {
    progress.begin("looking before anything breaks");
    var before = ops.databaseConnectionIssues().diagnose();
    result.require(
        before.verdict() == Verdict.OK, "before the fault the verdict is " + summary(before));
    progress.done("before: " + before.verdict());
  }

  private void diagnose(RunbookProcedures ops) {
    progress.begin("diagnosing");
    var began = time.now();
    var diagnosis = ops.databaseConnectionIssues().diagnose();
    var took = Duration.between(began, time.now());
    mark("diagnosed");
    result.diagnosed(diagnosis, took);
    var expected = result.drill().expected();
    result.require(
        diagnosis.verdict() == Verdict.PROBLEM
            && diagnosis.findings().stream()
                .anyMatch(
                    found -> expected.isInstance(found) && found.verdict() == Verdict.PROBLEM),
        "the diagnosis misses " + expected.getSimpleName() + ": " + summary(diagnosis));
    progress.done("diagnosed in " + seconds(took) + ": " + summary(diagnosis));
  }

  /** Plans and applies until nothing is left to plan: a plan changes only so much at once. */
  private void cure(RunbookProcedures ops) {
    var resolution = result.drill().resolution(ops.databaseConnectionIssues());
    for (int round = 1; round <= MOST_ROUNDS; round++) {
      progress.begin("planning and applying");
      var plan = resolution.plan();
      if (plan.steps().isEmpty()) {
        break;
      }
      var execution = plan.apply(result.drill().because());
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
    goneAt(verification).ifPresent(at -> result.mark(new Marker(at, "cured")));
    progress.done(verification.result() + ": " + verification.detail());
  }

  /** Returns when the symptom was first seen gone for good. */
  private static Optional<Instant> goneAt(Verification verification) {
    @Nullable Instant gone = null;
    for (Sample sample : verification.samples()) {
      if (sample.measurement().present()) {
        gone = null;
      } else if (gone == null) {
        gone = sample.at();
      }
    }
    return Optional.ofNullable(gone);
  }

  private void after(RunbookProcedures ops) {
    progress.begin("looking again");
    var after = ops.databaseConnectionIssues().diagnose();
    result.diagnosedAgain(after);
    result.require(
        after.verdict() == Verdict.OK, "after the cure the verdict is " + summary(after));
    progress.done("after: " + after.verdict());
  }

  private void judgePool() {
    result.require(result.poolUses() > 0, "the healthy pool was never used");
    result.require(
        result.poolErrors() == 0,
        "the healthy pool's user saw "
            + result.poolErrors()
            + " errors, the last "
            + hall.pool().lastError().orElse("without a code"));
  }

  private void mark(String label) {
    result.mark(new Marker(time.now(), label));
  }

  private static String summary(Diagnosis diagnosis) {
    return diagnosis.verdict()
        + diagnosis.findings().stream()
            .filter(found -> found.verdict() != Verdict.OK)
            .map(Finding::summary)
            .findFirst()
            .map(text -> ", " + text)
            .orElse("");
  }

  static String seconds(Duration took) {
    return took.toMillis() < 1_000
        ? took.toMillis() + " ms"
        : String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0);
  }
}
