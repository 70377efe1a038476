package com.hotdash.ops.resolution;

import com.hotdash.ops.text.Page;

/**
 * Hears what an engine does, so that others can be told of it: that a plan is applied, what became
 * of it, and what was measured after. It is on the way of a cure, so it returns at once, and keeps
 * its own troubles to itself. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Witness {
  /** Hears nothing. */
  Witness NONE = (words, page) -> {};

  /**
   * Hears of something.
   *
   * @param words one line about it; redacted
   * @param page the plan, the execution or the verification; redacted
   */
  void hears(String words, Page page);
}
