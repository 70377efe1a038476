package com.hotdash.ops.resolution;

/**
 * What the engine may do without being asked again.
 *
 * @param maxSteps the blast radius: how many objects one plan may change; more can be overridden by
 *     name
 * @param readOnly whether nothing may be changed at all
 * @param killSwitch stops everything while it is thrown
 */
public record Policy(int maxSteps, boolean readOnly, KillSwitch killSwitch) {
  /** At most 20 objects, changes allowed, no kill switch. */
  public static final Policy DEFAULT = new Policy(20, false, KillSwitch.OFF);

  /** Checks the bounds. */
  public Policy {
    if (maxSteps < 1) {
      throw new IllegalArgumentException("a plan must be allowed at least one step");
    }
  }

  /**
   * Sets the blast radius.
   *
   * @param steps how many objects one plan may change, at least 1
   * @return a changed copy
   */
  public Policy withMaxSteps(int steps) {
    return new Policy(steps, readOnly, killSwitch);
  }

  /**
   * Forbids or allows all changes.
   *
   * @param forbidden true to forbid
   * @return a changed copy
   */
  public Policy withReadOnly(boolean forbidden) {
    return new Policy(maxSteps, forbidden, killSwitch);
  }

  /**
   * Sets the kill switch.
   *
   * @param toAsk the switch to ask
   * @return a changed copy
   */
  public Policy withKillSwitch(KillSwitch toAsk) {
    return new Policy(maxSteps, readOnly, toAsk);
  }
}
