package com.hotdash.ops.procedure;

import java.time.Duration;

/**
 * From where on something about secrets is an incident.
 *
 * @param rotatedWithin how long ago a secret may have been changed and still be a rotation that
 *     trouble comes of
 * @param pairWithin how far apart the two halves of a pair may be changed
 * @param startsWithin how soon after a change an end of a process points to it
 * @param leastSessions how many refused sessions after a change are a problem
 */
public record SecretRotationIssuesThresholds(
    Duration rotatedWithin, Duration pairWithin, Duration startsWithin, int leastSessions) {
  /** A day, an hour, half an hour and five: all ours, since the runbook names no number. */
  public static final SecretRotationIssuesThresholds DEFAULT =
      new SecretRotationIssuesThresholds(
          Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(30), 5);

  /** Checks the bounds. */
  public SecretRotationIssuesThresholds {
    if (rotatedWithin.isNegative() || pairWithin.isNegative() || startsWithin.isNegative()) {
      throw new IllegalArgumentException("a duration must not be negative");
    }
    if (leastSessions < 1) {
      throw new IllegalArgumentException("leastSessions is at least 1, not " + leastSessions);
    }
  }
}
