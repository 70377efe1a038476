package com.hotdash.ops.catalogue;

/** How a line is answered. Looks and plans, never changes anything. */
@FunctionalInterface
interface Way {
  /**
   * Answers.
   *
   * @param question the line, with whom to ask and its arguments
   * @return the answer
   */
  Answer answer(Question question);
}
