package com.hotdash.ops.pipeline;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a job.
 *
 * @param number its number; there may be gaps
 * @param name its name
 * @param state where it stands
 * @param startedAt when it began, or {@code null}
 * @param completedAt when it ended, or {@code null}
 */
public record StepRun(
    int number,
    String name,
    State state,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt) {
  @Override
  public String toString() {
    return "step " + number + " \"" + name + "\": " + state;
  }
}
