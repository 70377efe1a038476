package com.hotdash.ops.resolution;

import com.hotdash.ops.evidence.Symptom;
import java.util.Optional;

/**
 * One kind of change that the engine can make: who makes its steps, and how its cure is measured.
 * It holds nothing of a single change, so that another process with the same configuration can go
 * on with a change that it finds in the journal. Implementations are thread-safe.
 */
public interface Action {
  /**
   * Returns its stable id, such as {@code database.end-sessions}.
   *
   * @return the id
   */
  String id();

  /**
   * Returns whether its changes can be taken back.
   *
   * @return the effect
   */
  Effect effect();

  /**
   * Opens the hands for one execution.
   *
   * @return a control that the caller closes, or empty if this runbook can only look
   */
  Optional<Control> control();

  /**
   * Makes the symptom that must be gone after the change.
   *
   * @param proposal the change
   * @return the symptom
   */
  Symptom symptom(Proposal proposal);

  /**
   * Returns whether a target that is still as a step assumed it, after the answer to the step was
   * lost, proves that the step was not made, so that a resumed change may make it. Return false
   * where a change can show up late and must not be made twice: then its outcome stays unknown
   * until it is seen to be made, or somebody gives it up. Default true.
   *
   * @return whether nothing seen means nothing done
   */
  default boolean absenceProves() {
    return true;
  }
}
