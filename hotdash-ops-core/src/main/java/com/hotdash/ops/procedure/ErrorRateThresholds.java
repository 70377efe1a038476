package com.hotdash.ops.procedure;

/**
 * From where on errors are an incident.
 *
 * @param share the share of 5xx answers that is still good; strictly more is a problem. The runbook
 *     says 0.05
 * @param dependencyShare from which share of all logged errors on a dependency is the likely cause
 * @param leastErrors how many logged errors it takes, new or rising or of one dependency, to be a
 *     problem by themselves; fewer are told and judge nothing
 */
public record ErrorRateThresholds(double share, double dependencyShare, int leastErrors) {
  /**
   * The runbook's own share, a fifth of all errors, and five of them: neither the runbook nor its
   * facts name a number, and fewer can be one user who tries again.
   */
  public static final ErrorRateThresholds DEFAULT = new ErrorRateThresholds(0.05, 0.2, 5);

  /** Checks the bounds. */
  public ErrorRateThresholds {
    if (!(share >= 0 && share < 1 && dependencyShare > 0 && dependencyShare <= 1)) {
      throw new IllegalArgumentException("shares are between 0 and 1");
    }
    if (leastErrors < 1) {
      throw new IllegalArgumentException("leastErrors is at least 1, not " + leastErrors);
    }
  }
}
