package com.hotdash.ops.pipeline;

/** What is the matter with a run, told apart because each wants something else to be done. */
public enum RunProblem {
  /** Nothing: it succeeded. */
  NONE,
  /** It is under way. */
  RUNNING,
  /** It waits for a person's approval. */
  WAITING_FOR_APPROVAL,
  /** A concurrency group holds it back; a third run of the group would cancel it. */
  HELD_BY_CONCURRENCY,
  /** It waits for a runner. */
  QUEUED,
  /** It has waited for a runner for long and has not one job: look at the service itself. */
  STUCK_IN_QUEUE,
  /** Somebody or something cancelled it: it finished nothing. */
  CANCELLED,
  /** A job failed. */
  FAILED,
  /** It ran too long. */
  TIMED_OUT,
  /** The workflow file is broken; there are no jobs. */
  STARTUP_FAILURE,
  /** A person must act, for example approve a first contributor's run. */
  ACTION_REQUIRED,
  /** It did nothing: skipped, neutral or given up by the service. */
  NOTHING_DONE,
  /** The service used a word that this version does not know. */
  UNKNOWN
}
