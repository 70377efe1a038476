package com.hotdash.ops.resolution;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Goes on with, closes, or takes back an execution that the journal knows. */
final class Recovery {
  private final Engine engine;

  Recovery(Engine engine) {
    this.engine = engine;
  }

  Execution resume(String id, String because) {
    var record = pending("resume", id);
    var started = record.started();
    var proposal = started.proposal();
    var who = engine.operator(proposal);
    var preflight = new Preflight(engine);
    Preflight.refuse(proposal, preflight.always());
    preflight.checkText(proposal, because);
    var ledger = new Ledger(engine, false);
    try (var lock = KeptLock.of(ledger, proposal, who);
        var control = open(proposal)) {
      lock.note();
      // Read again under the lock: somebody else may have gone on with it meanwhile.
      record = pending("resume", id);
      var difference = Application.moved(engine, control, proposal);
      if (difference != null) {
        throw refusal(
            proposal,
            "target-moved",
            proposal.target() + ": " + difference,
            "giveUp(\"" + id + "\", why), and plan again");
      }
      ledger.append(new JournalEntry.Resumed(id, engine.time().now(), who, because));
      var settled = settle(record, control, ledger);
      settled
          .outcomes()
          .forEach((step, outcome) -> control.earlier(proposal.steps().get(step), outcome));
      return new Run(engine, ledger, lock, control, started, settled.outcomes())
          .stoppedBy(settled.stops())
          .begunBefore(settled.again())
          .go();
    }
  }

  void giveUp(String id, String because) {
    var proposal = pending("give up", id).started().proposal();
    var who = engine.operator(proposal);
    new Preflight(engine).checkText(proposal, because);
    var ledger = new Ledger(engine, false);
    // Under the lock: what is still running must not be closed from beside.
    try (var lock = KeptLock.of(ledger, proposal, who)) {
      lock.note();
      pending("give up", id);
      var how = "given up by " + who + ": " + because;
      ledger.append(new JournalEntry.Ended(id, engine.time().now(), how));
    }
  }

