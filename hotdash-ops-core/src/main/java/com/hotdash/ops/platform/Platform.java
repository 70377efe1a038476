package com.hotdash.ops.platform;

import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.secret.SecretSource;

/** A platform that the runbook can see and change. Implementations are thread-safe. */
public interface Platform extends PlatformReader {
  /**
   * Opens the hands for one execution. It understands the steps that {@link MachineSteps} names.
   *
   * @return a control that has sent nothing yet; the caller closes it
   */
  Control control();

  /**
   * Opens the hands for one execution that may store secrets. Default: {@link #control()}, which
   * must refuse to store any.
   *
   * @param secrets where the values are that steps name; what is found there is revealed on the
   *     wire alone, and taken out of every text that comes back
   * @return a control that has sent nothing yet; the caller closes it
   */
  default Control control(SecretSource secrets) {
    return control();
  }
}
