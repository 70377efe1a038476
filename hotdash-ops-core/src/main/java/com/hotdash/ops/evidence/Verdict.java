package com.hotdash.ops.evidence;

import java.util.Collection;

/**
 * What a finding or a diagnosis comes to. In order of precedence: the first that is present wins.
 */
public enum Verdict {
  /** Something is wrong, and this was seen. */
  PROBLEM,
  /** Could not look, or saw too little to say. */
  UNKNOWN,
  /** Looked, and nothing is wrong. */
  OK;

  /**
   * Rolls several verdicts up into one.
   *
   * @param verdicts the verdicts
   * @return {@link #PROBLEM} if one is there, else {@link #UNKNOWN} if one is there or there is no
   *     verdict at all, else {@link #OK}
   */
  public static Verdict rollUp(Collection<Verdict> verdicts) {
    return verdicts.stream().min(Verdict::compareTo).orElse(UNKNOWN);
  }
}
