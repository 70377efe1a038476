package com.hotdash.ops.pipeline;

import org.jspecify.annotations.Nullable;

/** What is the matter with a run, told apart because each wants something else to be done. */
public enum RunProblem {
  /** Nothing: it succeeded. */
  NONE(null),
  /** It is under way. */
  RUNNING(null),
  /** It waits for a person's approval. */
  WAITING_FOR_APPROVAL(null),
  /** A concurrency group holds it back; a third run of the group would cancel it. */
  HELD_BY_CONCURRENCY("another run of its group goes first; a third would cancel it: start none"),
  /** It waits for a runner. */
  QUEUED(null),
  /** It has waited for a runner for long and has not one job: look at the service itself. */
  STUCK_IN_QUEUE(
      "long there without one job: look at the service's status page; a cancel may be refused"),
  /** Somebody or something cancelled it: it finished nothing. */
  CANCELLED("it finished nothing, and what it began may be half done"),
  /** A job failed. */
  FAILED(null),
  /** It ran too long. */
  TIMED_OUT(null),
  /** The workflow file is broken; there are no jobs. */
  STARTUP_FAILURE("its workflow file is broken, so that it never had a job"),
  /** A person must act, for example approve a first contributor's run. */
  ACTION_REQUIRED("a person must let it begin"),
  /** It did nothing: skipped, neutral or given up by the service. */
  NOTHING_DONE("it changed nothing"),
  /** The service used a word that this version does not know. */
  UNKNOWN("a word that this version does not know: look at the run itself");

  private final @Nullable String hint;

  RunProblem(@Nullable String hint) {
    this.hint = hint;
  }

  /** What a person should know of it beside its name, or {@code null}. */
  @Nullable String hint() {
    return hint;
  }
}
