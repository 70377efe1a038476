package com.hotdash.ops.resolution;

import com.hotdash.ops.error.OpsException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/**
 * The journal and the locks of one execution, as the engine uses them. A store that is silent for
 * two seconds is left behind, and the execution says so. A journal that answers with an error is
 * left behind too where another stands by, and is an error where none does.
 */
final class Ledger {
  private final Engine engine;
  private final Stores stores;
  private final List<String> notes = new ArrayList<>();
  private Journal journal;
  private boolean fellBack;

  Ledger(Engine engine, boolean journalOverridden) {
    this.engine = engine;
    stores = engine.stores();
    journal = stores.journal();
    if (journalOverridden) {
      fallBack("the journal was overridden");
    }
  }

  synchronized List<String> notes() {
    return List.copyOf(notes);
  }

  synchronized void note(String words) {
    notes.add(words);
  }

  /** One line after another, also when steps are made side by side. */
  synchronized void append(JournalEntry entry) {
    write(entry);
    engine.audience().journalled(entry);
  }

  private void write(JournalEntry entry) {
    try {
      StoreCall.answer(() -> written(entry), stores.within(), late -> {});
    } catch (TimeoutException e) {
      fallBack("the journal in " + journal.place() + " was silent for " + millis());
      journal.append(entry);
    } catch (JournalException e) {
      if (!stores.hasStandby() || fellBack) {
        throw e;
      }
      fallBack("the journal in " + journal.place() + " failed: " + e.problem());
      journal.append(entry);
    }
  }

  private JournalEntry written(JournalEntry entry) {
    journal.append(entry);
    return entry;
  }

  /** Takes a lock; a store that cannot give an answer is replaced by the one that stands by. */
  Locks.Attempt lock(String resource, String holder) {
    try {
      return StoreCall.answer(
          () -> stores.locks().tryAcquire(resource, holder), stores.within(), Ledger::giveBack);
    } catch (TimeoutException e) {
      note("the lock store was silent for " + millis() + ": " + lockedElsewhere());
    } catch (OpsException e) {
      note("the lock store failed: " + e.problem() + ": " + lockedElsewhere());
    }
    return stores.standbyLocks().tryAcquire(resource, holder);
  }

  /** Asks the lock store something, and waits no longer for it than for anything else. */
  <T> T ask(Callable<T> question) throws TimeoutException {
    return StoreCall.answer(question, stores.within(), late -> {});
  }

  private static void giveBack(Locks.Attempt late) {
    if (late instanceof Locks.Attempt.Held held) {
      held.close();
    }
  }

  private String lockedElsewhere() {
    return stores.hasStandby() ? "locked by what stands by" : "locked within this process only";
  }

  private void fallBack(String why) {
    journal = stores.standbyJournal();
    fellBack = true;
    notes.add(
        stores.hasStandby()
            ? why
                + ": this execution is journalled in "
                + journal.place()
                + ", and what else is pending there was not seen"
            : why + ": this execution is journalled in memory only and ends with the process");
  }

  private String millis() {
    return stores.within().toMillis() + " ms";
  }
}
