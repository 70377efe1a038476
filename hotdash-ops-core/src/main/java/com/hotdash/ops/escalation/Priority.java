package com.hotdash.ops.escalation;

/** How urgent a trouble is, by the letters that the runbook uses, worst first. */
public enum Priority {
  /** The application is down, or more than half of all answers are errors. */
  P0,
  /** Users are hurt now, or the way that orders take. */
  P1,
  /** One symptom, which will hurt users if nothing happens. */
  P2,
  /** Worth knowing, or nobody could look. */
  P3;

  /**
   * Returns whether the manager is told: the runbook says "if P0/P1".
   *
   * @return true for {@link #P0} and {@link #P1}
   */
  public boolean forManager() {
    return this == P0 || this == P1;
  }
}
