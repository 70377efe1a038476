package com.hotdash.ops.resolution;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.time.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes one step, from the look at its target to its outcome: the intent is journalled before the
 * write, what the step destroys before that, and a lost answer is settled by looking. Steps may be
 * made side by side.
 */
final class StepMaking {
  private static final String EVIDENCE = "evidence";
  private static final int MOST_KEPT = 100;
  private static final int LONGEST_KEPT = 500;

  private final Engine engine;
  private final Ledger ledger;
  private final JournalEntry.Started started;
  private final Action action;
  private final Supplier<Deadline> within;
  private final Map<Integer, TargetState> begunBefore = new TreeMap<>();
  private Instant lastWrite;

  StepMaking(
      Engine engine,
      Ledger ledger,
      JournalEntry.Started started,
      Action action,
      Supplier<Deadline> within) {
    this.engine = engine;
    this.ledger = ledger;
    this.started = started;
    this.action = action;
    this.within = within;
    this.lastWrite = engine.time().now();
  }

  /** Takes the steps that an earlier process began and that were not seen to be made. */
  void begunBefore(Map<Integer, TargetState> steps) {
    begunBefore.putAll(steps);
  }

  /** When the last write ended; when all began if there was none. */
  synchronized Instant lastWrite() {
    return lastWrite;
  }

  StepOutcome make(int index, Control hands) {
    var step = started.proposal().steps().get(index);
    var state = hands.observe(step.target(), within.get());
    var outcome = unfit(step, state);
    if (outcome == null) {
      outcome = keep(index, step);
    }
    if (outcome == null) {
      var before = state.toOptional().orElse(TargetState.GONE);
      var seen = written(before.fields());
      ledger.append(new JournalEntry.Intended(started.execution(), now(), index, seen));
      outcome = send(step, before, hands);
      wrote();
    }
    return late(index, step, outcome, hands);
  }

  /** Returns why the step may not be made any more, or {@code null} if it may. */
  private static @Nullable StepOutcome unfit(Step step, Reading<TargetState> state) {
    if (state instanceof Reading.Read<TargetState> read) {
      return read.value().matches(step.assumes())
          ? null
          : StepOutcome.moved(read.value().difference(step.assumes()));
    }
    return StepOutcome.failed(
        "not made, because it could not be looked at: "
            + state.obstacle().map(obstacle -> obstacle.detail()).orElse(""));
  }

  /** Keeps what the step destroys; returns why it can't and the step must wait, or {@code null}. */
  private @Nullable StepOutcome keep(int index, Step step) {
    var reading = action.evidence(step, within.get()).orElse(null);
    if (reading instanceof Reading.Read<List<String>> read) {
      var lines = read.value().stream().limit(MOST_KEPT).map(this::shortened).toList();
      ledger.append(new JournalEntry.Kept(started.execution(), now(), index, lines));
      ledger.note(
          "What "
              + step.target()
              + " showed before is kept in the journal: "
              + lines.size()
              + " lines, by history(target, since)");
    } else if (reading != null && !started.overrides().containsKey(EVIDENCE)) {
      return StepOutcome.failed(
          "not made, because it destroys evidence that could not be kept: "
              + reading.obstacle().map(obstacle -> obstacle.detail()).orElse("")
              + " (plan.despite(\""
              + EVIDENCE
              + "\", why) goes without)");
    }
    return null;
  }

  /** What a step's target was like is for another process: bounded, and without secrets. */
  private Map<String, String> written(Map<String, String> fields) {
    var seen = new TreeMap<String, String>();
    fields.entrySet().stream()
        .limit(MOST_KEPT)
        .forEach(each -> seen.put(each.getKey(), shortened(each.getValue())));
    return seen;
  }

  private String shortened(String text) {
    var told = engine.redactor().redact(text);
    return told.length() > LONGEST_KEPT ? told.substring(0, LONGEST_KEPT) : told;
  }

  private StepOutcome send(Step step, TargetState before, Control hands) {
    StepOutcome outcome;
    try {
      outcome = hands.make(step, within.get());
    } catch (RuntimeException e) {
      // A control must not throw. If one does, the write may have happened, and this must be told.
      outcome =
          StepOutcome.uncertain(
              engine.redactor().redact("the control broke its word and threw " + e));
    }
    return outcome.status() == Status.UNCERTAIN ? reconcile(step, before, outcome, hands) : outcome;
  }

  /** The answer was lost: never repeat, look instead. What is not to be seen yet may still come. */
  private StepOutcome reconcile(
      Step step, TargetState before, StepOutcome uncertain, Control hands) {
    return became(step, before, hands, uncertain.detail() + "; ", uncertain);
  }

  /**
   * What an earlier process sent may take effect after it was looked for: a target that is then as
   * that step would leave it has not moved.
   */
  private StepOutcome late(int index, Step step, StepOutcome outcome, Control hands) {
    var before = begunBefore.get(index);
    return before == null || outcome.status() != Status.MOVED
        ? outcome
        : became(step, before, hands, "sent before, and seen late: ", outcome);
  }

  private StepOutcome became(
      Step step, TargetState before, Control hands, String words, StepOutcome otherwise) {
    return new Settling(engine, hands)
        .became(step, before, within.get())
        .filter(became -> became.status() != Status.MOVED)
        .map(became -> Settling.told(words, became))
        .orElse(otherwise);
  }

  private synchronized void wrote() {
    lastWrite = now();
  }

  private Instant now() {
    return engine.time().now();
  }
}
