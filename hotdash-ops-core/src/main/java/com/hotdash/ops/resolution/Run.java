package com.hotdash.ops.resolution;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom.Measurement;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.time.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the steps of one change, wave by wave. From here on nothing is thrown: it is told. */
final class Run {
  private static final String EVIDENCE = "evidence";
  private static final Set<Status> NOT_MADE = EnumSet.of(Status.MOVED, Status.FAILED);
  private static final int MOST_KEPT = 100;
  private static final int LONGEST_KEPT = 500;

  private final Engine engine;
  private final Ledger ledger;
  private final KeptLock lock;
  private final Control control;
  private final JournalEntry.Started started;
  private final Proposal proposal;
  private final Map<Integer, StepOutcome> outcomes;
  private final Deadline whole;
  private final Map<Integer, TargetState> begunBefore = new TreeMap<>();
  private Instant lastWrite;
  private @Nullable String stopped;
  private @Nullable String notNeeded;

  Run(
      Engine engine,
      Ledger ledger,
      KeptLock lock,
      Control control,
      JournalEntry.Started started,
      Map<Integer, StepOutcome> already) {
    this.engine = engine;
    this.ledger = ledger;
    this.lock = lock;
    this.control = control;
    this.started = started;
    this.proposal = started.proposal();
    this.outcomes = new TreeMap<>(already);
    this.lastWrite = ledger.time().now();
    this.whole = engine.time().deadline(engine.applyWithin(engine.action(proposal)));
  }

  /** Begins no step: what was found out before is enough to stop. */
  Run stoppedBy(@Nullable String why) {
    stopped = why;
    return this;
  }

  /** Takes the steps that an earlier process began and that were not seen to be made. */
  Run begunBefore(Map<Integer, TargetState> steps) {
    begunBefore.putAll(steps);
    return this;
  }

  Execution go() {
    try {
      makeAll();
      close();
    } catch (JournalException e) {
      // The line that failed is the next to be written, so no step is made that it does not know.
      stopped = "the journal failed: " + e.problem();
    } catch (RuntimeException e) {
      // Somebody's symptom or control threw. What was made before it must still be told; the
      // journal has no end of this execution, so it stays pending.
      stopped = engine.redactor().redact("it broke off: " + e);
    }
    var execution = result();
    engine.tell(
        "Execution " + execution.id() + ": " + execution.done() + " steps made", execution.page());
    return execution;
  }

  private void makeAll() {
    var pace = proposal.pace();
    var left = new ArrayList<Integer>();
    for (int step = 0; step < proposal.steps().size(); step++) {
      if (!outcomes.containsKey(step)) {
        left.add(step);
      }
    }
    stopped = stopped == null ? unsettled() : stopped;
    int begun = 0;
    while (begun < left.size() && stopped == null) {
      notNeeded = groundless();
      if (notNeeded != null) {
        return;
      }
      if (begun > 0 && pace.stopWhenCured() && cured()) {
        return;
      }
      int ends = Math.min(left.size(), begun + (begun == 0 ? pace.first() : pace.then()));
      wave(left.subList(begun, ends));
      begun = ends;
    }
  }

  /** Steps that rest on one that was not made would change something for nothing. */
  private synchronized @Nullable String groundless() {
    return outcomes.entrySet().stream()
        .filter(known -> NOT_MADE.contains(known.getValue().status()))
        .map(known -> proposal.steps().get(known.getKey()))
        .filter(engine.action(proposal)::carriesOthers)
        .map(step -> "left out, because it rests on " + step + ", which was not made")
        .findFirst()
        .orElse(null);
  }

  private void wave(List<Integer> steps) {
    if (steps.size() > 1 && engine.action(proposal).sideBySide()) {
      new Wave(engine.action(proposal), this::makeUnlessStopped).make(steps);
    } else {
      steps.forEach(step -> makeUnlessStopped(step, control));
    }
  }

  private void makeUnlessStopped(int step, Control hands) {
    synchronized (this) {
      stopped = stopped == null ? reasonToStop() : stopped;
      if (stopped != null) {
        return;
      }
    }
    make(step, hands);
  }

  /** A step of an earlier process that still nobody knows about holds up all the rest. */
  private @Nullable String unsettled() {
    return outcomes.entrySet().stream()
        .filter(known -> known.getValue().status() == Status.UNCERTAIN)
        .map(known -> "nobody knows whether " + proposal.steps().get(known.getKey()) + " was made")
        .findFirst()
        .orElse(null);
  }

