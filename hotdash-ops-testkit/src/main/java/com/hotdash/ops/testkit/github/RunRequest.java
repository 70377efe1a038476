package com.hotdash.ops.testkit.github;

import java.util.Map;

/**
 * What a run was started with.
 *
 * @param ref the branch or tag
 * @param headSha the commit
 * @param inputs the inputs of a dispatch, defaults filled in; empty otherwise
 * @param attempt 1, and one more for each rerun
 */
public record RunRequest(String ref, String headSha, Map<String, String> inputs, int attempt) {
  /** Copies the inputs. */
  public RunRequest {
    inputs = Map.copyOf(inputs);
  }
}
