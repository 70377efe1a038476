package com.hotdash.ops.pipeline;

import static com.hotdash.ops.pipeline.PipelineSteps.CONCLUSION;
import static com.hotdash.ops.pipeline.PipelineSteps.HEAD_SHA;
import static com.hotdash.ops.pipeline.PipelineSteps.OVER;
import static com.hotdash.ops.pipeline.PipelineSteps.PATH;
import static com.hotdash.ops.pipeline.PipelineSteps.YES;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.Map;

/**
 * Stops a run that is not over, for example a deploy that would overwrite a cure. Cannot be undone.
 * Thread-safe.
 */
public final class CancelRun extends PipelineAction {
  /** The action's id. */
  public static final String ID = "pipeline.cancel-run";

  /**
   * Makes the action for a pipeline.
   *
   * @param reader the pipeline; it can be changed if it is a {@link Pipeline}
   */
  public CancelRun(PipelineReader reader) {
    super(reader, ID, Effect.IRREVERSIBLE);
  }

  /**
   * Finds out what cancelling would come to. Reads only.
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
    return proposal(
        run,
        PipelineSteps.chosen(seen, HEAD_SHA, PATH),
        PipelineSteps.cancel(run, seen),
        PipelineSymptom.cancelled(run),
        List.of(
            "What the run has done so far stays done: a deploy may be half way through the machines.",
            "Steps that run always still run: it can take minutes until the run is over.",
            "The next push starts another run: disableWorkflow(file) keeps it from starting."),
        seen.getOrDefault(OVER, "").equals(YES)
            ? List.of(
                Objection.hard(
                    "over",
                    "the run is over and ended as " + seen.get(CONCLUSION),
                    "nothing to do"))
            : List.of());
  }
}
