package com.hotdash.ops.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One job of a run.
 *
 * @param id the service's id
 * @param runId the run
 * @param attempt the run's attempt
 * @param name its name, such as {@code build (20.x)}
 * @param phase what it is for
 * @param state where it stands
 * @param startedAt when it began, or {@code null}
 * @param completedAt when it ended, or {@code null}
 * @param steps its steps; empty if it was skipped or never got a runner
 * @param url where a person sees it, or an empty text
 */
public record Job(
    long id,
    long runId,
    int attempt,
    String name,
    Phase phase,
    State state,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    List<StepRun> steps,
    String url) {
  /** Copies the steps. */
  public Job {
    steps = List.copyOf(steps);
  }

  /**
   * Returns the first step that failed: it is the cause, later ones fail as its result.
   *
   * @return the step, or empty if none failed
   */
  public Optional<StepRun> failedStep() {
    return steps.stream().filter(step -> step.state().failed()).findFirst();
  }

  @Override
  public String toString() {
    return "job \"" + name + "\" (" + id + ", " + phase + "): " + state;
  }
}
