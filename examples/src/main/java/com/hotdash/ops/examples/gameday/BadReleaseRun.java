package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.examples.gameday.Customers.Second;
import com.hotdash.ops.examples.gameday.DrillResult.Round;
import com.hotdash.ops.procedure.HighErrorRateFinding.ErrorRate;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.fly.FlyChange;
import com.hotdash.ops.testkit.hotdash.Release;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Plot.Marker;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The drill of a bad release, from the healthy state to the healthy state, in virtual time. */
final class BadReleaseRun {
  private static final Duration QUIET = Duration.ofMinutes(20);
  private static final Duration STANDS = Duration.ofMinutes(4);
  // The newest five minutes decide, and must not hold anything of the incident.
  private static final Duration AFTER = Duration.ofMinutes(7);
  // A machine that was updated last still answers as before while its image is fetched.
  private static final Duration SETTLED = Duration.ofSeconds(15);
  private static final Duration BUCKET = Duration.ofSeconds(15);
  private static final Duration MARGIN = Duration.ofMinutes(3);

  private final Time real;
  private final FlyHall hall;
  private final Progress progress;
  private final DrillResult result;

  /**
   * @param real the time that a person who watches lives in
   */
  BadReleaseRun(Time real, FlyHall hall, Progress progress) {
    this.real = real;
    this.hall = hall;
    this.progress = progress;
    this.result = new DrillResult(new BadReleaseDrill());
  }

  DrillResult run() {
    progress.line("");
    progress.line(result.drill().title());
    try (var ops = hall.runbook()) {
      progress.begin("twenty minutes of customers");
      hall.customers().pass(QUIET);
      before(ops);
      var bad = hall.world().release();
      var released = hall.time().now();
      mark("bad release");
      progress.begin("the bad release runs");
      hall.customers().pass(STANDS);
      progress.done("release " + bad.version() + " runs for " + STANDS.toMinutes() + " min");
      diagnose(ops, bad);
      cure(ops);
      hall.customers().pass(MARGIN);
      saw(released.minus(MARGIN), bad);
      after(ops, released);
    } catch (OpsException e) {
      result.fail(String.valueOf(e.getMessage()));
    }
    result.failures().forEach(why -> progress.done("FAILED: " + why));
    progress.done(result.verified() ? "verified; " + result.fared() : "NOT verified");
    return result;
  }

  private void before(RunbookProcedures ops) {
    progress.begin("looking before anything breaks");
    var before = ops.highErrorRate().diagnose();
    result.require(before.verdict() == Verdict.OK, "before the release: " + Told.summary(before));
    progress.done("before: " + before.verdict());
  }

  private void diagnose(RunbookProcedures ops, Release bad) {
    progress.begin("diagnosing");
    var began = real.now();
    var diagnosis = ops.highErrorRate().diagnose();
    var took = Duration.between(began, real.now());
    mark("diagnosed");
    result.diagnosed(diagnosis, took);
    result.require(
        diagnosis.verdict() == Verdict.PROBLEM
            && diagnosis
                .finding(ErrorRate.class)
                .filter(found -> found.verdict() == Verdict.PROBLEM)
                .isPresent(),
        "the diagnosis misses the errors: " + Told.summary(diagnosis));
    result.require(
        diagnosis.changes().stream()
            .filter(change -> change.fit() == NearbyChange.Fit.STRONG)
            .anyMatch(change -> change.what().contains("v" + bad.version())),
        "the onset is not put down to release " + bad.version());
    progress.done("diagnosed in " + Told.seconds(took) + ": " + Told.summary(diagnosis));
  }

