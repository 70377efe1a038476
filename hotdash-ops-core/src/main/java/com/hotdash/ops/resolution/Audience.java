package com.hotdash.ops.resolution;

import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.text.Page;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who hears of a change: whoever waits for it, of each line as it is journalled, and the witness,
 * who tells others, of its three turns with a page for each. Whoever listens must not stop it.
 */
final class Audience {
  private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

  private final Consumer<JournalEntry> progress;
  private final Witness witness;
  private final Redactor redactor;

  Audience(Consumer<JournalEntry> progress, Witness witness, Redactor redactor) {
    this.progress = progress;
    this.witness = witness;
    this.redactor = redactor;
  }

  void journalled(JournalEntry entry) {
    try {
      progress.accept(entry);
    } catch (RuntimeException e) { // A listener that breaks must not break off a change half way.
      LOG.warn("a listener broke [entry={}]", entry.getClass().getSimpleName());
    }
  }

  /** Without the plan's objections, for which the journal would be read once more. */
  void begun(JournalEntry.Started started) {
    var proposal = started.proposal();
    tell(
        started.who() + " applies a plan, execution " + started.execution(),
        Page.builder()
            .fact("Why", started.because())
            .fact("Target", proposal.target().label())
            .fact("Plan", started.digest() + ", " + proposal.action())
            .bullets(proposal.steps().stream().map(Step::toString).toList())
            .build());
  }

  void ended(Execution execution) {
    tell("Execution " + execution.id() + ": " + execution.done() + " steps made", execution.page());
  }

  void measured(Execution execution, Verification verification) {
    tell(
        "Execution " + execution.id() + ", measured: " + verification.result(),
        verification.page());
  }

  private void tell(String words, Page page) {
    try {
      witness.hears(redactor.redact(words), page.redacted(redactor));
    } catch (RuntimeException e) { // Whoever listens broke its word; the cure goes on.
      LOG.warn("witness failed [words={} failure={}]", redactor.redact(words), e.getClass());
    }
  }
}
