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
}
