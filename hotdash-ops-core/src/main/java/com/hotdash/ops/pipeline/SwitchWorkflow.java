package com.hotdash.ops.pipeline;

import static com.hotdash.ops.pipeline.PipelineSteps.ACTIVE;
import static com.hotdash.ops.pipeline.PipelineSteps.DISABLED_MANUALLY;
import static com.hotdash.ops.pipeline.PipelineSteps.NONE;
import static com.hotdash.ops.pipeline.PipelineSteps.STATE;
import static com.hotdash.ops.pipeline.PipelineSteps.UNDER_WAY;
import static com.hotdash.ops.pipeline.PipelineSteps.WORKFLOW_ID;

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
 * Keeps a workflow from starting, or lets it start again; each takes the other back. Thread-safe.
 */
public final class SwitchWorkflow extends PipelineAction {
  /** The id of the action that switches off. */
  public static final String DISABLE = "pipeline.disable-workflow";

  /** The id of the action that switches on. */
  public static final String ENABLE = "pipeline.enable-workflow";

  private final boolean on;

  private SwitchWorkflow(PipelineReader reader, boolean on) {
    super(reader, on ? ENABLE : DISABLE, Effect.REVERSIBLE);
    this.on = on;
  }

  /**
   * Makes the action that switches a workflow off.
   *
   * @param reader the pipeline; it can be changed if it is a {@link Pipeline}
   * @return the action
   */
  public static SwitchWorkflow off(PipelineReader reader) {
    return new SwitchWorkflow(reader, false);
  }

  /**
   * Makes the action that switches a workflow on.
   *
   * @param reader the pipeline; it can be changed if it is a {@link Pipeline}
   * @return the action
   */
  public static SwitchWorkflow on(PipelineReader reader) {
    return new SwitchWorkflow(reader, true);
  }

  /**
   * Finds out what switching would come to. Reads only.
   *
   * @param file the workflow's file name, such as {@code deploy-production.yml}
   * @param deadline when to stop looking
   * @return the change, or why it could not look
   */
  public Reading<Proposal> propose(String file, Deadline deadline) {
    var target = PipelineTargets.workflow(repository(), WorkflowStart.of(file, "HEAD").file());
    return propose(target, deadline, seen -> draft(target, seen));
  }

  private Proposal draft(Target workflow, Map<String, String> seen) {
    var state = seen.getOrDefault(STATE, NONE);
    var step = on ? PipelineSteps.enable(workflow, state) : PipelineSteps.disable(workflow, state);
    var wanted = on ? ACTIVE : DISABLED_MANUALLY;
    var notPromised = new ArrayList<String>();
    if (on) {
      notPromised.add("Pushes and schedules that were missed meanwhile are not made up for.");
    } else {
      notPromised.add("Nothing deploys by this workflow until it is switched on again: undo it.");
      if (!seen.getOrDefault(UNDER_WAY, NONE).equals(NONE)) {
        notPromised.add(
            "Runs that have begun go on: " + seen.get(UNDER_WAY) + ". Cancel them if need be.");
      }
    }
    return proposal(
        workflow,
        PipelineSteps.chosen(seen, WORKFLOW_ID),
        step,
        PipelineSymptom.switched(workflow, wanted),
        notPromised,
        objections(state));
  }

  private List<Objection> objections(String state) {
    if (on && state.equals(ACTIVE)) {
      return List.of(Objection.hard("active", "the workflow is active already", "nothing to do"));
    }
    if (!on && !state.equals(ACTIVE)) {
      return List.of(
          Objection.hard("not-active", "the workflow is " + state + " already", "nothing to do"));
    }
    return List.of();
  }
}