  private void make(int index, Control hands) {
    var step = proposal.steps().get(index);
    var state = hands.observe(step.target(), within());
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
    outcome = late(index, step, outcome, hands);
    // Told also if the journal fails now.
    tell(index, outcome);
    ledger.append(new JournalEntry.Made(started.execution(), now(), index, outcome));
    judge(step, outcome);
  }

  /**
   * What an earlier process sent may take effect after it was looked for: a target that is then as
   * that step would leave it has not moved.
   */
  private StepOutcome late(int index, Step step, StepOutcome outcome, Control hands) {
    var before = begunBefore.get(index);
    return before == null || outcome.status() != Status.MOVED
        ? outcome
        : new Settling(engine, hands)
            .became(step, before, within())
            .filter(became -> became.status() != Status.MOVED)
            .map(became -> Settling.told("sent before, and seen late: ", became))
            .orElse(outcome);
  }

  private synchronized void tell(int index, StepOutcome outcome) {
    outcomes.put(index, outcome);
  }

  private synchronized void wrote() {
    lastWrite = now();
  }

  private synchronized void judge(Step step, StepOutcome outcome) {
    if (stopped != null) {
      return;
    }
    if (outcome.status() == Status.UNCERTAIN) {
      stopped = "nobody knows whether " + step + " was made";
    } else if (outcome.status() == Status.FAILED && proposal.pace().stopOnFailure()) {
      stopped = step + " failed";
    }
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
    var reading = engine.action(proposal).evidence(step, within()).orElse(null);
    if (reading instanceof Reading.Read<List<String>> read) {
      var lines = read.value().stream().limit(MOST_KEPT).map(this::shortened).toList();
      ledger.append(new JournalEntry.Kept(started.execution(), now(), index, lines));
      kept(step, lines.size());
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

  private synchronized void kept(Step step, int lines) {
    ledger
        .notes()
        .add(
            "What "
                + step.target()
                + " showed before is kept in the journal: "
                + lines
                + " lines, by history(target, since)");
  }

  private StepOutcome send(Step step, TargetState before, Control hands) {
    StepOutcome outcome;
    try {
      outcome = hands.make(step, within());
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
    return new Settling(engine, hands)
        .became(step, before, within())
        .filter(became -> became.status() != Status.MOVED)
        .map(became -> Settling.told(uncertain.detail() + "; ", became))
        .orElse(uncertain);
  }

  private boolean cured() {
    var reading = engine.action(proposal).symptom(proposal).measure(within());
    if (reading.toOptional().filter(measured -> !measured.present()).isPresent()) {
      notNeeded = "not needed: " + reading.toOptional().map(Measurement::summary).orElse("cured");
      return true;
    }
    return false;
  }

  private @Nullable String reasonToStop() {
    if (Thread.currentThread().isInterrupted()) {
      return "interrupted";
    }
    if (whole.expired()) {
      return "it took longer than "
          + engine.applyWithin(engine.action(proposal)).toSeconds()
          + " s";
    }
    return engine
        .killed()
        .map(why -> "the kill switch was thrown: " + why)
        .or(lock::lost)
        .orElse(null);
  }

  private void close() {
    boolean over = outcomes.size() == proposal.steps().size() && unsettled() == null;
    if (over) {
      stopped = null;
    }
    if (stopped != null) {
      ledger.append(new JournalEntry.Stopped(started.execution(), now(), stopped));
    } else {
      ledger.append(
          new JournalEntry.Ended(
              started.execution(),
              now(),
              notNeeded == null ? "all steps have an outcome" : notNeeded));
    }
  }

  private Execution result() {
    List<StepResult> results = new ArrayList<>();
    for (int index = 0; index < proposal.steps().size(); index++) {
      var step = proposal.steps().get(index);
      var outcome = outcomes.get(index);
      var why = notNeeded == null ? "stopped before it" : notNeeded;
      results.add(outcome == null ? StepResult.notBegun(step, why) : StepResult.of(step, outcome));
    }
    return new Execution(engine, started, results, stopped, ledger.notes(), lastWrite);
  }

  private Deadline within() {
    return whole.within(engine.stepWithin(engine.action(proposal)));
  }

  private Instant now() {
    return engine.time().now();
  }
}
