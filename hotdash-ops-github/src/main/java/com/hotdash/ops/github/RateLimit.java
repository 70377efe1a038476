package com.hotdash.ops.github;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many calls are left.
 *
 * @param limit how many there are in an hour
 * @param remaining how many are left
 * @param used how many were made
 * @param resetsAt when the count begins anew, or {@code null} if GitHub did not say
 */
public record RateLimit(int limit, int remaining, int used, @Nullable Instant resetsAt) {
  static RateLimit of(Fields core) {
    return new RateLimit(
        core.count("limit"),
        core.count("remaining"),
        core.count("used"),
        core.has("reset") ? Instant.ofEpochSecond(core.number("reset")) : null);
  }

  @Override
  public String toString() {
    return remaining + " of " + limit + " calls left, anew at " + resetsAt;
  }
}
