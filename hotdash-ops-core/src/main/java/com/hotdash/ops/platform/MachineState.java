package com.hotdash.ops.platform;

/** What a machine does. What the platform adds later is {@link #UNKNOWN}. */
public enum MachineState {
  /** It runs. */
  STARTED,
  /** It does not run, by intent or by the platform's auto-stop. Not an incident by itself. */
  STOPPED,
  /** It sleeps with its memory kept. */
  SUSPENDED,
  /** It is on its way from one of these to another. */
  CHANGING,
  /** It exists and was never started. */
  CREATED,
  /** The platform gave up on it. */
  FAILED,
  /** It is gone, or about to be. */
  DESTROYED,
  /** A word that we do not know. */
  UNKNOWN
}
