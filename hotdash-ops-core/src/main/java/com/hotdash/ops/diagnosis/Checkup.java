package com.hotdash.ops.diagnosis;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.text.Page;
import java.time.Instant;
import java.util.List;

/**
 * What is looked at while all is well, so that it stays so: before a deploy, or how the application
 * is set up. Immutable.
 *
 * @param title what was judged, such as {@code Before a deploy}
 * @param estate where
 * @param at when the look began
 * @param verdict what it comes to: never {@link Verdict#OK} if something that should have been read
 *     was not; {@link Verdict#PROBLEM} only if one of the findings is
 * @param findings what was found, problems first, then by severity
 * @param notChecked what could not be looked at
 * @param recommendations what to do about it, best first
 * @param contraindications what must not be done now
 */
public record Checkup(
    String title,
    Estate estate,
    Instant at,
    Verdict verdict,
    List<Finding> findings,
    List<NotChecked> notChecked,
    List<Recommendation> recommendations,
    List<Contraindication> contraindications)
    implements Judgement {
  /** Copies the lists, sorts the findings, and refuses a problem that none of them names. */
  public Checkup {
    findings = Findings.checked(title, verdict, findings);
    notChecked = List.copyOf(notChecked);
    recommendations = List.copyOf(recommendations);
    contraindications = List.copyOf(contraindications);
  }

  /** Returns none: nothing is wrong that could have begun with a change. */
  @Override
  public List<NearbyChange> changes() {
    return List.of();
  }

  @Override
  public String toString() {
    return page().toText(Page.DEFAULT_WIDTH);
  }
}
