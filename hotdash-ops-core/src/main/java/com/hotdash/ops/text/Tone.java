package com.hotdash.ops.text;

/** How a callout is meant. It chooses a colour; the callout's own word always says the same. */
public enum Tone {
  /** Something is wrong. */
  BAD,
  /** Nobody can say, or care is needed. */
  UNSURE,
  /** All is well. */
  GOOD,
  /** No judgement. */
  PLAIN
}
