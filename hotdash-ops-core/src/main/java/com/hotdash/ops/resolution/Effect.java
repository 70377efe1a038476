package com.hotdash.ops.resolution;

/** Whether a change can be taken back. */
public enum Effect {
  /** Taking it back restores what was there. */
  REVERSIBLE,
  /** Taking it back helps, but something stays changed; the plan says what. */
  COMPENSABLE,
  /** Nothing takes it back. */
  IRREVERSIBLE
}
