package com.hotdash.ops.pipeline;

import static com.hotdash.ops.pipeline.PipelineSteps.ACTIVE;
import static com.hotdash.ops.pipeline.PipelineSteps.INPUTS_LEFT_OUT;
import static com.hotdash.ops.pipeline.PipelineSteps.INPUTS_TROUBLE;
import static com.hotdash.ops.pipeline.PipelineSteps.NEWEST_RUN;
import static com.hotdash.ops.pipeline.PipelineSteps.NO;
import static com.hotdash.ops.pipeline.PipelineSteps.NONE;
import static com.hotdash.ops.pipeline.PipelineSteps.REF_EXISTS;
import static com.hotdash.ops.pipeline.PipelineSteps.STATE;
import static com.hotdash.ops.pipeline.PipelineSteps.UNDER_WAY;
import static com.hotdash.ops.pipeline.PipelineSteps.UNKNOWN;
import static com.hotdash.ops.pipeline.PipelineSteps.WORKFLOW_ID;
import static com.hotdash.ops.pipeline.PipelineSteps.YES;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Starts a workflow by hand, once. The service has no key by which it would recognise a repetition,
 * so a start whose answer was lost is looked for and never made again, whatever is seen: a run can
 * show up minutes late. Cannot be undone, but cancelled. Thread-safe.
 */
public final class StartWorkflow extends PipelineAction {
  /** The action's id. */
  public static final String ID = "pipeline.start-workflow";

  /**
   * Makes the action for a pipeline.
   *
   * @param reader the pipeline; it can be changed if it is a {@link Pipeline}
   */
  public StartWorkflow(PipelineReader reader) {
    super(reader, ID, Effect.IRREVERSIBLE);
  }

  @Override
  public boolean absenceProves() {
    return false;
  }

  /**
   * Finds out what starting would come to. Reads only.
   *
   * @param start what to start
   * @param deadline when to stop looking
   * @return the change, or why it could not look
   */
  public Reading<Proposal> propose(WorkflowStart start, Deadline deadline) {
    var workflow = PipelineTargets.workflow(repository(), start.file());
    var seen = reader.observe(workflow, deadline);
    if (!(seen instanceof Reading.Read<TargetState> read)) {
      return Reading.unread(seen.obstacle().orElseThrow());
    }
    long after = Long.parseLong(read.value().fields().getOrDefault(NEWEST_RUN, "0"));
    var target = PipelineTargets.start(repository(), start, after);
    return propose(
        target, deadline, fields -> draft(workflow, read.value().fields(), target, fields));
  }

  private Proposal draft(
      Target workflow, Map<String, String> workflowSeen, Target start, Map<String, String> seen) {
    return proposal(
        workflow,
        PipelineSteps.chosen(workflowSeen, WORKFLOW_ID),
        PipelineSteps.dispatch(start, seen),
        PipelineSymptom.started(start),
        List.of(
            inputs(PipelineTargets.workflowStart(start), seen),
            "That the run succeeds does not prove a cure: look at the release and the symptom.",
            "The run may wait for the approval of an environment; nobody approves it from here.",
            "If the answer is lost, nobody starts it again: the run is looked for."),
        objections(PipelineTargets.workflowStart(start), seen));
  }

  /** What a workflow is started with decides what it does: a rollback without a version, say. */
  private static String inputs(WorkflowStart start, Map<String, String> seen) {
    var given =
        start.inputs().isEmpty()
            ? "No inputs"
            : start.inputs().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining(", ", "Inputs: ", ""));
    var leftOut = seen.getOrDefault(INPUTS_LEFT_OUT, NONE);
    if (!leftOut.equals(NONE)) {
      return given + ". Left out: " + leftOut + ".";
    }
    return seen.getOrDefault(INPUTS_TROUBLE, UNKNOWN).equals(UNKNOWN)
        ? given
            + ". Its file could not be read: its defaults decide the rest, and the service refuses"
            + " a start without an input that it requires."
        : given + ".";
  }

  private static List<Objection> objections(WorkflowStart start, Map<String, String> seen) {
    var against = new ArrayList<Objection>();
    var state = seen.getOrDefault(STATE, NONE);
    if (!state.equals(ACTIVE)) {
      against.add(
          Objection.hard(
              "workflow-disabled",
              start.file() + " is " + state + ", and cannot be started",
              "enableWorkflow(\"" + start.file() + "\")"));
    }
    var ref = seen.getOrDefault(REF_EXISTS, UNKNOWN);
    if (ref.equals(NO)) {
      against.add(
          Objection.hard(
              "no-such-ref",
              "there is no branch or tag " + start.ref(),
              "name the branch or tag that holds " + start.file()));
    } else if (!ref.equals(YES)) {
      against.add(
          Objection.overridable(
              "ref-not-seen",
              "whether there is a branch or tag " + start.ref() + " could not be looked at",
              "give the credential the right to read contents"));
    }
    var trouble = seen.getOrDefault(INPUTS_TROUBLE, UNKNOWN);
    if (!trouble.equals(NONE) && !trouble.equals(UNKNOWN)) {
      against.add(
          Objection.overridable(
              "inputs-refused",
              "the service would refuse this start of " + start.file() + ": " + trouble,
              "give the inputs that the file at " + start.ref() + " asks for"));
    }
    var underWay = seen.getOrDefault(UNDER_WAY, NONE);
    if (!underWay.equals(NONE)) {
      against.add(
          Objection.overridable(
              "run-under-way",
              "not over yet: " + underWay + "; a second run waits, and a third cancels the second",
              "wait, or cancelRun(id)"));
    }
    return against;
  }
}
