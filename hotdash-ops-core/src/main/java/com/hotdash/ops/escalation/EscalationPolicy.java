package com.hotdash.ops.escalation;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.JournalException;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.time.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * When to stop trying and to call people: after so many attempts or so much time, at once if a
 * change did not cure what it was made for, and whenever nobody can say what is wrong.
 *
 * @param maxAttempts how many executions may be tried before people are called, at least 1
 * @param timeBox how long may be tried, more than zero
 */
public record EscalationPolicy(int maxAttempts, Duration timeBox) {
  /**
   * Two attempts, 30 minutes. The runbook says "try automated resolution" and names neither; what
   * two changes did not cure was not understood.
   */
  public static final EscalationPolicy DEFAULT = new EscalationPolicy(2, Duration.ofMinutes(30));

  /** Checks the bounds. */
  public EscalationPolicy {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException("maxAttempts is at least 1, not " + maxAttempts);
    }
    Limits.positive(timeBox, "timeBox");
  }

  /**
   * Whether to call people.
   *
   * @param due true to call them
   * @param because why, or what is left to try; as clauses
   */
  public record Decision(boolean due, List<String> because) {
    /** Copies the reasons. */
    public Decision {
      because = List.copyOf(because);
    }

    @Override
    public String toString() {
      return (due ? "ESCALATE: " : "go on: ") + String.join("; ", because);
    }
  }

  /**
   * Decides by what the journal tells of attempts. An undo is none.
   *
   * @param diagnosis what is found now
   * @param since when the incident began; what was executed before does not count
   * @param journal reads all that is journalled; what cannot be read is a reason to call people
   * @param now the time
   * @return the decision
   */
  public Decision decide(
      Diagnosis diagnosis, Instant since, Supplier<List<JournalEntry>> journal, Instant now) {
    if (diagnosis.verdict() == Verdict.OK) {
      return new Decision(false, List.of("nothing is wrong"));
    }
    var because = new ArrayList<String>();
    if (diagnosis.verdict() == Verdict.UNKNOWN) {
      because.add("nobody can say what is wrong: " + diagnosis.incident().title() + " is UNKNOWN");
    }
    var spent = Duration.between(since, now);
    if (spent.compareTo(timeBox) >= 0) {
      because.add(
          spent.toMinutes() + " min have passed, " + timeBox.toMinutes() + " min are allowed");
    }
    int attempts = 0;
    try {
      var tried = attempts(journal.get(), since);
      attempts = tried.size();
      if (attempts >= maxAttempts) {
        because.add(attempts + " attempts were made, " + maxAttempts + " are allowed");
      }
      tried.forEach((id, verified) -> judge(id, verified, because));
    } catch (JournalException e) {
      because.add("nobody can say how often it was tried: " + e.problem());
    }
    return because.isEmpty()
        ? new Decision(
            false,
            List.of(
                (maxAttempts - attempts) + " of " + maxAttempts + " attempts are left",
                timeBox.minus(spent).toMinutes() + " of " + timeBox.toMinutes() + " min are left"))
        : new Decision(true, because);
  }

  private static void judge(String execution, List<JournalEntry.Verified> of, List<String> into) {
    if (!of.isEmpty() && of.get(of.size() - 1).result() != Verification.Result.CURED) {
      var last = of.get(of.size() - 1);
      into.add("execution " + execution + " is " + last.result() + ": " + last.detail());
    }
  }

  private static Map<String, List<JournalEntry.Verified>> attempts(
      List<JournalEntry> entries, Instant since) {
    var all = new LinkedHashMap<String, List<JournalEntry.Verified>>();
    for (var entry : entries) {
      if (entry instanceof JournalEntry.Started started
          && started.undoes() == null
          && !started.at().isBefore(since)) {
        all.putIfAbsent(started.execution(), new ArrayList<>());
      } else if (entry instanceof JournalEntry.Verified verified) {
        all.computeIfPresent(
            verified.execution(),
            (id, before) -> {
              before.add(verified);
              return before;
            });
      }
    }
    return all;
  }

  @Override
  public String toString() {
    return "people are called after "
        + maxAttempts
        + " attempts or "
        + timeBox.toMinutes()
        + " min, at once if one did not cure, or nobody can say what is wrong";
  }
}
