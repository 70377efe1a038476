package com.hotdash.ops.escalation;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import java.time.Instant;
import java.util.List;

/** Diagnoses made by hand. */
public final class Diagnoses {
  static final Instant AT = Instant.parse("2026-11-23T03:00:00Z");

  private Diagnoses() {}

  /** A finding of no incident's own family. */
  public record Found(
      String id, Severity weight, Verdict verdict, String summary, List<Evidence> evidence)
      implements Finding {
    /** Without evidence. */
    public Found(Severity weight, Verdict verdict, String summary) {
      this("some.thing", weight, verdict, summary, List.of());
    }
  }

  /** A problem of a severity. */
  public static Found problem(Severity severity, String summary) {
    return new Found(severity, Verdict.PROBLEM, summary);
  }

  /** A diagnosis of findings, rolled up. */
  public static Diagnosis of(Incident incident, Finding... findings) {
    return new Diagnosis(
        incident,
        new Estate("production", List.of()),
        AT,
        Verdict.rollUp(List.of(findings).stream().map(Finding::verdict).toList()),
        List.of(findings),
        List.of(),
        List.of(),
        List.of());
  }

  /** A diagnosis that comes to a verdict by a warning. */
  public static Diagnosis of(Incident incident, Verdict verdict) {
    return of(incident, new Found(Severity.WARNING, verdict, "it is " + verdict));
  }
}
