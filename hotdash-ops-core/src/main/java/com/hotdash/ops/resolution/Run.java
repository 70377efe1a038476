package com.hotdash.ops.resolution;

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
  private static final Set<Status> NOT_MADE = EnumSet.of(Status.MOVED, Status.FAILED);

  private final Engine engine;
  private final Ledger ledger;
  private final KeptLock lock;
  private final Control control;
  private final JournalEntry.Started started;
  private final Proposal proposal;
  private final Action action;
  private final Map<Integer, StepOutcome> outcomes;
  private final Deadline whole;
  private final StepMaking making;
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
    this.action = engine.action(proposal);
    this.whole = engine.time().deadline(engine.limits().whole(action));
    this.making = new StepMaking(engine, ledger, started, action, this::within);
  }

  /** Begins no step: what was found out before is enough to stop. */
  Run stoppedBy(@Nullable String why) {
    stopped = why;
    return this;
  }

  /** Takes the steps that an earlier process began and that were not seen to be made. */
  Run begunBefore(Map<Integer, TargetState> steps) {
    making.begunBefore(steps);
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
    engine.audience().ended(execution);
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
        .filter(action::carriesOthers)
        .map(step -> "left out, because it rests on " + step + ", which was not made")
        .findFirst()
        .orElse(null);
  }

  private void wave(List<Integer> steps) {
    if (steps.size() > 1 && action.sideBySide()) {
      new Wave(action, this::makeUnlessStopped).make(steps);
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
    var outcome = making.make(index, hands);
    // Told also if the journal fails now.
    tell(index, outcome);
    ledger.append(new JournalEntry.Made(started.execution(), now(), index, outcome));
    judge(proposal.steps().get(index), outcome);
  }

  private synchronized void tell(int index, StepOutcome outcome) {
    outcomes.put(index, outcome);
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

  private boolean cured() {
    var reading = action.symptom(proposal).measure(within());
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
      return "it took longer than " + engine.limits().whole(action).toSeconds() + " s";
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
    return new Execution(engine, started, results, stopped, ledger.notes(), making.lastWrite());
  }

  private Deadline within() {
    return whole.within(engine.limits().step(action));
  }

  private Instant now() {
    return engine.time().now();
  }
}
