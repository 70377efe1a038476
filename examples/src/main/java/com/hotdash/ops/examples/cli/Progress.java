package com.hotdash.ops.examples.cli;

import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.Step;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells on standard error how far a change got, and where to go on if the process is stopped on the
 * way. Thread-safe.
 */
final class Progress implements Consumer<JournalEntry>, AutoCloseable {
  private final Console console;
  private final Thread hook = new Thread(this::stopped, "hotdash-ops-stopped");
  private List<Step> steps = List.of();
  private @Nullable String execution;
  private boolean over;
  private boolean hooked;

  Progress(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void accept(JournalEntry entry) {
    if (entry instanceof JournalEntry.Started started) {
      steps = started.proposal().steps();
      begin(entry, "begins: " + steps.size() + (steps.size() == 1 ? " step" : " steps"));
    } else if (entry instanceof JournalEntry.Resumed) {
      begin(entry, "goes on");
    } else if (entry instanceof JournalEntry.Intended intended) {
      console.note(step(intended.step()) + " …");
    } else if (entry instanceof JournalEntry.Made made) {
      var outcome = made.outcome();
      console.note(step(made.step()) + ": " + outcome.status() + ", " + outcome.detail());
    } else if (entry instanceof JournalEntry.Stopped stop) {
      console.note("execution " + stop.execution() + " stopped: " + stop.why());
    } else if (entry instanceof JournalEntry.Ended ended) {
      over = true;
      console.note("execution " + ended.execution() + " is over; its effect is measured now");
    }
  }

  private void begin(JournalEntry entry, String how) {
    execution = entry.execution();
    over = false;
    if (!hooked) {
      Runtime.getRuntime().addShutdownHook(hook);
      hooked = true;
    }
    console.note("execution " + execution + " " + how);
  }

  private String step(int index) {
    return "step "
        + (index + 1)
        + (index < steps.size() ? " of " + steps.size() + ": " + steps.get(index) : "");
  }

  /** Says what a person must know who has just stopped a change half way. */
  synchronized void stopped() {
    if (execution == null) {
      return;
    }
    console.note(
        over
            ? "Stopped. Execution "
                + execution
                + " is over; nobody saw whether it helped:\n  "
                + Invocation.verify(execution)
            : "Stopped. A step of execution "
                + execution
                + " may be under way, and goes on at the other side. Look, then go on:\n  "
                + Invocation.pending()
                + "\n  "
                + Invocation.resume(execution));
  }

  @Override
  public void close() {
    try {
      if (hooked) {
        Runtime.getRuntime().removeShutdownHook(hook);
      }
    } catch (IllegalStateException e) {
      // The process ends already, and the hook runs or has run.
      return;
    }
  }
}
