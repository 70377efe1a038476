package com.hotdash.ops.monitor;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watches what a change did, by looking again and again until all was well for long enough, or
 * broke, or the time was over. Only looks. Immutable and thread-safe.
 *
 * @param stable how long all must be well without a break, from zero to {@code within}
 * @param within how long to watch, more than zero
 * @param every how long to wait between two looks, more than zero and no less than a ten-thousandth
 *     of {@code within}
 */
public record Watch(Duration stable, Duration within, Duration every) {
  /**
   * Five minutes well, within a quarter of an hour, a look every 30 s: as long as the newest window
   * by which error shares are judged, so that nothing older than the change is left in it.
   */
  public static final Watch DEFAULT =
      new Watch(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofSeconds(30));

  /**
   * How many looks in a row must be bad after all was well; one alone may be a machine on its way.
   */
  private static final int BAD = 2;

  private static final int MOST_LOOKS = 10_000;

  /** Checks the bounds. */
  public Watch {
    if (stable.isNegative()
        || every.isNegative()
        || every.isZero()
        || within.isZero()
        || stable.compareTo(within) > 0
        || within.dividedBy(every) > MOST_LOOKS) {
      throw new IllegalArgumentException(
          "a watch looks every so often, 10,000 times at most, and is stable within its time");
    }
  }

  /**
   * Watches for so long, and calls it stable when all was well for a third of that.
   *
   * @param duration how long to watch, at least 3 s
   * @return the watch
   */
  public static Watch of(Duration duration) {
    var every = duration.dividedBy(30);
    return new Watch(
        duration.dividedBy(3),
        duration,
        every.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : every);
  }

  /** What came of watching. */
  public enum Result {
    /** All was well for as long as was asked. */
    STABLE,
    /** It is a problem: it became one, or never ceased to be. */
    BROKE,
    /** Nobody could look for long enough to say. */
    INCONCLUSIVE
  }

  /**
   * One look.
   *
   * @param at when
   * @param verdict what it came to
   * @param detail what was seen, as a clause; redacted
   */
  public record Sample(Instant at, Verdict verdict, String detail) {}

  /**
   * What was seen.
   *
   * @param result what it comes to
   * @param detail why, as a clause
   * @param samples the looks, oldest first
   * @param execution the execution that was watched, or {@code null} if none was named
   */
  public record Outcome(
      Result result, String detail, List<Sample> samples, @Nullable String execution) {
    /** Copies the samples. */
    public Outcome {
      samples = List.copyOf(samples);
    }

    /**
     * Returns the line to type next.
     *
     * @return the undo of what broke; empty if nothing is to be taken back, or nobody said what was
     *     watched
     */
    public String next() {
      return result == Result.BROKE && execution != null ? "ops.undo(\"" + execution + "\")" : "";
    }

    @Override
    public String toString() {
      return result
          + ": "
          + detail
          + " ("
          + samples.size()
          + " looks)"
          + (next().isEmpty() ? "" : "\nnext: " + next());
    }
  }

  /**
   * Watches. The calling thread waits; an interrupt ends the watch with what was seen so far.
   *
   * @param look looks once, by a deadline; one that throws is one that could not look
   * @param execution the execution that is watched, for the undo, or {@code null}
   * @param time the time
   * @param redactor takes credentials out of what is kept of each look
   * @return what was seen
   */
  public Outcome run(
      Function<Deadline, Diagnosis> look,
      @Nullable String execution,
      Time time,
      Redactor redactor) {
    var deadline = time.deadline(within);
    var samples = new ArrayList<Sample>();
    Deadline calm = null;
    boolean wasWell = false;
    int bad = 0;
    while (true) {
      var sample = sample(look, deadline, time, redactor);
      samples.add(sample);
      calm = sample.verdict() != Verdict.OK ? null : calm == null ? calm(time) : calm;
      bad = sample.verdict() == Verdict.PROBLEM ? bad + 1 : 0;
      wasWell |= sample.verdict() == Verdict.OK;
      if (calm != null && calm.expired()) {
        return outcome(Result.STABLE, "well for " + text(stable), samples, execution);
      }
      if (wasWell && bad >= BAD) {
        return outcome(
            Result.BROKE, "it was well, and is no more: " + sample.detail(), samples, execution);
      }
      var left = deadline.remaining();
      boolean over = left.compareTo(every) <= 0;
      if (over || !time.await(every)) {
        return ended(sample, samples, execution, over);
      }
    }
  }

  /** Zero is stable at the first good look. */
  private Deadline calm(Time time) {
    return stable.isZero()
        ? time.deadline(Duration.ofNanos(1)).within(Duration.ZERO)
        : time.deadline(stable);
  }

  private Outcome ended(
      Sample last, List<Sample> samples, @Nullable String execution, boolean over) {
    var why = over ? text(within) + " are over" : "interrupted";
    return last.verdict() == Verdict.PROBLEM && over
        ? outcome(Result.BROKE, why + ", and it is a problem: " + last.detail(), samples, execution)
        : outcome(
            Result.INCONCLUSIVE,
            why + ", and it was not well for " + text(stable) + "; last: " + last.detail(),
            samples,
            execution);
  }

  private static Outcome outcome(
      Result result, String detail, List<Sample> samples, @Nullable String execution) {
    return new Outcome(result, detail, samples, execution);
  }

  private static Sample sample(
      Function<Deadline, Diagnosis> look, Deadline deadline, Time time, Redactor redactor) {
    try {
      var diagnosis = look.apply(deadline);
      var detail =
          diagnosis.findings().stream()
              .filter(finding -> finding.verdict() == diagnosis.verdict())
              .map(finding -> finding.summary())
              .findFirst()
              .orElse("not everything could be looked at");
      return new Sample(time.now(), diagnosis.verdict(), redactor.redact(detail));
    } catch (RuntimeException e) {
      // One look that breaks is one in which nothing was seen; the next may be better.
      return new Sample(time.now(), Verdict.UNKNOWN, redactor.redact("the look broke off: " + e));
    }
  }

  private static String text(Duration duration) {
    return duration.toSeconds() % 60 == 0
        ? duration.toMinutes() + " min"
        : duration.toSeconds() + " s";
  }
}
