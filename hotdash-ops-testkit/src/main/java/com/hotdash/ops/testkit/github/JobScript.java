package com.hotdash.ops.testkit.github;

import java.util.List;

/**
 * What a job of a run will do.
 *
 * @param name as it is shown, such as {@code build (20.x)}
 * @param needs the names of the jobs that must have succeeded before
 * @param steps its steps, in order
 * @param log what it prints
 * @param annotations what it pins to lines of the source
 * @param continueOnError whether the run succeeds although this job fails
 */
public record JobScript(
    String name,
    List<String> needs,
    List<StepScript> steps,
    JobLog log,
    List<Annotation> annotations,
    boolean continueOnError) {
  /** Copies the lists. */
  public JobScript {
    needs = List.copyOf(needs);
    steps = List.copyOf(steps);
    annotations = List.copyOf(annotations);
  }

  /**
   * Makes a job that starts at once.
   *
   * @param name as it is shown
   * @param log what it prints
   * @param steps its steps, in order
   * @return the job
   */
  public static JobScript of(String name, JobLog log, StepScript... steps) {
    return new JobScript(name, List.of(), List.of(steps), log, List.of(), false);
  }

  /**
   * Returns this job, waiting for others.
   *
   * @param names the jobs that must have succeeded before
   * @return a copy
   */
  public JobScript after(String... names) {
    return new JobScript(name, List.of(names), steps, log, annotations, continueOnError);
  }

  /**
   * Returns this job with annotations.
   *
   * @param pinned what it pins to lines of the source
   * @return a copy
   */
  public JobScript annotated(Annotation... pinned) {
    return new JobScript(name, needs, steps, log, List.of(pinned), continueOnError);
  }

  /**
   * Returns this job as one whose failure the run ignores.
   *
   * @return a copy
   */
  public JobScript notFatal() {
    return new JobScript(name, needs, steps, log, annotations, true);
  }
}
