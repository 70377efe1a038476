package com.hotdash.ops.diagnosis;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import java.util.List;

/**
 * What one diagnosis found. This root is open; each incident seals its own family of records, whose
 * numbers are components.
 */
public interface Finding {
  /**
   * Returns the stable id of this kind of finding.
   *
   * @return such as {@code db.connections.server}
   */
  String id();

  /**
   * Returns how much it matters where it is a problem.
   *
   * @return the severity that it would have
   */
  Severity weight();

  /**
   * Returns how much it matters.
   *
   * @return {@link #weight} of a problem; {@link Severity#INFO} for all else
   */
  default Severity severity() {
    return verdict() == Verdict.PROBLEM ? weight() : Severity.INFO;
  }

  /**
   * Returns what it comes to.
   *
   * @return the verdict
   */
  Verdict verdict();

  /**
   * Returns whether it shows that this incident is there, rather than why. Default: it does. What
   * only explains, and is another incident's own sign, does not.
   *
   * @return false for a mere cause
   */
  default boolean symptom() {
    return true;
  }

  /**
   * Returns what a person should read, with the numbers.
   *
   * @return one sentence without a full stop
   */
  String summary();

  /**
   * Returns what a person reads beneath the summary, such as the samples of an error. Default:
   * nothing.
   *
   * @return lines, a few dozen at most
   */
  default List<String> details() {
    return List.of();
  }

  /**
   * Returns where this was read, for and against.
   *
   * @return the evidence, the weightiest first
   */
  List<Evidence> evidence();
}