  Execution execution(String id) {
    var record = find(id);
    if (record == null) {
      throw new PlanException(
          Fault.of("runbook", "verify", unknown(id)).withNextStep("look at history(since)"));
    }
    var steps = record.started().proposal().steps();
    var results = new ArrayList<StepResult>();
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      results.add(
          record
              .outcome(i)
              .map(outcome -> StepResult.of(step, outcome))
              .orElseGet(() -> StepResult.notBegun(step, "not begun")));
    }
    var stopped = record.pending() ? "it is not over: " + engine.state(record) : null;
    return new Execution(engine, record.started(), results, stopped, List.of(), record.lastWrite());
  }

  Plan undo(String id) {
    var record = find(id);
    var proposal = record == null ? null : record.started().proposal();
    if (record == null || proposal == null) {
      throw new PlanException(
          Fault.of("runbook", "undo", unknown(id)).withNextStep("look at history(since)"));
    }
    var steps = new ArrayList<Step>();
    var stays = new ArrayList<String>();
    for (int i = 0; i < proposal.steps().size(); i++) {
      var step = proposal.steps().get(i);
      var outcome = record.outcome(i).orElse(null);
      if (outcome != null && outcome.status() == Status.DONE) {
        if (step.undo() == null) {
          stays.add(step + " cannot be taken back");
        } else {
          steps.add(asLeft(step, step.undo(), outcome));
        }
      } else if (outcome != null && outcome.status() == Status.UNCERTAIN) {
        var undo = step.undo();
        if (undo == null || step.after().containsValue(Step.ANOTHER)) {
          stays.add(
              "nobody knows whether " + step + " was made: resume(\"" + id + "\", why) first");
        } else {
          // If it was not made, its target is not as this assumes, and it is left alone.
          stays.add("nobody knows whether " + step + " was made: taken back only if it was");
          steps.add(assuming(step.after(), undo));
        }
      }
    }
    if (steps.isEmpty()) {
      throw new PlanException(
          Fault.of("runbook", "undo " + id, "nothing was made that can be taken back")
              .withNextStep(stays.isEmpty() ? "nothing to do" : String.join("; ", stays)));
    }
    Collections.reverse(steps);
    var undo =
        new Proposal(
            proposal.action(),
            proposal.target(),
            Map.of(),
            engine.action(proposal).undoOrder(List.copyOf(steps)),
            proposal.goal(),
            Pace.CAREFUL,
            stays,
            List.of(),
            List.of());
    return new Plan(engine, null, engine.action(proposal), undo, Map.of(), id);
  }

  /** An undo assumes its target to be as the step left it, so that a later change stays. */
  private static Step asLeft(Step step, Step undo, StepOutcome outcome) {
    // What the step did not touch may have moved since: that the machine runs again, say.
    var left = new TreeMap<>(outcome.left());
    left.keySet().removeIf(field -> !touched(step, field));
    return left.isEmpty() ? undo : assuming(left, undo);
  }

  private static Step assuming(Map<String, String> fields, Step undo) {
    return new Step(undo.kind(), undo.target(), fields, undo.before(), undo.after(), undo.undo());
  }

  private static boolean touched(Step step, String field) {
    return step.assumes().containsKey(field) || step.after().containsKey(field);
  }

  /**
   * What is known of the steps that were begun.
   *
   * @param outcomes what became of those that must not be made
   * @param again what those were like that were not made, as far as can be seen, and still can be
   * @param stops why none must be made after what was found out, or {@code null}
   */
  private record Settled(
      Map<Integer, StepOutcome> outcomes,
      Map<Integer, TargetState> again,
      @Nullable String stops) {}

  /** Finds out what became of steps that were begun. */
  private Settled settle(ExecutionRecord record, Control control, Ledger ledger) {
    var settled = new TreeMap<Integer, StepOutcome>();
    var again = new TreeMap<Integer, TargetState>();
    String stops = null;
    var proposal = record.started().proposal();
    var action = engine.action(proposal);
    var whole = engine.time().deadline(engine.limits().whole(action));
    var steps = proposal.steps();
    for (int i = 0; i < steps.size(); i++) {
      var known = record.outcome(i).orElse(null);
      if (known == null) {
        continue;
      }
      var outcome =
          known.status() == Status.UNCERTAIN
              ? settle(action, steps.get(i), record.before(i), known, control, whole)
              : known;
      if (outcome == null) {
        again.put(i, record.before(i));
      } else {
        settled.put(i, outcome);
        if (!outcome.equals(known)) {
          ledger.append(new JournalEntry.Made(record.id(), engine.time().now(), i, outcome));
          // Whoever resumes did not know of it yet.
          stops = Settling.stops(outcome, proposal.pace()) ? steps.get(i) + " failed" : stops;
        }
      }
    }
    return new Settled(settled, again, stops);
  }

  /** Returns {@code null} if the step was certainly not made and still can be. */
  private @Nullable StepOutcome settle(
      Action action,
      Step step,
      TargetState before,
      StepOutcome uncertain,
      Control control,
      Deadline whole) {
    var within = whole.within(engine.limits().step(action));
    var became = new Settling(engine, control).became(step, before, within).orElse(null);
    if (became == null || became.status() == Status.MOVED) {
      if (!action.absenceProves()) {
        return uncertain;
      }
      return became == null ? null : Settling.told("after the answer was lost: ", became);
    }
    return Settling.told("after the answer was lost: ", became);
  }

  private ExecutionRecord pending(String operation, String id) {
    var record = find(id);
    if (record == null || !record.pending()) {
      throw new RefusedException(
          operation,
          List.of(
              Objection.hard(
                  "not-pending",
                  record == null ? unknown(id) : "execution " + id + " is over: " + record.ended(),
                  "look at pending()")));
    }
    return record;
  }

  private String unknown(String id) {
    var journal = engine.stores().journal();
    return "the journal in "
        + journal.place()
        + " knows no execution "
        + id
        + journal.absent().map(why -> ": " + why).orElse("");
  }

  private @Nullable ExecutionRecord find(String id) {
    return engine.stores().recordsAtHand(journal -> journal.of(id)).stream()
        .filter(record -> record.id().equals(id))
        .findFirst()
        .orElse(null);
  }

  private Control open(Proposal proposal) {
    return engine
        .action(proposal)
        .control()
        .orElseThrow(
            () ->
                refusal(
                    proposal,
                    "no-control",
                    "this runbook was given a reader only",
                    "build it with a port that can change things"));
  }

  private static RefusedException refusal(
      Proposal proposal, String name, String reason, String nextStep) {
    return new RefusedException(proposal.action(), List.of(Objection.hard(name, reason, nextStep)));
  }
}
