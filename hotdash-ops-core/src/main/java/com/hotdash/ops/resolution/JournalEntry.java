package com.hotdash.ops.resolution;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of the journal. It holds no secret. */
public sealed interface JournalEntry {
  /**
   * Returns the execution that it tells of.
   *
   * @return the execution's id
   */
  String execution();

  /**
   * Returns when it was written.
   *
   * @return the time by our clock
   */
  Instant at();

  /**
   * A plan is about to be applied. Written before anything is changed.
   *
   * @param execution the execution's id
   * @param at when
   * @param digest the plan's digest
   * @param proposal the whole change
   * @param who who answers for it
   * @param because why
   * @param overrides the objections that were overridden, each with the reason given
   * @param undoes the execution that this one takes back, or {@code null}
   */
  record Started(
      String execution,
      Instant at,
      String digest,
      Proposal proposal,
      String who,
      String because,
      Map<String, String> overrides,
      @Nullable String undoes)
      implements JournalEntry {
    /** Checks what a line of another version may lack. */
    public Started {
      requireNonNull(proposal, "proposal");
      requireNonNull(digest, "digest");
    }
  }

  /**
   * A step is about to be made. Written before the step is sent.
   *
   * @param execution the execution's id
   * @param at when
   * @param step the step's index in the proposal, from 0
   * @param seen the target's fields as they were seen right before; empty in lines of versions that
   *     did not write them
   */
  record Intended(String execution, Instant at, int step, Map<String, String> seen)
      implements JournalEntry {
    /** Copies the fields, and takes none for what a line of another version lacks. */
    public Intended {
      seen = seen == null ? Map.of() : Map.copyOf(seen);
    }
  }

  /**
   * What a step is about to destroy. Written before the step's intent.
   *
   * @param execution the execution's id
   * @param at when it was read
   * @param step the step's index in the proposal, from 0
   * @param lines what was read, redacted
   */
  record Kept(String execution, Instant at, int step, List<String> lines) implements JournalEntry {
    /** Copies the lines. */
    public Kept {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A step has an outcome.
   *
   * @param execution the execution's id
   * @param at when
   * @param step the step's index in the proposal, from 0
   * @param outcome what became of it
   */
  record Made(String execution, Instant at, int step, StepOutcome outcome) implements JournalEntry {
    /** Checks what a line of another version may lack. */
    public Made {
      requireNonNull(outcome, "outcome");
    }
  }

  /**
   * An execution stopped with steps left, and waits to be resumed or given up.
   *
   * @param execution the execution's id
   * @param at when
   * @param why what stopped it
   */
  record Stopped(String execution, Instant at, String why) implements JournalEntry {}

  /**
   * Somebody goes on with an execution.
   *
   * @param execution the execution's id
   * @param at when
   * @param who who answers for it
   * @param because why
   */
  record Resumed(String execution, Instant at, String who, String because)
      implements JournalEntry {}

  /**
   * An execution is over.
   *
   * @param execution the execution's id
   * @param at when
   * @param how such as {@code all steps have an outcome} or {@code given up by sam: …}
   */
  record Ended(String execution, Instant at, String how) implements JournalEntry {}

  /**
   * The symptom was measured after an execution.
   *
   * @param execution the execution's id
   * @param at when
   * @param result what came of it
   * @param detail what was seen
   */
  record Verified(String execution, Instant at, Verification.Result result, String detail)
      implements JournalEntry {}
}
