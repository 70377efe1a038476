package com.hotdash.ops.resolution;

import com.hotdash.ops.time.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything that can stand against a change before the world is looked at again. */
final class Preflight {
  private final Engine engine;

  Preflight(Engine engine) {
    this.engine = engine;
  }

  /** Throws if something stands against applying a plan by an approval. */
  void check(Plan plan, Approval approval) {
    var against = new ArrayList<Objection>();
    if (!approval.digest().equals(plan.digest())) {
      against.add(
          Objection.hard(
              "digest-mismatch",
              "approved was " + approval.digest() + ", this plan is " + plan.digest(),
              "read this plan and approve its digest"));
    }
    if (!engine.time().now().isBefore(approval.until())) {
      against.add(
          Objection.hard(
              "approval-expired",
              "the approval of " + approval.who() + " ended at " + Stamp.of(approval.until()),
              "plan again and approve afresh"));
    }
    against.addAll(remaining(plan));
    refuse(plan.proposal(), against);
  }

  /** Returns the objections to a plan that nobody has overridden. */
  List<Objection> remaining(Plan plan) {
    var against = new ArrayList<>(always());
    var proposal = plan.proposal();
    if (plan.action().control().map(Preflight::release).isEmpty()) {
      against.add(
          Objection.hard(
              "no-control",
              "this runbook was given a reader only",
              "build it with a port that can change things"));
    }
    if (proposal.steps().isEmpty()) {
      against.add(
          Objection.hard(
              "nothing-to-do", "no object matches, or none that may be changed", "diagnose again"));
    }
    int limit = engine.policy().maxSteps();
    if (proposal.steps().size() > limit) {
      against.add(
          Objection.overridable(
              "blast-radius",
              proposal.steps().size() + " objects would be changed, " + limit + " are allowed",
              "choose fewer"));
    }
    if (!engine.estate().mixed().isEmpty()) {
      against.add(
          Objection.overridable(
              "mixed-estate",
              "the configuration mixes environments: " + engine.estate().mixed(),
              "make all settings name one environment"));
    }
    against.addAll(journalled(plan));
    against.addAll(proposal.objections());
    against.removeIf(
        objection -> !objection.hard() && plan.overrides().containsKey(objection.name()));
    return List.copyOf(against);
  }

  /** Returns the objections that hold for every change, resumed ones too. */
  List<Objection> always() {
    var against = new ArrayList<Objection>();
    if (engine.policy().readOnly()) {
      against.add(
          Objection.hard(
              "read-only",
              "this runbook may only look",
              "unset HOTDASH_OPS_READ_ONLY, or apply from a place that may change things"));
    }
    engine
        .killed()
        .ifPresent(
            why ->
                against.add(
                    Objection.hard(
                        "kill-switch",
                        "the kill switch is thrown: " + why,
                        "ask whoever threw it")));
    return against;
  }

  /** A text that redaction would alter is refused before it is written, never written altered. */
  void checkText(JournalEntry.Started started) {
    checkText(started.proposal(), JournalLines.write(started));
  }

  /** The same for what somebody says about a change that is journalled already. */
  void checkText(Proposal proposal, String text) {
    if (engine.redactor().wouldAlter(text)) {
      refuse(
          proposal,
          List.of(
              Objection.hard(
                  "credential-in-text",
                  "the reason, or a field of a step, holds something that looks like a credential",
                  "say it without the credential")));
    }
  }

  static void refuse(Proposal proposal, List<Objection> against) {
    if (!against.isEmpty()) {
      throw new RefusedException(proposal.action(), against);
    }
  }

  private List<Objection> journalled(Plan plan) {
    try {
      var records = engine.stores().recordsAtHand(Journal::entries);
      var against = new ArrayList<>(pending(plan, records));
      new Cooldown(engine.policy(), engine.time().now())
          .objection(plan.proposal(), records)
          .ifPresent(against::add);
      return against;
    } catch (JournalException e) {
      return List.of(
          Objection.overridable(
              "journal", e.problem(), e.nextStep().orElse("make the journal readable")));
    }
  }

  private List<Objection> pending(Plan plan, List<ExecutionRecord> records) {
    var mine = plan.proposal().target();
    return records.stream()
        .filter(record -> record.pending() && record.concerns(mine))
        .map(
            record ->
                engine
                    .underWay(record)
                    .map(holder -> underWay(record, holder))
                    .orElseGet(() -> notOver(record)))
        .limit(1)
        .toList();
  }

  private static Objection underWay(ExecutionRecord record, String holder) {
    return Objection.hard(
        "pending-execution",
        "execution "
            + record.id()
            + " by "
            + record.started().who()
            + " on the same target is under way right now: "
            + holder
            + " holds its lock",
        "talk to them, or wait until it is over; then plan again");
  }

  private static Objection notOver(ExecutionRecord record) {
    return Objection.overridable(
        "pending-execution",
        "execution "
            + record.id()
            + " by "
            + record.started().who()
            + " on the same target is not over",
        "resume(\"" + record.id() + "\", why), or giveUp(\"" + record.id() + "\", why)");
  }

  private static Map<String, String> release(Control control) {
    control.close();
    return Map.of();
  }
}
