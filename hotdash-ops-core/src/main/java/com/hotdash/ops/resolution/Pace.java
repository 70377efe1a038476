package com.hotdash.ops.resolution;

/**
 * How the engine goes through the steps of a plan: one first wave, small so that a mistake stays
 * small, then further waves. Between waves it looks at the kill switch again.
 *
 * @param first how many steps the first wave has, at least 1
 * @param then how many steps each further wave has at most, at least 1
 * @param stopOnFailure whether a failed step leaves the rest undone; a step whose outcome is
 *     unknown always does
 * @param stopWhenCured whether the symptom is measured between waves, and the rest left undone once
 *     it is gone
 */
public record Pace(int first, int then, boolean stopOnFailure, boolean stopWhenCured) {
  /** One after another; the first failure stops it. For changes that must all be made. */
  public static final Pace CAREFUL = new Pace(1, 1, true, false);

  /** Checks the bounds. */
  public Pace {
    if (first < 1 || then < 1) {
      throw new IllegalArgumentException("a wave has at least one step");
    }
  }
}
