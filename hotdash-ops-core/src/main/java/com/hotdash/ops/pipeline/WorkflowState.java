package com.hotdash.ops.pipeline;

/**
 * Whether a workflow can run.
 *
 * @param id the service's id
 * @param file its file, such as {@code deploy-production.yml}
 * @param name its name
 * @param raw the service's own word: {@code active}, {@code disabled_manually}, {@code
 *     disabled_inactivity}, or another
 */
public record WorkflowState(long id, String file, String name, String raw) {
  /**
   * Returns whether it can be started.
   *
   * @return true only for {@code active}
   */
  public boolean active() {
    return raw.equals("active");
  }

  @Override
  public String toString() {
    return file + ": " + raw;
  }
}
