package com.hotdash.ops.resolution;

import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * The journal and the locks of one execution, as the engine uses them: a store that is silent for
 * two seconds is left behind, and the execution says so. A store that answers with an error is an
 * error.
 */
final class Ledger {
  private final Time time;
  private final Locks locks;
  private final Locks ownLocks;
  private final Journal ownJournal;
  private final Duration storeWithin;
  private final List<String> notes = new ArrayList<>();
  private Journal journal;

  Ledger(Engine engine, boolean journalOverridden) {
    time = engine.time();
    locks = engine.locks();
    ownLocks = engine.ownLocks();
    ownJournal = engine.ownJournal();
    storeWithin = engine.storeWithin();
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
      StoreCall.answer(
          () -> {
            journal.append(entry);
            return entry;
          },
          storeWithin);
    } catch (TimeoutException e) {
      fallBack(
          "the journal in "
              + journal.place()
              + " was silent for "
              + storeWithin.toMillis()
              + " ms");
      journal.append(entry);
    }
  }

  Locks.Attempt lock(String resource, String holder) {
    try {
      return StoreCall.answer(() -> locks.tryAcquire(resource, holder), storeWithin);
    } catch (TimeoutException e) {
      notes.add(
          "the lock store was silent for "
              + storeWithin.toMillis()
              + " ms: locked within this process only");
      return ownLocks.tryAcquire(resource, holder);
    }
  }

  private void fallBack(String why) {
    notes.add(why + ": this execution is journalled in memory only and ends with the process");
    journal = ownJournal;
  }
}
