package com.hotdash.ops.pipeline;

import com.hotdash.ops.resolution.Control;

/** A pipeline that the runbook can see and change. Implementations are thread-safe. */
public interface Pipeline extends PipelineReader {
  /**
   * Opens the hands for one execution. It understands the steps that {@link PipelineSteps} names.
   *
   * @return a control that has sent nothing yet; the caller closes it
   */
  Control control();
}
