package com.hotdash.ops.diagnosis;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.text.Page;
import java.time.Instant;
import java.util.List;

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
    List<Contraindication> contraindications)
    implements Judgement {
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
    findings = Findings.checked("a diagnosis of " + incident.id(), verdict, findings);
    notChecked = List.copyOf(notChecked);
    changes = List.copyOf(changes);
    recommendations = List.copyOf(recommendations);
    contraindications = List.copyOf(contraindications);
  }

  @Override
  public String title() {
    return incident.title();
  }

  @Override
  public String toString() {
    return page().toText(Page.DEFAULT_WIDTH);
  }
}
