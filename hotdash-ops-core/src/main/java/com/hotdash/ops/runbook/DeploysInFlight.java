package com.hotdash.ops.runbook;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.pipeline.PipelineReader;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Resolution;
import com.hotdash.ops.resolution.Resolution.Proposer;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names, in each plan that changes machines, the deploys that wait or run in the pipeline: they
 * would undo it. The platform knows only of those that have reached it.
 */
final class DeploysInFlight {
  private static final int MOST_NAMED = 3;

  private final @Nullable PipelineReader pipeline;

  DeploysInFlight(@Nullable PipelineReader pipeline) {
    this.pipeline = pipeline;
  }

  Resolution resolution(Engine engine, String action, Proposer proposer) {
    return engine.resolution(action, deadline -> named(proposer.propose(deadline), deadline));
  }

  private Reading<Proposal> named(Reading<Proposal> proposal, Deadline deadline) {
    if (pipeline == null || proposal.toOptional().isEmpty()) {
      return proposal;
    }
    try (var look = pipeline.look(deadline)) {
      var runs = look.inFlight();
      return proposal.map(change -> named(change, runs));
    }
  }

  private static Proposal named(Proposal change, Reading<Runs> seen) {
    var gap = seen.obstacle().orElse(null);
    if (gap != null) {
      return Proposals.noting(
          change, "Deploys in flight were not looked for: " + gap.detail() + ".");
    }
    var runs = seen.toOptional().map(Runs::waitingFirst).orElse(List.of());
    return runs.isEmpty() ? change : Proposals.objecting(change, inFlight(runs));
  }

  private static Objection inFlight(List<Run> runs) {
    return Objection.overridable(
        "deploy-in-flight",
        runs.size()
            + (runs.size() == 1 ? " run waits or runs" : " runs wait or run")
            + " that may undo this: "
            + runs.stream().limit(MOST_NAMED).map(Run::toString).collect(Collectors.joining("; ")),
        next(runs));
  }

  /**
   * One that goes back does already what is wanted as a rule, and is not to be cut off half-way.
   */
  private static String next(List<Run> runs) {
    return runs.stream()
        .filter(each -> !each.goesBack())
        .findFirst()
        .map(each -> "ops.pipeline().cancelRun(" + each.id() + "L).plan()")
        .orElse("follow the roll back that is under way: ops.deploymentFailures().diagnose()");
  }
}
