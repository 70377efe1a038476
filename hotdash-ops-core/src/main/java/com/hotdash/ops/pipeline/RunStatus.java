package com.hotdash.ops.pipeline;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where a run, a job or a step stands. */
public enum RunStatus {
  /** Asked for, not yet queued. */
  REQUESTED,
  /** Waits for a runner. */
  QUEUED,
  /** Held back by a concurrency group. */
  PENDING,
  /** Waits for somebody's approval. */
  WAITING,
  /** Runs. */
  IN_PROGRESS,
  /** Over; the {@link Conclusion} tells how. */
  COMPLETED,
  /** A word that this version does not know, or none. It is never taken for a good sign. */
  UNKNOWN;

  /**
   * Understands the service's word.
   *
   * @param raw the word, or {@code null} if the service gave none
   * @return the status, {@link #UNKNOWN} for any other word
   */
  public static RunStatus of(@Nullable String raw) {
    for (var status : values()) {
      if (status.name().toLowerCase(Locale.ROOT).equals(raw)) {
        return status;
      }
    }
    return UNKNOWN;
  }
}
