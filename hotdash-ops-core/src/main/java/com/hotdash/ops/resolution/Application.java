package com.hotdash.ops.resolution;

import com.hotdash.ops.evidence.Reading;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way of one approved plan to its execution. Throws only before the first write. */
final class Application {
  private final Engine engine;
  private final Plan plan;
  private final Approval approval;

  Application(Engine engine, Plan plan, Approval approval) {
    this.engine = engine;
    this.plan = plan;
    this.approval = approval;
  }

  Execution apply() {
    var preflight = new Preflight(engine);
    preflight.check(plan, approval);
    var proposal = plan.proposal();
    var started =
        new JournalEntry.Started(
            engine.newId(),
            engine.time().now(),
            plan.digest(),
            proposal,
            approval.who(),
            approval.because(),
            plan.overrides(),
            plan.undoes());
    preflight.checkText(started);
    var ledger = new Ledger(engine, plan.overrides().containsKey("journal"));
    try (var lock = KeptLock.of(ledger, proposal, started.who());
        var control = open(proposal)) {
      lock.note();
      checkTarget(control);
      begin(ledger, started);
      engine.audience().begun(started);
      return new Run(engine, ledger, lock, control, started, Map.of()).go();
    }
  }

  /** A change that cannot be written down does not begin, and whoever wants it may say so. */
  private static void begin(Ledger ledger, JournalEntry.Started started) {
    try {
      ledger.append(started);
    } catch (JournalException e) {
      throw new RefusedException(
          started.proposal().action(),
          List.of(
              Objection.overridable(
                  "journal",
                  e.problem(),
                  e.nextStep().orElse("make the journal writable, or set HOTDASH_OPS_JOURNAL"))));
    }
  }

  private Control open(Proposal proposal) {
    return engine.action(proposal).control().orElseThrow(IllegalStateException::new);
  }

  private void checkTarget(Control control) {
    var difference = moved(engine, control, plan.proposal());
    if (difference != null) {
      throw new StalePlanException(plan, difference, replan());
    }
  }

  /**
   * Tells how a change's target has moved, {@code null} if it has not; refuses if it can't look.
   */
  static @Nullable String moved(Engine engine, Control control, Proposal proposal) {
    var state = control.observe(proposal.target(), engine.time().deadline(engine.limits().look()));
    if (state instanceof Reading.Read<TargetState> read) {
      return read.value().matches(proposal.targetAssumes())
          ? null
          : read.value().difference(proposal.targetAssumes());
    }
    var obstacle = state.obstacle().orElseThrow();
    throw new RefusedException(
        proposal.action(),
        List.of(
            Objection.hard(
                "target-unknown",
                proposal.target() + " could not be looked at: " + obstacle.detail(),
                obstacle.remedy())));
  }

  private @Nullable Plan replan() {
    var resolution = plan.resolution();
    if (resolution == null) {
      return null;
    }
    try {
      return resolution.plan();
    } catch (PlanException e) {
      // The refusal matters more than the fresh plan, and says how the target moved.
      return null;
    }
  }
}
