package com.hotdash.ops.procedure;

import java.time.Duration;
import java.util.List;

/**
 * What a deployment needs, and from where on it counts as failed.
 *
 * @param requiredSecrets the names of the secrets without which the application does not start; all
 *     incidents and checks go by these
 * @param hangs for how long a release may go on before its tool has died or hangs
 * @param afterRelease how long after a release a trouble of machines may still be its doing
 * @param leastRefusals how many times the application must have refused the platform's proxy
 *     lately, for that to tell something; at least 1
 * @param rollbackWorkflow the file of the workflow that rolls back
 * @param ref the branch whose version of that workflow runs
 */
public record DeploymentFailuresThresholds(
    List<String> requiredSecrets,
    Duration hangs,
    Duration afterRelease,
    int leastRefusals,
    String rollbackWorkflow,
    String ref) {
  /**
   * HotDash's ten secrets, and its workflow (facts, hotdash); an hour after a release, as for
   * errors. Half an hour: two machines of up to five minutes each for update and checks, twice over
   * (facts, fly §14.6), and some. Five refusals: one machine that boots has some.
   */
  public static final DeploymentFailuresThresholds DEFAULT =
      new DeploymentFailuresThresholds(
          RequiredSecrets.NAMES,
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          5,
          "rollback-production.yml",
          "main");

  /** Checks the bounds and copies the list. */
  public DeploymentFailuresThresholds {
    requiredSecrets = List.copyOf(requiredSecrets);
    if (hangs.isNegative() || hangs.isZero() || afterRelease.isNegative()) {
      throw new IllegalArgumentException("hangs is more than zero, and no time is negative");
    }
    if (leastRefusals < 1) {
      throw new IllegalArgumentException("leastRefusals is at least 1, not " + leastRefusals);
    }
  }
}
