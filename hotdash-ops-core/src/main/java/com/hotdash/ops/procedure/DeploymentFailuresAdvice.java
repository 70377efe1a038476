package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.Phase;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.pipeline.StartWorkflow;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.platform.ChangeSecrets;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.RollBack;
import com.hotdash.ops.platform.RollbackTarget;
import com.hotdash.ops.procedure.DeployedMachines.Images;
import com.hotdash.ops.procedure.DeployedMachines.Refused;
import com.hotdash.ops.procedure.DeployedMachines.ReleaseHealth;
import com.hotdash.ops.procedure.DeployedMachines.StartFailures;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.DeployRun;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.NewestRelease;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What brings a release out or takes it back, and what must not be done: users before builds. */
final class DeploymentFailuresAdvice {
  private final List<DeploymentFailuresFinding> findings;
  private final Observation seen;
  private final DeploymentFailuresThresholds thresholds;
  private final DeployRunAdvice runs;

  DeploymentFailuresAdvice(
      List<DeploymentFailuresFinding> findings,
      Observation seen,
      DeploymentFailuresThresholds thresholds) {
    this.findings = List.copyOf(findings);
    this.seen = seen;
    this.thresholds = thresholds;
    this.runs = new DeployRunAdvice(findings);
  }

  List<Recommendation> recommendations() {
    var list = new ArrayList<Recommendation>();
    if (problems().isEmpty()) {
      runs.underWay().ifPresent(list::add);
      return list;
    }
    one(Secrets.class).ifPresent(each -> secrets(each, list));
    problem(Refused.class).ifPresent(each -> list.add(port(each)));
    if (hurt() && !secretsExplain()) {
      list.addAll(
          back()
              .recommendations(
                  innocent().map(each -> List.of(each.instead())).orElseGet(this::rollBack)));
    }
    list.addAll(runs.recommendations());
    if (!hurt()) {
      halfWay().or(this::notOut).ifPresent(list::add);
    }
    problem(StartFailures.class).ifPresent(each -> list.add(read(each)));
    return list;
  }

  /** One without which nothing starts is set first, those that wait are rolled out. */
  private static void secrets(Secrets secrets, List<Recommendation> list) {
    secrets.missing().forEach(name -> list.add(SecretValues.store(name, secrets.summary())));
    if (secrets.missing().isEmpty() && secrets.verdict() == Verdict.PROBLEM) {
      list.add(
          Recommendation.resolution(
              ChangeSecrets.ID,
              "have all machines take the secrets that are staged",
              secrets.summary(),
              Remedy.platform("deploySecrets")));
    }
    if (secrets.verdict() == Verdict.PROBLEM) {
      list.add(
          Recommendation.advice(
              "deploy.secrets-first",
              "see which secrets machines have and lack, before anything else is deployed",
              secrets.summary(),
              "ops.secretRotationIssues().diagnose()"));
    }
  }

  private static Recommendation port(Refused refused) {
    return Recommendation.advice(
        "deploy.port",
        "have the application listen on 0.0.0.0 and on the port that fly.toml names as"
            + " internal_port",
        refused.summary(),
        "");
  }

  private Optional<ReleaseBlame> innocent() {
    return problem(ReleaseHealth.class)
        .flatMap(
            each -> ReleaseBlame.innocent(seen, each, problem(StartFailures.class).isPresent()));
  }

  private GoingBack back() {
    var from = problem(ReleaseHealth.class).map(each -> each.release().at()).orElse(seen.at());
    return new GoingBack(seen, from);
  }

  private List<Recommendation> rollBack() {
    var target = target();
    var to = target.target();
    if (to == null) {
      return List.of(
          Recommendation.advice(
              "deploy.no-target",
              "there is no release to go back to: deploy a fix",
              target.because(),
              ""));
    }
    boolean none = machines().healthy().isEmpty();
    var back =
        Recommendation.resolution(
            RollBack.ID,
            "go back to "
                + to.label()
                + (none ? ", on all machines at once: none is healthy" : ", one machine first"),
            why(),
            Remedy.of(Incident.HIGH_ERROR_RATE, none ? "rollBackAllAtOnce" : "rollBack"));
    // Whether one runs already, only the pipeline tells before a second is started.
    return seen.get(PipelineLook.IN_FLIGHT).obstacle().isPresent()
        ? List.of(back)
        : List.of(back, byWorkflow(target, to));
  }

  private Recommendation byWorkflow(RollbackTarget target, Release to) {
    return Recommendation.resolution(
        StartWorkflow.ID,
        "or by the workflow, with the target named: without it takes the bad release itself",
        target.because(),
        Remedy.pipeline(
            "startWorkflow",
            WorkflowStart.of(thresholds.rollbackWorkflow(), thresholds.ref())
                .with(WorkflowStart.REASON, "bad deploy")
                .with(WorkflowStart.TARGET_VERSION, to.label())));
  }

