package com.hotdash.ops.resolution;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.text.Page;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A preview of a change, bound to what was seen when it was made. Only an engine can make one.
 * Immutable and thread-safe.
 */
public final class Plan {
  private final Engine engine;
  private final @Nullable Resolution resolution;
  private final Action action;
  private final Proposal proposal;
  private final String digest;
  private final Map<String, String> overrides;
  private final @Nullable String undoes;

  Plan(
      Engine engine,
      @Nullable Resolution resolution,
      Action action,
      Proposal proposal,
      Map<String, String> overrides,
      @Nullable String undoes) {
    this.engine = engine;
    this.resolution = resolution;
    this.action = action;
    this.proposal = proposal;
    this.digest = Digest.of(proposal);
    this.overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
    this.undoes = undoes;
  }

  /**
   * Returns the estate that it would change.
   *
   * @return the estate
   */
  public Estate estate() {
    return engine.estate();
  }

  /**
   * Returns the change as data.
   *
   * @return the change
   */
  public Proposal proposal() {
    return proposal;
  }

  /**
   * Returns the steps, from → to, one write to one object each.
   *
   * @return the steps in their order
   */
  public List<Step> steps() {
    return proposal.steps();
  }

  /**
   * Returns the fingerprint of what would be done and what is assumed. The same change has the same
   * digest in another process.
   *
   * @return 16 hexadecimal digits
   */
  public String digest() {
    return digest;
  }

  /**
   * Returns whether it can be taken back.
   *
   * @return the effect
   */
  public Effect effect() {
    return action.effect();
  }

  /**
   * Returns the commands with which a person would do the same.
   *
   * @return one command a line
   */
  public List<String> byHand() {
    return proposal.byHand();
  }

  /**
   * Returns what stands against applying it now, as far as that can be told without looking again.
   *
   * @return the objections that are not overridden
   */
  public List<Objection> objections() {
    return engine.objections(this);
  }

  /**
   * Overrides one objection. The journal keeps it.
   *
   * @param objection its name
   * @param because why it does not hold here
   * @return a plan without that objection
   */
  public Plan despite(String objection, String because) {
    if (because.isBlank()) {
      throw new IllegalArgumentException("say why " + objection + " is overridden");
    }
    var more = new LinkedHashMap<>(overrides);
    more.put(objection, because);
    return new Plan(engine, resolution, action, proposal, more, undoes);
  }

  /**
   * Applies the plan in the name of the engine's operator.
   *
   * @param because why; goes into the journal
   * @return what was done; problems after the first write are told there, never thrown
   * @throws RefusedException if it must not be applied; nothing was changed
   * @throws StalePlanException if its target has moved; nothing was changed
   * @throws JournalException if the journal can't be written; nothing was changed
   */
  public Execution apply(String because) {
    return engine.apply(this, because);
  }

  /**
   * Applies the plan by somebody's word.
   *
   * @param approval who, why, which plan, until when
   * @return what was done; problems after the first write are told there, never thrown
   * @throws RefusedException if it must not be applied; nothing was changed
   * @throws StalePlanException if its target has moved; nothing was changed
   * @throws JournalException if the journal can't be written; nothing was changed
   */
  public Execution apply(Approval approval) {
    return engine.apply(this, approval);
  }

  Action action() {
    return action;
  }

  @Nullable Resolution resolution() {
    return resolution;
  }

  Map<String, String> overrides() {
    return overrides;
  }

  @Nullable String undoes() {
    return undoes;
  }

  /**
   * Returns the plan as a page, for reports.
   *
   * @return the page
   */
  public Page page() {
    return Pages.of(this);
  }

  @Override
  public String toString() {
    return page().toText(Page.DEFAULT_WIDTH);
  }
}
