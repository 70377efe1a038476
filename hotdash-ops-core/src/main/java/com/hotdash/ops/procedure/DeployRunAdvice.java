package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.pipeline.BuildError;
import com.hotdash.ops.pipeline.CancelRun;
import com.hotdash.ops.pipeline.PendingDeployment;
import com.hotdash.ops.pipeline.RerunFailedJobs;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.BuildErrors;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.DeployRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What to do about the newest run that deploys: each trouble of a run wants something else. */
final class DeployRunAdvice {
  private final @Nullable DeployRun run;
  private final @Nullable BuildErrors errors;

  DeployRunAdvice(List<DeploymentFailuresFinding> findings) {
    this.run = one(findings, DeployRun.class).orElse(null);
    this.errors = one(findings, BuildErrors.class).orElse(null);
  }

  private static <F> Optional<F> one(List<DeploymentFailuresFinding> findings, Class<F> type) {
    return findings.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /** Nobody can tell before it has ended. */
  Optional<Recommendation> underWay() {
    return Optional.ofNullable(run)
        .filter(each -> each.verdict() == Verdict.UNKNOWN && each.detail().run().state().active())
        .map(
            each ->
                advice(
                    "deploy.wait",
                    "look again when it has ended",
                    each,
                    "ops.deploymentFailures().diagnose()"));
  }

  List<Recommendation> recommendations() {
    if (run == null || run.verdict() != Verdict.PROBLEM) {
      return List.of();
    }
    return switch (run.detail().problem()) {
      case WAITING_FOR_APPROVAL -> List.of(approve(run));
      case ACTION_REQUIRED ->
          List.of(advice("deploy.let-begin", "have a person let it begin" + page(run), run, ""));
      case STUCK_IN_QUEUE ->
          List.of(
              Recommendation.resolution(
                  CancelRun.ID,
                  "look at the pipeline service's status page; then cancel the run, which may be"
                      + " refused",
                  run.summary(),
                  Remedy.pipeline("cancelRun", run.detail().run().id())));
      case CANCELLED -> List.of(cancelled(run));
      case STARTUP_FAILURE ->
          List.of(
              advice(
                  "deploy.fix-workflow",
                  "mend " + run.detail().run().file() + ": it cannot be read" + page(run),
                  run,
                  ""));
      default -> failed(run);
    };
  }

  private static Recommendation approve(DeployRun run) {
    var who =
        run.approvals().stream()
            .map(PendingDeployment::reviewers)
            .flatMap(List::stream)
            .distinct()
            .collect(Collectors.joining(", "));
    return advice(
        "deploy.approve",
        "have " + (who.isEmpty() ? "a reviewer" : who) + " approve or refuse it" + page(run),
        run,
        "");
  }

  private static Recommendation cancelled(DeployRun run) {
    return Recommendation.resolution(
        RerunFailedJobs.ID,
        "find out who cancelled it, then run it again",
        run.summary(),
        rerun(run));
  }

  private List<Recommendation> failed(DeployRun run) {
    var list = new ArrayList<Recommendation>();
    if (errors != null && errors.worthOneRerun() && run.detail().run().attempt() == 1) {
      list.add(
          Recommendation.resolution(
              RerunFailedJobs.ID,
              "run the failed jobs again, once",
              errors.summary() + ": such a trouble passes",
              rerun(run)));
    } else if (errors != null && !errors.places().isEmpty()) {
      list.add(
          Recommendation.advice(
              "deploy.fix-build",
              "fix " + Figures.some(errors.places(), each -> each) + ", and deploy that",
              errors.summary(),
              ""));
    } else {
      list.add(
          Recommendation.advice(
              "deploy.read-run",
              (errors == null ? "read why it failed" : "mend " + kinds(errors)) + page(run),
              errors == null ? run.summary() : errors.summary(),
              ""));
    }
    return list;
  }

  private static String kinds(BuildErrors errors) {
    return errors.errors().stream()
        .map(BuildError::kind)
        .distinct()
        .map(DeployRunAdvice::cure)
        .distinct()
        .limit(2)
        .collect(Collectors.joining(", "));
  }

  private static String cure(BuildError.Kind kind) {
    return switch (kind) {
      case OUT_OF_MEMORY -> "the runner's memory: the build needs more than it has";
      case DISK -> "the runner's disk: it is full";
      case AUTH -> "the pipeline's credential: it is missing or refused";
      case PRISMA -> "the schema or its migrations";
      case DEPENDENCY -> "the packages: one is missing or does not fit";
      case DOCKER -> "the image's build";
      case TIMEOUT -> "what takes longer than it may";
      case REGISTRY, NETWORK -> "the registry or network, which failed more than once";
      case TYPE, LINT, TEST, UNKNOWN -> "what its log tells of";
    };
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<Contraindication>();
    if (run == null) {
      return list;
    }
    var again = run.detail().run().attempt();
    if (errors != null && errors.verdict() == Verdict.PROBLEM) {
      if (!errors.worthOneRerun()) {
        list.add(rerun("it builds the same commit, which fails the same way: " + errors.summary()));
      } else if (again > 1) {
        list.add(rerun("attempt " + again + " failed as well: that is no passing trouble"));
      }
    }
    if (run.detail().problem() == RunProblem.HELD_BY_CONCURRENCY) {
      list.add(
          new Contraindication(
              "pipeline.start-workflow",
              "do not start another deploy",
              "a third run of the group cancels the one that waits"));
    }
    return list;
  }

  private static Contraindication rerun(String because) {
    return new Contraindication(RerunFailedJobs.ID, "do not run the failed jobs again", because);
  }

  private static Recommendation advice(String id, String what, DeployRun run, String line) {
    return Recommendation.advice(id, what, run.summary(), line);
  }

  private static String page(DeployRun run) {
    var url = run.inForce().url();
    return url.isEmpty() ? "" : ": " + url;
  }

  private static Remedy rerun(DeployRun run) {
    return Remedy.pipeline("rerunFailedJobs", run.detail().run().id());
  }
}
