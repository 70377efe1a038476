package com.hotdash.ops.procedure;

/**
 * From where on errors are an incident.
 *
 * @param share the share of 5xx answers that is still good; strictly more is a problem. The runbook
 *     says 0.05
 * @param dependencyShare from which share of all logged errors on a dependency is the likely cause
 */
public record ErrorRateThresholds(double share, double dependencyShare) {
  /** The runbook's own, and a fifth of all errors. */
  public static final ErrorRateThresholds DEFAULT = new ErrorRateThresholds(0.05, 0.2);

  /** Checks the bounds. */
  public ErrorRateThresholds {
    if (!(share >= 0 && share < 1 && dependencyShare > 0 && dependencyShare <= 1)) {
      throw new IllegalArgumentException("shares are between 0 and 1");
    }
  }
}
