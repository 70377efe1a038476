package com.hotdash.ops.resolution;

import java.util.Optional;

/** Stops all changes while it is thrown. Asked before a plan is applied and before each step. */
@FunctionalInterface
public interface KillSwitch {
  /** Never thrown. */
  KillSwitch OFF = Optional::empty;

  /**
   * Looks at the switch. Must answer at once.
   *
   * @return why it is thrown, or empty if it is not
   */
  Optional<String> thrown();
}