  private void cure(RunbookProcedures ops) {
    progress.begin("planning and applying");
    var remedy =
        Objects.requireNonNull(result.first()).recommendations().stream()
            .map(Recommendation::remedy)
            .filter(Objects::nonNull)
            .findFirst();
    if (remedy.isEmpty()) {
      result.fail("the diagnosis recommends nothing that can be done");
      return;
    }
    var plan = ops.resolution(remedy.get()).plan();
    result.require(
        hall.world().changes().isEmpty(),
        "looking and planning changed something: " + hall.world().changes());
    var execution = plan.apply("the newest release fails orders");
    result.applied(new Round(plan, execution));
    steps(execution);
    progress.begin("verifying");
    var verification = execution.verify();
    result.verified(verification);
    result.require(
        verification.result() == Verification.Result.CURED, "verification: " + verification);
    progress.done(verification.result() + ": " + verification.detail());
  }

  private void steps(Execution execution) {
    execution.stopped().ifPresent(why -> result.fail("the plan stopped: " + why));
    var updates = updates();
    int wanted = execution.results().size();
    result.require(
        updates.size() == wanted,
        "Fly carried out " + updates.size() + " updates for " + wanted + " steps");
    if (!updates.isEmpty()) {
      result.mark(new Marker(updates.get(0), "first step"));
      result.mark(new Marker(updates.get(updates.size() - 1), "last step"));
    }
    progress.done("plan applied: " + execution.done() + " of " + wanted + " machines");
  }

  /** Returns when Fly carried an update out, whatever the runbook says of it. */
  private List<Instant> updates() {
    return hall.world().changes().stream()
        .filter(change -> change.kind().equals("machine.update"))
        .map(FlyChange::at)
        .sorted()
        .toList();
  }

  private void after(RunbookProcedures ops, Instant released) {
    progress.begin("looking again, minutes later");
    hall.customers().pass(AFTER.minus(MARGIN));
    var last = ops.highErrorRate().diagnose();
    result.diagnosedAgain(last);
    result.require(last.verdict() == Verdict.OK, "minutes later: " + Told.summary(last));
    progress.done("minutes later: " + last.verdict());
    fared(released);
  }

  /** Nobody may be turned away by the cure, and nobody fails after it. */
  private void fared(Instant released) {
    var all = hall.customers().since(released);
    long unserved = all.stream().mapToInt(Second::unserved).sum();
    var end = updates().stream().reduce(released, (a, b) -> b).plus(SETTLED);
    long late = all.stream().filter(each -> each.at().isAfter(end)).mapToInt(Second::failed).sum();
    result.require(late == 0, late + " requests failed after the cure");
    result.fared(
        "Customers",
        all.stream().mapToInt(Second::requests).sum()
            + " requests since the release, "
            + all.stream().mapToInt(Second::failed).sum()
            + " failed, "
            + late
            + " of them after the cure; "
            + unserved
            + " found no machine",
        unserved + late);
  }

  private void saw(Instant from, Release bad) {
    var share = new ArrayList<Point>();
    var running = new ArrayList<Point>();
    var onBad = new ArrayList<Point>();
    var seconds = hall.customers().since(from);
    int each = Math.toIntExact(BUCKET.toSeconds());
    for (int i = 0; i + each <= seconds.size(); i += each) {
      var bucket = seconds.subList(i, i + each);
      share.add(new Point(bucket.get(each - 1).at(), percent(bucket)));
    }
    for (var second : seconds) {
      running.add(new Point(second.at(), second.releases().size()));
      onBad.add(
          new Point(
              second.at(),
              second.releases().stream().filter(version -> version == bad.version()).count()));
    }
    result.saw(
        new Plot(
            "Requests that failed, as customers saw it",
            "%",
            List.of(Series.line("failed in 15 s", share)),
            List.of()));
    result.saw(
        new Plot(
            "Machines",
            "",
            List.of(
                Series.steps("running", running),
                Series.steps("running release " + bad.version(), onBad)),
            List.of()));
  }

  private static double percent(List<Second> bucket) {
    double requests = bucket.stream().mapToInt(Second::requests).sum();
    return 100 * bucket.stream().mapToInt(Second::failed).sum() / requests;
  }

  private void mark(String label) {
    result.mark(new Marker(hall.time().now(), label));
  }
}
