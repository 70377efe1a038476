package com.hotdash.ops.pipeline;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How something that is over ended. */
public enum Conclusion {
  /** Everything that had to succeed did. */
  SUCCESS,
  /** Something failed. */
  FAILURE,
  /** Somebody, or a newer run of the same concurrency group, stopped it. Not a success. */
  CANCELLED,
  /** Its condition was not met. */
  SKIPPED,
  /** It ran longer than it may. */
  TIMED_OUT,
  /** It neither passed nor failed. */
  NEUTRAL,
  /** A person must do something first. */
  ACTION_REQUIRED,
  /** The service gave it up. */
  STALE,
  /** The workflow file is broken: there is not one job. */
  STARTUP_FAILURE,
  /** A word that this version does not know. It is never taken for success. */
  UNKNOWN;

  /**
   * Understands the service's word.
   *
   * @param raw the word, or {@code null} while there is none
   * @return the conclusion, {@link #UNKNOWN} for any other word, {@code null} for none
   */
  public static @Nullable Conclusion of(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return null;
    }
    for (var conclusion : values()) {
      if (conclusion.name().toLowerCase(Locale.ROOT).equals(raw)) {
        return conclusion;
      }
    }
    return UNKNOWN;
  }

  /**
   * Returns whether this is a failure, by the same count as the service's own command line. {@link
   * #CANCELLED} is none, and no success either.
   *
   * @return true for failure, time-out, broken start and required action
   */
  public boolean failed() {
    return this == FAILURE
        || this == TIMED_OUT
        || this == STARTUP_FAILURE
        || this == ACTION_REQUIRED;
  }
}
