package com.hotdash.ops.resolution;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

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
   * Reads the entries of executions that may be pending, oldest first: all but those of executions
   * that began and ended here. What began in another journal may have ended in this one.
   *
   * @return the entries
   * @throws JournalException if they could not be read
   */
  default List<JournalEntry> open() {
    var all = entries();
    var begun = new HashSet<String>();
    var over = new HashSet<String>();
    for (var entry : all) {
      if (entry instanceof JournalEntry.Started) {
        begun.add(entry.execution());
      } else if (entry instanceof JournalEntry.Ended) {
        over.add(entry.execution());
      }
    }
    over.retainAll(begun);
    return all.stream().filter(entry -> !over.contains(entry.execution())).toList();
  }

  /**
   * Reads the entries of one execution, oldest first.
   *
   * @param execution its id
   * @return the entries; empty if there is no such execution
   * @throws JournalException if they could not be read
   */
  default List<JournalEntry> of(String execution) {
    return entries().stream().filter(entry -> entry.execution().equals(execution)).toList();
  }

  /**
   * Tells that the journal is not there, so that its having no entries is not taken for a good
   * sign: it may be named wrongly. The first entry makes it. Default: it is there.
   *
   * @return such as {@code there is no file /var/ops/journal.jsonl}; empty if it is there
   */
  default Optional<String> absent() {
    return Optional.empty();
  }

  /**
   * Tells what would keep an entry from being written, as far as can be told without writing one.
   * Default: nothing is known to.
   *
   * @return such as {@code /var/ops is no directory that can be written}; empty if nothing is seen
   */
  default Optional<String> unwritable() {
    return Optional.empty();
  }

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
    return ExecutionRecord.fold(open()).stream().filter(ExecutionRecord::pending).toList();
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
