package com.hotdash.ops.evidence;

/** How much a finding matters, worst first. */
public enum Severity {
  /** Users are hurt now. */
  CRITICAL,
  /** Users will be hurt if nothing happens. */
  WARNING,
  /** Worth knowing. */
  INFO
}
