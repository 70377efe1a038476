package com.hotdash.ops.pipeline;

/** What a job of a deploy is for. */
public enum Phase {
  /** Checks before anything is built. */
  PRE_DEPLOY,
  /** Compiles, tests, makes the image. */
  BUILD,
  /** Puts the image on the machines. */
  DEPLOY,
  /** Looks whether the new release is well. */
  HEALTH,
  /** Takes the release back. */
  ROLLBACK,
  /** Anything else, such as telling people. */
  OTHER
}
