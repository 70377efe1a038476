package com.hotdash.ops.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one of the platform's health checks last said of a machine.
 *
 * @param name the check
 * @param status what it said
 * @param output the body or error that it saw, cut by the platform, redacted
 * @param since when it last changed, or {@code null} if the platform does not say
 */
public record MachineCheck(String name, Status status, String output, @Nullable Instant since) {
  /** What a check says. */
  public enum Status {
    /** All is well. */
    PASSING,
    /** Not well, but not out of rotation. */
    WARNING,
    /** The platform sends no requests there. */
    CRITICAL,
    /** A word that we do not know. */
    UNKNOWN
  }
}
