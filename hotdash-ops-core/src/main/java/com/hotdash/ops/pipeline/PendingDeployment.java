package com.hotdash.ops.pipeline;

import java.util.List;

/**
 * An approval that a run waits for.
 *
 * @param environmentId the service's id of the environment
 * @param environment its name, such as {@code production}
 * @param currentUserCanApprove whether the credential in use may approve
 * @param reviewers who may approve: logins of people, names of teams
 */
public record PendingDeployment(
    long environmentId, String environment, boolean currentUserCanApprove, List<String> reviewers) {
  /** Copies the list. */
  public PendingDeployment {
    reviewers = List.copyOf(reviewers);
  }

  @Override
  public String toString() {
    return "waits for approval of environment "
        + environment
        + (reviewers.isEmpty() ? "" : " by " + String.join(", ", reviewers))
        + (currentUserCanApprove ? " (this credential may approve)" : "");
  }
}