  private String why() {
    return problem(ReleaseHealth.class).map(ReleaseHealth::summary).orElse("");
  }

  /** Half a deploy that hurts nobody is best finished; what to go back to is told as well. */
  private Optional<Recommendation> halfWay() {
    return problem(Images.class)
        .map(
            images ->
                Recommendation.advice(
                    "deploy.finish",
                    "finish the deploy, or go back to one image: "
                        + Optional.ofNullable(target().target())
                            .map(Release::label)
                            .map(label -> "that of " + label)
                            .orElse(target().because()),
                    images.summary(),
                    ""));
  }

  /**
   * A release that failed and came to no machine hurts nobody; its reason stands in its tool's log.
   */
  private Optional<Recommendation> notOut() {
    return problem(NewestRelease.class)
        .map(
            each ->
                Recommendation.advice(
                    "deploy.release",
                    "find out in the log of whoever made it why "
                        + each.release().label()
                        + " did not go out, and deploy again",
                    each.summary(),
                    ""));
  }

  private static Recommendation read(StartFailures starts) {
    return Recommendation.advice(
        "deploy.read-start",
        "read what "
            + starts.starts().get(0).machine()
            + " wrote before it ended"
            + (starts.outOfMemory() ? ", and why memory ran out" : ""),
        starts.summary(),
        starts.outOfMemory() ? "ops.memoryCpuIssues().diagnose()" : "");
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<>(runs.contraindications());
    if (problems().isEmpty()) {
      return list;
    }
    var newest =
        seen.get(PlatformLook.RELEASES).toOptional().orElse(List.of()).stream()
            .max((a, b) -> Integer.compare(a.version(), b.version()));
    newest.ifPresent(
        release ->
            list.add(
                new Contraindication(
                    "platform.previous-image",
                    "do not take the second line of fly releases for the release before",
                    "the first line is the header: the second is "
                        + release.label()
                        + ", the newest, whatever became of it, and to deploy it restarts all"
                        + " machines for nothing")));
    if (hurt() && secretsExplain()) {
      list.add(
          new Contraindication(
              RollBack.ID,
              "do not roll back before the secrets are there",
              "older code lacks them, too: "
                  + one(Secrets.class).map(Secrets::summary).orElse("")));
    } else if (hurt()) {
      var against = back().contraindications();
      list.addAll(against);
      if (against.isEmpty()) {
        innocent().ifPresent(each -> list.add(each.contraindication()));
      }
    } else if (problem(Images.class).isEmpty() && !mayBeTheOneBefore()) {
      list.add(new Contraindication(RollBack.ID, "do not roll back", whyNot()));
    }
    return list;
  }

  /** Beside one that did not go out, a young one may fail requests, or leak: others judge that. */
  private boolean mayBeTheOneBefore() {
    return problem(NewestRelease.class).isPresent()
        && one(ReleaseHealth.class)
            .filter(each -> each.release().at().isAfter(seen.at().minus(WhatChanged.WEAK_WITHIN)))
            .isPresent();
  }

  private String whyNot() {
    if (nothingOut()) {
      return "nothing of the failed run came to any machine";
    }
    return one(ReleaseHealth.class)
        .map(each -> "no machine fails since " + each.release().label() + " came")
        .orElse("nobody could see what machines and releases do");
  }

  private boolean nothingOut() {
    return one(DeployRun.class)
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .filter(
            each ->
                each.phase() == Phase.BUILD
                    || each.phase() == Phase.PRE_DEPLOY
                    || each.detail().problem() == RunProblem.STARTUP_FAILURE
                    || each.detail().problem() == RunProblem.WAITING_FOR_APPROVAL)
        .isPresent();
  }

  /** Whether machines fail since the newest release came. */
  private boolean hurt() {
    return problem(ReleaseHealth.class).isPresent();
  }

  private boolean secretsExplain() {
    return problem(Secrets.class).isPresent();
  }

  private RollbackTarget target() {
    // Whether its image can still be fetched, the plan finds out: a diagnosis asks nobody.
    return RollbackTarget.choose(
        seen.get(PlatformLook.RELEASES).toOptional().orElse(List.of()), machines(), image -> true);
  }

  private Machines machines() {
    return seen.get(PlatformLook.MACHINES).toOptional().orElse(new Machines(List.<Machine>of()));
  }

  private List<DeploymentFailuresFinding> problems() {
    return findings.stream().filter(each -> each.verdict() == Verdict.PROBLEM).toList();
  }

  private <F extends DeploymentFailuresFinding> Optional<F> problem(Class<F> type) {
    return one(type).filter(each -> each.verdict() == Verdict.PROBLEM);
  }

  private <F> Optional<F> one(Class<F> type) {
    return findings.stream().filter(type::isInstance).map(type::cast).findFirst();
  }
}
