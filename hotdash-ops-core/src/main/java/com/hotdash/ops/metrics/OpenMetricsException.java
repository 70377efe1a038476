package com.hotdash.ops.metrics;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.OpsException;

/** An exposition is not what the OpenMetrics 1.0 specification allows. Asking again won't help. */
public final class OpenMetricsException extends OpsException {
  private static final long serialVersionUID = 1L;

  private final long line;
  private final OpenMetricsRule rule;

  OpenMetricsException(long line, OpenMetricsRule rule, String detail) {
    super(
        Fault.of("metrics", "read strictly", (line == 0 ? "" : "line " + line + ": ") + detail),
        null);
    this.line = line;
    this.rule = rule;
  }

  /**
   * Returns the line that breaks the rule.
   *
   * @return its number, from 1; 0 if it is the whole that does
   */
  public long line() {
    return line;
  }

  /**
   * Returns the rule that is broken.
   *
   * @return a clause without a full stop
   */
  public String rule() {
    return rule.clause();
  }

  /**
   * Returns the rule's name, which stays the same in later versions.
   *
   * @return such as {@code buckets-ascend}
   */
  public String ruleId() {
    return rule.id();
  }
}
