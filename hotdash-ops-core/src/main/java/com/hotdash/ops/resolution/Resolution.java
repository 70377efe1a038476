package com.hotdash.ops.resolution;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import java.util.Locale;

/**
 * Something that can be done about a finding. Holding one reads nothing and changes nothing.
 * Immutable and thread-safe.
 */
public final class Resolution {
  private final Engine engine;
  private final Action action;
  private final Proposer proposer;

  Resolution(Engine engine, Action action, Proposer proposer) {
    this.engine = engine;
    this.action = action;
    this.proposer = proposer;
  }

  /** Finds out what would have to be changed. Implementations read and never write. */
  @FunctionalInterface
  public interface Proposer {
    /**
     * Looks, and says what it would change.
     *
     * @param deadline when to stop looking
     * @return the proposal, or why it could not look
     */
    Reading<Proposal> propose(Deadline deadline);
  }

  /**
   * Returns the stable id of the change, such as {@code database.end-sessions}.
   *
   * @return the id
   */
  public String id() {
    return action.id();
  }

  /**
   * Returns whether the change can be taken back.
   *
   * @return the effect
   */
  public Effect effect() {
    return action.effect();
  }

  /**
   * Looks, and shows what would be changed. Changes nothing.
   *
   * @return the plan, bound to what was seen
   * @throws PlanException if it could not look
   */
  public Plan plan() {
    return engine.plan(this);
  }

  Action action() {
    return action;
  }

  Reading<Proposal> propose(Deadline deadline) {
    return proposer.propose(deadline);
  }

  @Override
  public String toString() {
    return id()
        + " ("
        + effect().name().toLowerCase(Locale.ROOT)
        + "): nothing was looked at or changed yet; plan() shows what it would change";
  }
}
