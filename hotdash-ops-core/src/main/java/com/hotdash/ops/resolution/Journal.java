package com.hotdash.ops.resolution;

import java.time.Instant;
import java.util.List;

/** What was done, written before and after it is done. Implementations are thread-safe. */
public interface Journal {
  /**
   * Adds an entry. When this returns, the entry outlives a crash of the process, as far as the
   * journal's kind can promise.
   *
   * @param entry the entry
   * @throws JournalException if it could not be written
   */
  void append(JournalEntry entry);

  /**
   * Reads all entries, oldest first. A line that a crash left half written is passed over.
   *
   * @return the entries
   * @throws JournalException if they could not be read
   */
  List<JournalEntry> entries();

  /**
   * Tells where it is kept.
   *
   * @return such as {@code memory} or a file's path
   */
  String place();

  /**
   * Finds the executions that were begun and are not over: they crashed, were stopped, or have a
   * step of which nobody knows whether it was made.
   *
   * @return one record each, oldest first
   */
  default List<ExecutionRecord> pending() {
    return ExecutionRecord.fold(entries()).stream().filter(ExecutionRecord::pending).toList();
  }

  /**
   * Finds all that was done.
   *
   * @param since leaves out executions that began before
   * @return one record each, oldest first
   */
  default List<ExecutionRecord> history(Instant since) {
    return ExecutionRecord.fold(entries()).stream()
        .filter(record -> !record.started().at().isBefore(since))
        .toList();
  }

  /**
   * Finds what was done to a target.
   *
   * @param target the target of a plan or of a step
   * @param since leaves out executions that began before
   * @return one record each, oldest first
   */
  default List<ExecutionRecord> history(Target target, Instant since) {
    return ExecutionRecord.fold(entries()).stream()
        .filter(record -> record.concerns(target, since))
        .toList();
  }
}
