package com.hotdash.ops.catalogue;

/** What kind of line of the runbook it is. */
public enum LineKind {
  /** What the runbook is for: {@code OV}. */
  OVERVIEW,
  /** One of the eight incidents in the table of contents: {@code TOC1}. */
  ENTRY,
  /** A symptom: {@code R4.S1}. */
  SYMPTOM,
  /** A command to look with: {@code R4.D1}. */
  DIAGNOSIS,
  /** A command, or something that a person does, to resolve it: {@code R4.R2a}. */
  RESOLUTION,
  /** What would keep it from coming again: {@code R4.P1}. */
  PREVENTION,
  /** A command of the quick reference: {@code QR4a}. */
  QUICK_REFERENCE,
  /** A step of the escalation: {@code E2}. */
  ESCALATION,
  /** How the application is watched: {@code M1}. */
  MONITORING;

  /**
   * Returns whether such a line tells to look or to act, so that it can be invoked for more than a
   * description.
   *
   * @return true for diagnosis, resolution and quick reference
   */
  public boolean acts() {
    return this == DIAGNOSIS || this == RESOLUTION || this == QUICK_REFERENCE;
  }
}
