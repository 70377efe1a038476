package com.hotdash.ops.fly;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of one machine of a rollout.
 *
 * @param machineId the machine
 * @param outcome how it ended
 * @param before what it was, in the terms of the change
 * @param after what it is now, or {@code null} if it was not looked at again
 * @param version its version now: an undo starts from here; empty if not known
 * @param detail why, where it did not end well; redacted
 * @param took how long
 */
public record MachineChange(
    String machineId,
    Outcome outcome,
    String before,
    @Nullable String after,
    String version,
    String detail,
    Duration took) {
  /** How the change of one machine ended. */
  public enum Outcome {
    /** Made, and seen to be in effect. */
    CHANGED,
    /** It was already so; nothing was sent. */
    UNCHANGED,
    /** Made or begun, and not in effect. */
    FAILED,
    /** The answer was lost, and looking did not settle it. */
    UNCERTAIN,
    /** An earlier machine failed. */
    NOT_BEGUN,
    /** Not to be touched now, such as on a host in trouble. */
    LEFT_ALONE
  }

  @Override
  public String toString() {
    return "machine %s: %s, %s%s, %.1f s%s"
        .formatted(
            machineId,
            outcome,
            before,
            after == null ? "" : " → " + after,
            took.toMillis() / 1000.0,
            detail.isEmpty() ? "" : "; " + detail);
  }
}
