package com.hotdash.ops.resolution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Where an engine journals and locks, and what stands by where those are silent or fail.
 *
 * @param hasStandby whether the host gave stores that stand by; else they end with the process
 * @param standbyJournal where an execution is journalled when the journal gives no answer
 * @param standbyLocks what locks when the lock store gives no answer
 * @param within how long a store may be silent
 */
record Stores(
    Journal journal,
    Locks locks,
    boolean hasStandby,
    Journal standbyJournal,
    Locks standbyLocks,
    Duration within) {

  /** Reads a part of what is journalled, in the journal and in the one that stands by. */
  List<JournalEntry> entries(Function<Journal, List<JournalEntry>> part) {
    try {
      var entries =
          new ArrayList<>(StoreCall.answer(() -> part.apply(journal), within, late -> {}));
      var beside = standbyJournal.entries();
      if (!beside.isEmpty()) {
        entries.addAll(beside);
        // Stable: what one journal holds stays in its order where the clock stood still.
        entries.sort(
            Comparator.comparing(JournalEntry::at)
                .thenComparing(entry -> !(entry instanceof JournalEntry.Started)));
      }
      // A store that was left behind as silent may have written all the same.
      return entries.stream().distinct().toList();
    } catch (TimeoutException e) {
      throw new JournalException(
          "read",
          "the journal in " + journal.place() + " was silent for " + within.toMillis() + " ms",
          "look whether another process holds it, or set HOTDASH_OPS_JOURNAL",
          null);
    }
  }

  /**
   * Reads what whoever goes on with a change needs to know: a journal that cannot be read does not
   * stand in its way where another stands by.
   */
  List<ExecutionRecord> recordsAtHand(Function<Journal, List<JournalEntry>> part) {
    try {
      return ExecutionRecord.fold(entries(part));
    } catch (JournalException e) {
      if (!hasStandby) {
        throw e;
      }
      return ExecutionRecord.fold(standbyJournal.entries());
    }
  }
}
