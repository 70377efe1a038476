package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.BuildErrors;
import com.hotdash.ops.testkit.github.JobLog;
import com.hotdash.ops.testkit.github.JobScript;
import com.hotdash.ops.testkit.github.RunRequest;
import com.hotdash.ops.testkit.github.StepScript;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Plot.Point;
import com.hotdash.ops.text.Plot.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The third incident: a deploy that fails because a registry does not answer for a moment. */
final class FailedDeployDrill implements WorldDrill {
  private static final String DEPLOY = "deploy-production.yml";

  private final List<Point> newest = new ArrayList<>();
  private boolean away;
  private long runs;
  private int releases;

  @Override
  public Incident incident() {
    return Incident.DEPLOYMENT_FAILURES;
  }

  @Override
  public String title() {
    return "A deploy fails on the network";
  }

  @Override
  public String story() {
    return "A release is pushed, and its build cannot reach the registry of packages: the run fails"
        + " and nothing gets out. The runbook reads which kind of error the log holds. One that"
        + " passes by itself is worth one more try of the failed jobs, and no more than one; the"
        + " same commit then goes out.";
  }

  @Override
  public void prepare(FlyHall hall) {
    var estate = hall.world().estate();
    estate.deploys(this::jobs, Behaviour.healthy());
    hall.customers()
        .besides(
            () ->
                newest.add(
                    new Point(
                        hall.time().now(),
                        estate.releases().get(estate.releases().size() - 1).version())));
  }

  /** The first attempt fails; the registry is well again by the second. */
  private List<JobScript> jobs(RunRequest request) {
    var build =
        away && request.attempt() == 1
            ? JobScript.of(
                "build",
                JobLog.of(
                    List.of(
                        "##[group]Run npm ci",
                        "npm error code ECONNRESET",
                        "##[error]Process completed with exit code 1.")),
                StepScript.passing("Set up job"),
                StepScript.failing("npm ci"))
            : JobScript.of(
                "build",
                JobLog.of(List.of("##[group]Run npm ci", "added 812 packages in 14s")),
                StepScript.passing("Set up job"),
                StepScript.passing("npm ci"));
    return List.of(
        build,
        JobScript.of(
                "deploy",
                JobLog.of(List.of("##[group]Run flyctl deploy", "deploy done")),
                StepScript.passing("flyctl deploy"))
            .after("build"));
  }

  @Override
  public String strike(FlyHall hall) {
    away = true;
    releases = hall.world().estate().releases().size();
    runs = hall.world().estate().repository().runCount(DEPLOY);
    hall.world().estate().repository().push(DEPLOY, "feat: show order counts");
    return "release pushed";
  }

  @Override
  public void judge(Diagnosis diagnosis, DrillResult result) {
    result.require(
        diagnosis.finding(BuildErrors.class).filter(BuildErrors::worthOneRerun).isPresent(),
        "the diagnosis misses that the error passes: " + Told.summary(diagnosis));
  }

  @Override
  public String because() {
    return "the registry did not answer for a moment";
  }

  @Override
  public void witness(FlyHall hall, Instant struck, Instant cured, DrillResult result) {
    Witness.fared(hall.customers(), struck, cured, result);
    var estate = hall.world().estate();
    result.require(
        estate.releases().size() == releases + 1,
        "releases that went out: " + (estate.releases().size() - releases));
    result.require(
        estate.repository().runCount(DEPLOY) == runs + 1,
        "it was deployed by other runs: " + estate.repository().runCount(DEPLOY));
    result.saw(
        new Plot(
            "Newest release that is out",
            "",
            List.of(Series.steps("release", Witness.shown(newest, struck, cured))),
            List.of()));
  }
}
