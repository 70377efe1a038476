package com.hotdash.ops.resolution;

import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The journal and the locks of one execution, as the engine uses them: a store that is silent for
 * two seconds is left behind, and the execution says so. A store that answers with an error is an
 * error.
 */
final class Ledger {
  private static final Duration SILENT_AFTER = Duration.ofSeconds(2);

  private final Time time;
  private final Locks locks;
  private final Locks ownLocks;
  private final List<String> notes = new ArrayList<>();
  private Journal journal;

  Ledger(Engine engine, boolean journalOverridden) {
    time = engine.time();
    locks = engine.locks();
    ownLocks = engine.ownLocks();
    journal = engine.journal();
    if (journalOverridden) {
      fallBack("the journal was overridden");
    }
  }

  List<String> notes() {
    return notes;
  }

  Time time() {
    return time;
  }

  void append(JournalEntry entry) {
    try {
      answer(
          () -> {
            journal.append(entry);
            return entry;
          });
    } catch (TimeoutException e) {
      fallBack("the journal in " + journal.place() + " was silent for 2 s");
      journal.append(entry);
    }
  }

  Locks.Attempt lock(String resource, String holder) {
    try {
      return answer(() -> locks.tryAcquire(resource, holder));
    } catch (TimeoutException e) {
      notes.add("the lock store was silent for 2 s: locked within this process only");
      return ownLocks.tryAcquire(resource, holder);
    }
  }

  private void fallBack(String why) {
    notes.add(why + ": this execution is journalled in memory only and ends with the process");
    journal = new MemoryJournal();
  }

  /**
   * Waits for a store on a thread of its own. An interrupt of the caller waits until the store has
   * answered: a half written line would be worse.
   */
  private static <T> T answer(Callable<T> call) throws TimeoutException {
    var task = new FutureTask<>(call);
    var thread = new Thread(task, "hotdash-ops-store");
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return task.get(SILENT_AFTER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("a store threw a checked exception", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
