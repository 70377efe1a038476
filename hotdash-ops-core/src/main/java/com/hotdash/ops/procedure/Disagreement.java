package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import java.util.List;

/**
 * Two witnesses of the application's health do not say the same. Made only where that is so.
 *
 * @param kind who contradicts whom
 * @param where the machine or workflow
 * @param what what they say, as a clause
 * @param evidence where both were seen
 */
public record Disagreement(Kind kind, String where, String what, List<Evidence> evidence)
    implements HealthCheckFailuresFinding {
  /** Who contradicts whom. */
  public enum Kind {
    /** The platform's check fails and our own probes pass: likely a false alarm of the check. */
    CHECK_ALONE_FAILS,
    /** Our own probes fail and the platform's checks pass: they cannot see it. */
    CHECK_IS_BLIND,
    /** A watching workflow failed and our own probes pass. */
    WATCH_ALONE_FAILS,
    /** Our own probes fail and a watching workflow succeeded after: it cannot see it. */
    WATCH_IS_BLIND,
    /** Code and body of one answer, or two endpoints. */
    ANSWERS
  }

  /** Copies the list. */
  public Disagreement {
    evidence = List.copyOf(evidence);
  }

  @Override
  public String id() {
    return "health.disagreement";
  }

  @Override
  public Severity weight() {
    return Severity.WARNING;
  }

  @Override
  public boolean symptom() {
    return false;
  }

  /** Of two witnesses one is wrong: that is never fine, and no trouble by itself. */
  @Override
  public Verdict verdict() {
    return kind == Kind.CHECK_IS_BLIND ? Verdict.PROBLEM : Verdict.UNKNOWN;
  }

  @Override
  public String summary() {
    return Names.cut(where + ": " + what);
  }
}
