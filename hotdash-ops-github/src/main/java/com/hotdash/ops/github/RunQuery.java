package com.hotdash.ops.github;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are asked for. Begin with {@link #ALL} and narrow it down. With any condition but the
 * workflow, GitHub gives 1,000 runs at most, whatever it counts.
 *
 * @param workflow the workflow's file, such as {@code deploy-production.yml}, or {@code null}
 * @param branch the branch or tag, or {@code null}
 * @param sha the whole commit id, or {@code null}
 * @param event such as {@code workflow_dispatch}, or {@code null}
 * @param status a status or a conclusion in GitHub's words, or {@code null}
 * @param createdSince leaves out runs created before, or {@code null}
 * @param most how many are read at most, 1 to 1,000
 */
public record RunQuery(
    @Nullable String workflow,
    @Nullable String branch,
    @Nullable String sha,
    @Nullable String event,
    @Nullable String status,
    @Nullable Instant createdSince,
    int most) {
  /** The newest 100 runs of all workflows. */
  public static final RunQuery ALL = new RunQuery(null, null, null, null, null, null, 100);

  /** Checks the bound. */
  public RunQuery {
    if (most < 1 || most > 1000) {
      throw new IllegalArgumentException("most must be 1 to 1,000, not " + most);
    }
  }

  /**
   * Asks for one workflow's runs.
   *
   * @param file its file
   * @return a changed copy
   */
  public RunQuery workflow(String file) {
    return new RunQuery(file, branch, sha, event, status, createdSince, most);
  }

  /**
   * Asks for one branch's runs.
   *
   * @param name the branch or tag
   * @return a changed copy
   */
  public RunQuery branch(String name) {
    return new RunQuery(workflow, name, sha, event, status, createdSince, most);
  }

  /**
   * Asks for one commit's runs.
   *
   * @param commit the whole commit id
   * @return a changed copy
   */
  public RunQuery sha(String commit) {
    return new RunQuery(workflow, branch, commit, event, status, createdSince, most);
  }

  /**
   * Asks for runs that one sort of event started.
   *
   * @param name the event
   * @return a changed copy
   */
  public RunQuery event(String name) {
    return new RunQuery(workflow, branch, sha, name, status, createdSince, most);
  }

  /**
   * Asks for runs in one state.
   *
   * @param word a status or a conclusion
   * @return a changed copy
   */
  public RunQuery status(String word) {
    return new RunQuery(workflow, branch, sha, event, word, createdSince, most);
  }

  /**
   * Leaves out older runs.
   *
   * @param since the earliest creation
   * @return a changed copy
   */
  public RunQuery createdSince(Instant since) {
    return new RunQuery(workflow, branch, sha, event, status, since, most);
  }

  /**
   * Bounds the answer.
   *
   * @param runs how many at most, 1 to 1,000
   * @return a changed copy
   */
  public RunQuery most(int runs) {
    return new RunQuery(workflow, branch, sha, event, status, createdSince, runs);
  }
}
