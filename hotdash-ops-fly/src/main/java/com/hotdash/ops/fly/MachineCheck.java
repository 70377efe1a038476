package com.hotdash.ops.fly;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a health check of a machine said last.
 *
 * @param name its name, such as {@code servicecheck-00-http-3000}
 * @param status Fly's word: {@code passing}, {@code warning}, {@code critical}
 * @param output the check's body or error, cut by Fly, redacted
 * @param updatedAt when it said so, or {@code null} if Fly does not say
 */
public record MachineCheck(String name, String status, String output, @Nullable Instant updatedAt) {
  /**
   * Returns whether the check passes.
   *
   * @return true for {@code passing} alone
   */
  public boolean passing() {
    return status.equals("passing");
  }

  // Left behind by blue-green deploys; flyctl ignores them too.
  boolean counts() {
    return !name.startsWith("bg_deployments_compat");
  }
}
