package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.diagnosis.Diagnosis;
import java.time.Duration;
import java.time.Instant;

/** An incident of the simulated world in virtual time. One object plays it once. */
interface WorldDrill extends Drill {
  /** Sets up what is there before anything breaks. */
  default void prepare(FlyHall hall) {}

  /**
   * Breaks the world.
   *
   * @return what happened, in a few words for the timeline
   */
  String strike(FlyHall hall);

  /** Returns how long the fault stands before anybody looks. */
  default Duration stands() {
    return Duration.ofMinutes(4);
  }

  /** Looks whether the diagnosis found the cause, not the symptom alone. */
  void judge(Diagnosis diagnosis, DrillResult result);

  /** Returns why the plan is applied. */
  String because();

  /** Returns how long after the cure the world must look well to a fresh pair of eyes. */
  default Duration after() {
    // The newest five minutes decide, and must not hold anything of the incident.
    return Duration.ofMinutes(7);
  }

  /**
   * Holds the runbook's word against what others saw, and keeps a plot of it.
   *
   * @param struck when the world was broken
   * @param cured when the cure was verified
   */
  void witness(FlyHall hall, Instant struck, Instant cured, DrillResult result);
}
