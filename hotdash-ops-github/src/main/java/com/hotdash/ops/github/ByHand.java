package com.hotdash.ops.github;

import com.hotdash.ops.pipeline.PipelineSteps;
import com.hotdash.ops.pipeline.PipelineTargets;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.resolution.Step;
import java.util.Optional;

/** The commands with which a person makes the same steps. */
final class ByHand {
  private ByHand() {}

  static Optional<String> of(Step step) {
    var target = step.target();
    var in = " -R " + PipelineTargets.repository(target);
    return switch (step.kind()) {
      case PipelineSteps.RERUN_FAILED ->
          Optional.of("gh run rerun " + PipelineTargets.runId(target) + " --failed" + in);
      case PipelineSteps.CANCEL ->
          Optional.of("gh run cancel " + PipelineTargets.runId(target) + in);
      case PipelineSteps.DISABLE ->
          Optional.of("gh workflow disable " + PipelineTargets.workflowFile(target) + in);
      case PipelineSteps.ENABLE ->
          Optional.of("gh workflow enable " + PipelineTargets.workflowFile(target) + in);
      case PipelineSteps.DISPATCH ->
          Optional.of(dispatch(PipelineTargets.workflowStart(target)) + in);
      default -> Optional.empty();
    };
  }

  static String forceCancel(Step step) {
    return "gh api -X POST repos/"
        + PipelineTargets.repository(step.target())
        + "/actions/runs/"
        + PipelineTargets.runId(step.target())
        + "/force-cancel";
  }

  private static String dispatch(WorkflowStart start) {
    var line = new StringBuilder("gh workflow run " + start.file());
    line.append(" --ref ").append(quoted(start.ref()));
    start.inputs().forEach((name, value) -> line.append(" -f ").append(quoted(name + "=" + value)));
    return line.toString();
  }

  /** In single quotes a shell takes everything as it is, but for the quote itself. */
  private static String quoted(String text) {
    return text.matches("[A-Za-z0-9_./=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
