package com.hotdash.ops.github;

import com.hotdash.ops.pipeline.PipelineSteps;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.WorkflowStart;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which run a start of a workflow made, as far as the list of runs tells.
 *
 * @param candidates the runs that it may have been
 */
record StartedRun(List<Run> candidates) {
  /**
   * Finds the run. Ids rise, so a run with a higher id than the newest before is a later one. A run
   * whose title shows the word in our reason is ours, whatever else there is.
   */
  static StartedRun among(List<Run> runs, WorkflowStart start, long after) {
    var later =
        runs.stream()
            .filter(run -> run.id() > after)
            .filter(run -> run.event().equals("workflow_dispatch"))
            .filter(run -> run.branch() == null || run.branch().equals(start.ref()))
            .toList();
    var word = start.word();
    var named =
        word == null
            ? List.<Run>of()
            : later.stream()
                .filter(run -> run.title() != null && run.title().contains(word))
                .toList();
    return new StartedRun(named.size() == 1 ? named : later);
  }

  String started() {
    return switch (candidates.size()) {
      case 0 -> PipelineSteps.NO;
      case 1 -> PipelineSteps.YES;
      default -> PipelineSteps.AMBIGUOUS;
    };
  }

  String runs() {
    return candidates.isEmpty()
        ? PipelineSteps.NONE
        : candidates.stream().map(run -> Long.toString(run.id())).collect(Collectors.joining(", "));
  }
}
