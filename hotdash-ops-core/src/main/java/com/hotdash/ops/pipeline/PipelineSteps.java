package com.hotdash.ops.pipeline;

import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The words in which steps on a pipeline are written, which the resolutions and a pipeline's
 * control share. Values are in the service's own words.
 */
public final class PipelineSteps {
  /** Runs the failed jobs of a run again, and those that depend on them, as its next attempt. */
  public static final String RERUN_FAILED = "run.rerun-failed";

  /** Stops a run that is not over. */
  public static final String CANCEL = "run.cancel";

  /** Keeps a workflow from starting. */
  public static final String DISABLE = "workflow.disable";

  /** Lets a workflow start again. */
  public static final String ENABLE = "workflow.enable";

  /** Starts a workflow. */
  public static final String DISPATCH = "workflow.dispatch";

  /** The field with a run's status. */
  public static final String STATUS = "status";

  /** The field with a run's conclusion, {@value #NONE} until it is over. */
  public static final String CONCLUSION = "conclusion";

  /** The field with the number of a run's latest attempt. */
  public static final String ATTEMPT = "run_attempt";

  /** The field that tells whether a run is completed, {@value #YES} or {@value #NO}. */
  public static final String OVER = "over";

  /** The field that tells whose approval a run waits for, {@value #NONE} if for nobody's. */
  public static final String WAITS_FOR = "waits_for";

  /** The field with the commit of a run. */
  public static final String HEAD_SHA = "head_sha";

  /** The field with the file of a run's workflow. */
  public static final String PATH = "path";

  /** The field with the state of a workflow. */
  public static final String STATE = "state";

  /** The field with the service's own number of a workflow. */
  public static final String WORKFLOW_ID = "workflow_id";

  /** The field with the newest run of a workflow, {@code 0} if it has none. */
  public static final String NEWEST_RUN = "newest_run";

  /** The field with the runs of a workflow that are not over, {@value #NONE} if there are none. */
  public static final String UNDER_WAY = "under_way";

  /**
   * The field that tells whether a ref is there: yes, no, or {@value #UNKNOWN} if we may not see.
   */
  public static final String REF_EXISTS = "ref_exists";

  /**
   * The field that tells what the workflow's file has against the inputs of a start: {@value #NONE}
   * if nothing, {@value #UNKNOWN} if it could not be read.
   */
  public static final String INPUTS_TROUBLE = "inputs_trouble";

  /** The field with the inputs that a start leaves to their defaults, {@value #NONE} if none. */
  public static final String INPUTS_LEFT_OUT = "inputs_left_out";

  /** The field that tells whether a start was made: yes, no or {@value #AMBIGUOUS}. */
  public static final String STARTED = "started";

  /** The field with the run that a start made, several if it can't be told which. */
  public static final String STARTED_RUN = "run";

  /** The value of a field that has none. */
  public static final String NONE = "none";

  /** Yes. */
  public static final String YES = "yes";

  /** No. */
  public static final String NO = "no";

  /** It could not be seen. */
  public static final String UNKNOWN = "unknown";

  /** There are several runs that a start may have made. */
  public static final String AMBIGUOUS = "ambiguous";

  /** The status of a run that is over. */
  public static final String COMPLETED = "completed";

  /** The state of a workflow that can start. */
  public static final String ACTIVE = "active";

  /** The state of a workflow that somebody switched off. */
  public static final String DISABLED_MANUALLY = "disabled_manually";

  private PipelineSteps() {}

  static Step rerunFailed(Target run, Map<String, String> seen) {
    int attempt = Integer.parseInt(seen.getOrDefault(ATTEMPT, "1"));
    return new Step(
        RERUN_FAILED,
        run,
        chosen(seen, STATUS, CONCLUSION, ATTEMPT),
        Map.of(ATTEMPT, Integer.toString(attempt)),
        Map.of(ATTEMPT, Integer.toString(attempt + 1)),
        null);
  }

  static Step cancel(Target run, Map<String, String> seen) {
    return new Step(
        CANCEL,
        run,
        chosen(seen, OVER, ATTEMPT),
        chosen(seen, CONCLUSION),
        Map.of(CONCLUSION, "cancelled"),
        null);
  }

  static Step disable(Target workflow, String state) {
    var undo = switched(ENABLE, workflow, DISABLED_MANUALLY, ACTIVE, null);
    return switched(DISABLE, workflow, state, DISABLED_MANUALLY, undo);
  }

  static Step enable(Target workflow, String state) {
    var undo = switched(DISABLE, workflow, ACTIVE, DISABLED_MANUALLY, null);
    return switched(ENABLE, workflow, state, ACTIVE, undo);
  }

  static Step dispatch(Target start, Map<String, String> seen) {
    return new Step(
        DISPATCH,
        start,
        chosen(seen, STATE, UNDER_WAY, REF_EXISTS, STARTED),
        Map.of(STARTED, NO),
        Map.of(STARTED, YES),
        null);
  }

  private static Step switched(
      String kind, Target workflow, String from, String to, @Nullable Step undo) {
    return new Step(
        kind, workflow, Map.of(STATE, from), Map.of(STATE, from), Map.of(STATE, to), undo);
  }

  static Map<String, String> chosen(Map<String, String> seen, String... names) {
    var some = new TreeMap<String, String>();
    for (var name : names) {
      some.put(name, seen.getOrDefault(name, NONE));
    }
    return some;
  }
}
