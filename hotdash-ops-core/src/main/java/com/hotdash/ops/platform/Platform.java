package com.hotdash.ops.platform;

import com.hotdash.ops.resolution.Control;

/** A platform that the runbook can see and change. Implementations are thread-safe. */
public interface Platform extends PlatformReader {
  /**
   * Opens the hands for one execution. It understands the steps that {@link MachineSteps} names.
   *
   * @return a control that has sent nothing yet; the caller closes it
   */
  Control control();
}
