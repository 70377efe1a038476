package com.hotdash.ops.resolution;

import com.hotdash.ops.time.Stamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the journal tells of one execution.
 *
 * @param started how it began
 * @param intended the steps that were about to be made, by index
 * @param outcomes what became of steps, by index
 * @param ended how it ended, or {@code null} if it has not
 * @param stopped what stopped it last, or {@code null} if nothing did
 * @param kept what was read before steps that destroy it, by index
 * @param seen the fields of steps' targets as they were right before, by index
 * @param lastWrite when a step was made or begun last; when it began, if none was
 */
public record ExecutionRecord(
    JournalEntry.Started started,
    List<Integer> intended,
    Map<Integer, StepOutcome> outcomes,
    @Nullable String ended,
    @Nullable String stopped,
    Map<Integer, List<String>> kept,
    Map<Integer, Map<String, String>> seen,
    Instant lastWrite) {
  /** Copies the collections. */
  public ExecutionRecord {
    intended = List.copyOf(intended);
    outcomes = Map.copyOf(outcomes);
    kept = Map.copyOf(kept);
    seen = Map.copyOf(seen);
  }

  /**
   * Returns the execution's id.
   *
   * @return the id
   */
  public String id() {
    return started.execution();
  }

  /**
   * Returns whether it waits to be resumed or given up.
   *
   * @return true if it is not over
   */
  public boolean pending() {
    return ended == null;
  }

  /**
   * Returns what became of a step.
   *
   * @param step the step's index, the first is 0
   * @return the outcome, uncertain if it was about to be made and nobody wrote what came of it, or
   *     empty if it was not begun
   */
  public Optional<StepOutcome> outcome(int step) {
    var outcome = outcomes.get(step);
    if (outcome == null && intended.contains(step)) {
      return Optional.of(
          StepOutcome.uncertain("it was about to be made when the journal breaks off"));
    }
    return Optional.ofNullable(outcome);
  }

  /** Returns what a step's target was like right before, as far as anybody wrote it down. */
  TargetState before(int step) {
    var fields = seen.getOrDefault(step, Map.of());
    return fields.isEmpty() ? TargetState.GONE : TargetState.of(fields);
  }

  boolean concerns(Target target, Instant since) {
    return !started.at().isBefore(since) && concerns(target);
  }

  boolean concerns(Target target) {
    return same(target, started.proposal().target())
        || started.proposal().steps().stream().anyMatch(step -> same(target, step.target()));
  }

  static boolean same(Target a, Target b) {
    return a.kind().equals(b.kind()) && a.id().equals(b.id());
  }

  static List<ExecutionRecord> fold(List<JournalEntry> entries) {
    var open = new LinkedHashMap<String, Folding>();
    for (var entry : entries) {
      if (entry instanceof JournalEntry.Started begun) {
        open.putIfAbsent(begun.execution(), new Folding(begun));
      } else {
        open.computeIfPresent(entry.execution(), (id, folding) -> folding.add(entry));
      }
    }
    return open.values().stream().map(Folding::toRecord).toList();
  }

  private static final class Folding {
    private final JournalEntry.Started started;
    private final TreeSet<Integer> intended = new TreeSet<>();
    private final Map<Integer, StepOutcome> outcomes = new TreeMap<>();
    private final Map<Integer, List<String>> kept = new TreeMap<>();
    private final Map<Integer, Map<String, String>> seen = new TreeMap<>();
    private @Nullable String ended;
    private @Nullable String stopped;
    private Instant lastWrite;

    Folding(JournalEntry.Started started) {
      this.started = started;
      lastWrite = started.at();
    }

    Folding add(JournalEntry entry) {
      if (entry instanceof JournalEntry.Intended || entry instanceof JournalEntry.Made) {
        lastWrite = entry.at().isAfter(lastWrite) ? entry.at() : lastWrite;
      }
      if (entry instanceof JournalEntry.Intended intent) {
        intended.add(intent.step());
        seen.put(intent.step(), intent.seen());
        // A step that is made again has no outcome until it is written anew.
        outcomes.remove(intent.step());
      } else if (entry instanceof JournalEntry.Kept lines) {
        kept.put(lines.step(), lines.lines());
      } else if (entry instanceof JournalEntry.Made made) {
        outcomes.put(made.step(), made.outcome());
      } else if (entry instanceof JournalEntry.Stopped stop) {
        stopped = stop.why();
      } else if (entry instanceof JournalEntry.Ended end) {
        ended = end.how();
      }
      return this;
    }

    ExecutionRecord toRecord() {
      return new ExecutionRecord(
          started, new ArrayList<>(intended), outcomes, ended, stopped, kept, seen, lastWrite);
    }
  }

  @Override
  public String toString() {
    var proposal = started.proposal();
    var text =
        new StringBuilder("execution ")
            .append(id())
            .append(" of ")
            .append(proposal.action())
            .append(" on ")
            .append(proposal.target())
            .append(" by ")
            .append(started.who())
            .append(" at ")
            .append(Stamp.of(started.at()))
            .append(pending() ? ": PENDING" : ": " + ended);
    if (pending() && stopped != null) {
      text.append(", ").append(stopped);
    }
    for (int i = 0; i < proposal.steps().size(); i++) {
      text.append("\n  ").append(proposal.steps().get(i)).append(": ");
      text.append(outcome(i).map(made -> made.status() + ", " + made.detail()).orElse("not begun"));
      kept.getOrDefault(i, List.of()).forEach(line -> text.append("\n    kept: ").append(line));
    }
    return text.toString();
  }
}
