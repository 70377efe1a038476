package com.hotdash.ops.resolution;

import com.hotdash.ops.text.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was done about a plan, step by step, and what was not. Immutable and thread-safe. */
public final class Execution {
  private final Engine engine;
  private final JournalEntry.Started started;
  private final List<StepResult> results;
  private final @Nullable String stopped;
  private final List<String> notes;
  private final Instant lastWrite;

  Execution(
      Engine engine,
      JournalEntry.Started started,
      List<StepResult> results,
      @Nullable String stopped,
      List<String> notes,
      Instant lastWrite) {
    this.engine = engine;
    this.started = started;
    this.results = List.copyOf(results);
    this.stopped = stopped;
    this.notes = List.copyOf(notes);
    this.lastWrite = lastWrite;
  }

  /**
   * Returns the execution's id, by which the journal knows it.
   *
   * @return the id
   */
  public String id() {
    return started.execution();
  }

  /**
   * Returns the change that was executed.
   *
   * @return the change as data
   */
  public Proposal proposal() {
    return started.proposal();
  }

  /**
   * Returns every step of the plan, and how far it got.
   *
   * @return the results, in the order of the plan
   */
  public List<StepResult> results() {
    return results;
  }

  /**
   * Returns how many steps were made.
   *
   * @return the number
   */
  public int done() {
    return (int) results.stream().filter(StepResult::done).count();
  }

  /**
   * Returns why steps are left that were not begun or whose outcome is unknown.
   *
   * @return the reason, or empty if the execution is over
   */
  public Optional<String> stopped() {
    return Optional.ofNullable(stopped);
  }

  /**
   * Returns what a person should know about how it was done, such as a fall back to another
   * journal.
   *
   * @return the notes
   */
  public List<String> notes() {
    return notes;
  }

  /**
   * Measures the symptom on data younger than the change, with the patience that was configured,
   * else with the change's own.
   *
   * @return the verification
   */
  public Verification verify() {
    return engine.verify(this, engine.patience(proposal()));
  }

  /**
   * Measures the symptom on data younger than the change.
   *
   * @param patience how long to look
   * @return the verification
   */
  public Verification verify(Verification.Patience patience) {
    return engine.verify(this, patience);
  }

  /**
   * Plans to take back the steps that were made, last first. A step is taken back only while its
   * target is as the step left it.
   *
   * @return the plan; its steps are those that can be taken back, and it says which can't
   * @throws PlanException if nothing was made that can be taken back
   */
  public Plan undo() {
    return engine.undo(id());
  }

  @Nullable String undoes() {
    return started.undoes();
  }

  Instant lastWrite() {
    return lastWrite;
  }

  /**
   * Returns the execution as a page, for reports.
   *
   * @return the page
   */
  public Page page() {
    return Pages.of(this);
  }

  @Override
  public String toString() {
    return page().toText(Page.DEFAULT_WIDTH);
  }
}
