package com.hotdash.ops.resolution;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.List;
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

  /**
   * Tells how long a change's cure is to be watched, where that depends on what is measured: a
   * share over a minute says nothing before a minute has passed. Somebody who configured a patience
   * wins. Default: {@link Patience#DEFAULT}.
   *
   * @param proposal the change
   * @return how long to look
   */
  default Patience patience(Proposal proposal) {
    return Patience.DEFAULT;
  }

  /**
   * Tells how long the effect of one step may take. Somebody who configured a limit wins. Default 1
   * min.
   *
   * @return the limit, more than zero
   */
  default Duration stepWithin() {
    return Duration.ofMinutes(1);
  }

  /**
   * Tells whether the steps of one wave are made side by side, each by a control of its own.
   * Default: one after another by one control, which suits a server with few connections left.
   *
   * @return whether they are
   */
  default boolean sideBySide() {
    return false;
  }

  /**
   * Tells whether the steps after a step rest on it, so that they mean nothing where it was not
   * made: machines that would take a secret that was not stored. Then they are not made either.
   * Default: each stands for itself.
   *
   * @param step a step of a change or of its undo
   * @return whether others rest on it
   */
  default boolean carriesOthers(Step step) {
    return false;
  }

  /**
   * Reads what a step destroys and somebody will want to see afterwards. The engine keeps it in the
   * journal before it makes the step, and does not make the step if this cannot be read, unless
   * {@code evidence} was overridden. Default: a step destroys nothing of that kind.
   *
   * @param step the step that is about to be made
   * @param deadline when to stop looking
   * @return the lines to keep, at most 100 of them; empty if there is nothing to keep
   */
  default Optional<Reading<List<String>>> evidence(Step step, Deadline deadline) {
    return Optional.empty();
  }

  /**
   * Tells in which order steps are taken back. Default: the last that was made goes first.
   *
   * @param lastFirst the steps that take back what was made, last made first
   * @return the same steps
   */
  default List<Step> undoOrder(List<Step> lastFirst) {
    return lastFirst;
  }
}
