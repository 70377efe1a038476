package com.hotdash.ops.diagnosis;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.text.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What one look at the world comes to: for one incident, or for a check that is made while all is
 * well.
 */
public sealed interface Judgement permits Diagnosis, Checkup {
  /**
   * Returns what was judged.
   *
   * @return such as {@code Database connection issues}
   */
  String title();

  /**
   * Returns where.
   *
   * @return the estate
   */
  Estate estate();

  /**
   * Returns when.
   *
   * @return when the look began
   */
  Instant at();

  /**
   * Returns what it comes to.
   *
   * @return never {@link Verdict#OK} if something that should have been read was not
   */
  Verdict verdict();

  /**
   * Returns what was found.
   *
   * @return problems first, then by severity
   */
  List<Finding> findings();

  /**
   * Returns what could not be looked at.
   *
   * @return each with what would change that
   */
  List<NotChecked> notChecked();

  /**
   * Returns what was changed around the time when it began.
   *
   * @return the likeliest first
   */
  List<NearbyChange> changes();

  /**
   * Returns what would help.
   *
   * @return best first
   */
  List<Recommendation> recommendations();

  /**
   * Returns what must not be done now.
   *
   * @return each with what it would do
   */
  List<Contraindication> contraindications();

  /**
   * Finds the weightiest finding of a type.
   *
   * @param type the type
   * @param <F> the type
   * @return the finding, or empty if there is none
   */
  default <F extends Finding> Optional<F> finding(Class<F> type) {
    return findings().stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /**
   * Returns the line to type next.
   *
   * @return the first recommendation's line, or empty if there is none
   */
  default Optional<String> next() {
    return recommendations().stream()
        .map(Recommendation::line)
        .filter(line -> !line.isBlank())
        .findFirst();
  }

  /**
   * Returns what it comes to, in one sentence.
   *
   * @return the weightiest finding's, or that all is well
   */
  default String headline() {
    return switch (verdict()) {
      case PROBLEM -> findings().get(0).summary();
      case UNKNOWN ->
          findings().stream()
              .filter(finding -> finding.verdict() == Verdict.UNKNOWN)
              .map(Finding::summary)
              .findFirst()
              .orElse("not everything could be looked at");
      case OK -> "looked at " + findings().size() + " things, nothing is wrong";
    };
  }

  /**
   * Returns it as a page, for reports.
   *
   * @return the page
   */
  default Page page() {
    return page(line -> line);
  }

  /**
   * Returns it as a page for whoever types something else than Java, such as a command line.
   *
   * @param next gives the next thing to do in the reader's terms; what is no Java line is a
   *     sentence and can stay
   * @return the page
   */
  default Page page(UnaryOperator<String> next) {
    return JudgementPage.of(this, next);
  }
}
