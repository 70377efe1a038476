package com.hotdash.ops.catalogue;

import java.util.List;

/**
 * What a line of the runbook comes to.
 *
 * @param id the line's
 * @param fault what is wrong or dangerous about it; empty if nothing is
 * @param coveredBy what covers it, or why nothing does
 * @param arguments what it leaves open
 * @param way how it is answered
 */
record Entry(String id, String fault, String coveredBy, List<Argument> arguments, Way way) {
  Entry {
    arguments = List.copyOf(arguments);
  }

  /** A line that can be asked. */
  static Entry of(String id, String fault, String coveredBy, Way way, Argument... arguments) {
    return new Entry(id, fault, coveredBy, List.of(arguments), way);
  }

  /** A line that is only described. */
  static Entry told(String id, String fault, String coveredBy) {
    return of(id, fault, coveredBy, question -> new Answer.Advised(question.line(), coveredBy));
  }
}
