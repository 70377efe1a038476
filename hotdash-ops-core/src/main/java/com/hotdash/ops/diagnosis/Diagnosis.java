package com.hotdash.ops.diagnosis;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.text.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one look at the world comes to for one incident. Immutable.
 *
 * @param incident the incident that was looked for
 * @param estate where
 * @param at when the look began
 * @param verdict what it comes to: never {@link Verdict#OK} if something that should have been read
 *     was not; {@link Verdict#PROBLEM} only if one of the findings is
 * @param findings what was found, problems first, then by severity
 * @param notChecked what could not be looked at
 * @param changes what was changed around the time when it began, the likeliest first
 * @param recommendations what would help, best first
 * @param contraindications what must not be done now
 */
public record Diagnosis(
    Incident incident,
    Estate estate,
    Instant at,
    Verdict verdict,
    List<Finding> findings,
    List<NotChecked> notChecked,
    List<NearbyChange> changes,
    List<Recommendation> recommendations,
    List<Contraindication> contraindications) {
  /**
   * A diagnosis for which nobody looked at changes.
   *
   * @param incident the incident that was looked for
   * @param estate where
   * @param at when the look began
   * @param verdict what it comes to
   * @param findings what was found
   * @param notChecked what could not be looked at
   * @param recommendations what would help, best first
   * @param contraindications what must not be done now
   */
  public Diagnosis(
      Incident incident,
      Estate estate,
      Instant at,
      Verdict verdict,
      List<Finding> findings,
      List<NotChecked> notChecked,
      List<Recommendation> recommendations,
      List<Contraindication> contraindications) {
    this(
        incident,
        estate,
        at,
        verdict,
        findings,
        notChecked,
        List.of(),
        recommendations,
        contraindications);
  }

  /** Copies the lists, sorts the findings, and refuses a problem that none of them names. */
  public Diagnosis {
    findings =
        findings.stream()
            .sorted(Comparator.comparing(Finding::verdict).thenComparing(Finding::severity))
            .toList();
    // A report must be able to say what the problem is.
    if (verdict == Verdict.PROBLEM
        && findings.stream().noneMatch(each -> each.verdict() == Verdict.PROBLEM)) {
      throw new IllegalArgumentException(
          "a diagnosis of " + incident.id() + " is a PROBLEM and none of its findings is");
    }
    notChecked = List.copyOf(notChecked);
    changes = List.copyOf(changes);
    recommendations = List.copyOf(recommendations);
    contraindications = List.copyOf(contraindications);
  }

  /**
   * Finds the weightiest finding of a type.
   *
   * @param type the type
   * @param <F> the type
   * @return the finding, or empty if there is none
   */
  public <F extends Finding> Optional<F> finding(Class<F> type) {
    return findings.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  /**
   * Returns the line to type next.
   *
   * @return the first recommendation's line, or empty if there is none
   */
  public Optional<String> next() {
    return recommendations.stream()
        .map(Recommendation::line)
        .filter(line -> !line.isBlank())
        .findFirst();
  }

  /**
   * Returns what it comes to, in one sentence.
   *
   * @return the weightiest finding's, or that all is well
   */
  public String headline() {
    return switch (verdict) {
      case PROBLEM -> findings.get(0).summary();
      case UNKNOWN ->
          findings.stream()
              .filter(finding -> finding.verdict() == Verdict.UNKNOWN)
              .map(Finding::summary)
              .findFirst()
              .orElse("not everything could be looked at");
      case OK -> "looked at " + findings.size() + " things, nothing is wrong";
    };
  }

  /**
   * Returns the diagnosis as a page, for reports.
   *
   * @return the page
   */
  public Page page() {
    return DiagnosisPage.of(this);
  }

  @Override
  public String toString() {
    return page().toText(Page.DEFAULT_WIDTH);
  }
}
