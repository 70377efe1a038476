package com.hotdash.ops.pipeline;

import static com.hotdash.ops.pipeline.PipelineSteps.ATTEMPT;
import static com.hotdash.ops.pipeline.PipelineSteps.CONCLUSION;
import static com.hotdash.ops.pipeline.PipelineSteps.HEAD_SHA;
import static com.hotdash.ops.pipeline.PipelineSteps.NONE;
import static com.hotdash.ops.pipeline.PipelineSteps.OVER;
import static com.hotdash.ops.pipeline.PipelineSteps.PATH;
import static com.hotdash.ops.pipeline.PipelineSteps.STATUS;
import static com.hotdash.ops.pipeline.PipelineSteps.YES;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the failed jobs of a run again, with the same commit: worth one try where the trouble was a
 * passing one, such as a registry that did not answer. Cannot be undone, but cancelled.
 * Thread-safe.
 */
public final class RerunFailedJobs extends PipelineAction {
  /** The action's id. */
  public static final String ID = "pipeline.rerun-failed-jobs";

  /**
   * Makes the action for a pipeline.
   *
   * @param reader the pipeline; it can be changed if it is a {@link Pipeline}
   */
  public RerunFailedJobs(PipelineReader reader) {
    super(reader, ID, Effect.IRREVERSIBLE);
  }

  /**
   * Finds out what running again would come to. Reads only.
   *
   * @param run the run's id; one that there is not is an obstacle
   * @param deadline when to stop looking
   * @return the change, or why it could not look
   */
  public Reading<Proposal> propose(long run, Deadline deadline) {
    var target = PipelineTargets.run(repository(), run);
    return propose(target, deadline, seen -> draft(target, seen));
  }

  private Proposal draft(Target run, Map<String, String> seen) {
    // The attempt is the step's assumption alone: a resumed change must find its own target again.
    return proposal(
        run,
        PipelineSteps.chosen(seen, HEAD_SHA, PATH),
        PipelineSteps.rerunFailed(run, seen),
        PipelineSymptom.success(run, attempt(seen) + 1),
        List.of(
            "A run again builds the same commit: it helps only if the trouble was a passing one.",
            "Jobs that succeeded are not made again; those that depend on failed ones are."),
        objections(seen));
  }

  private static List<Objection> objections(Map<String, String> seen) {
    var against = new ArrayList<Objection>();
    var conclusion = seen.getOrDefault(CONCLUSION, NONE);
    if (!seen.getOrDefault(OVER, "").equals(YES)) {
      against.add(
          Objection.hard(
              "not-over",
              "the run is " + seen.get(STATUS) + ", and only one that is over can be run again",
              "wait until it is over, or cancel it"));
    } else if (List.of("success", "skipped", "neutral").contains(conclusion)) {
      against.add(
          Objection.hard(
              "nothing-failed", "the run ended as " + conclusion, "look for the run that failed"));
    } else if (conclusion.equals("startup_failure")) {
      against.add(
          Objection.hard(
              "no-jobs",
              "the run never had a job: its workflow file is broken",
              "mend the workflow file"));
    }
    // Of an attempt that succeeded or is not over, nothing can be said that it failed.
    if (against.isEmpty() && attempt(seen) > 1) {
      against.add(
          Objection.overridable(
              "ran-again-before",
              "attempt " + attempt(seen) + " failed as well: that is no passing trouble",
              "read why it failed"));
    }
    return against;
  }

  private static int attempt(Map<String, String> seen) {
    return Integer.parseInt(seen.getOrDefault(ATTEMPT, "1"));
  }
}
