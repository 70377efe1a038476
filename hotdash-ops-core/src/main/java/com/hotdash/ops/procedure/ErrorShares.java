package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.metrics.Binomial;
import com.hotdash.ops.metrics.ErrorShare;
import com.hotdash.ops.platform.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How many requests fail, by whoever counts them. */
public sealed interface ErrorShares extends HighErrorRateFinding {
  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /**
   * The share of answers with a 5xx status, as the platform saw them. The newest five minutes
   * decide; where their counts cannot, the newest 15 do, then 60. A share that no window can tell
   * from the threshold is unknown, however good it looks.
   *
   * @param traffic what was seen of requests, an hour of it where there is so much
   * @param threshold the share that is still good
   * @param evidence where it was seen
   */
  record ErrorRate(Traffic traffic, double threshold, List<Evidence> evidence)
      implements ErrorShares {
    /** Copies the list. */
    public ErrorRate {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "errors.share";
    }

    @Override
    public Severity weight() {
      return share() > 0.5 ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return widening().verdict();
    }

    private Widening widening() {
      return Widening.of(traffic, threshold);
    }

    /**
     * Returns the share over the {@link #window} that decided.
     *
     * @return 0 to 1, or NaN if there was no request
     */
    public double share() {
      return widening().last().share();
    }

    /**
     * Returns the window that decided, or the longest that did not.
     *
     * @return 5, 15 or 60 minutes, or less where the history is shorter
     */
    public Duration window() {
      return widening().last().window();
    }

    @Override
    public String summary() {
      var widening = widening();
      var last = widening.last();
      if (widening.verdict() == Verdict.UNKNOWN) {
        return last.requests() > 0
            ? "too few requests to tell: "
                + widening.counts()
                + " ended with 5xx; more than "
                + percent(threshold)
                + " is too much"
            : "no request was seen in " + last.time() + ": that is not 0 % errors";
      }
      if (last.errors() == 0) {
        return String.format(
            Locale.ROOT,
            "none of %,.0f answers in %s is 5xx%s",
            last.requests(),
            last.time(),
            was());
      }
      return String.format(
          Locale.ROOT,
          "%s of %,.0f answers in %s are 5xx, more than %s is too much%s",
          percent(last.share()),
          last.requests(),
          last.time(),
          percent(threshold),
          widening.verdict() == Verdict.OK ? was() : "");
    }

    /** What is over is no problem, and whoever was called for it wants to know. */
    private String was() {
      double all = traffic.errors() / traffic.requests();
      return all > threshold
          ? String.format(
              Locale.ROOT,
              "; it was: %s over the last %d min",
              percent(all),
              traffic.step().multipliedBy(traffic.points().size()).toMinutes())
          : "";
    }
  }

  /**
   * The share of requests that the application's own counters tell of, user traffic only. Looked at
   * where the platform's numbers cannot decide. It never stands for them: requests that did not
   * reach the application are not in it, so that it can only ever add a problem.
   *
   * @param now what grew between two scrapes of our own, some seconds
   * @param sinceStart what grew since the processes began, if that is at most an hour ago; {@code
   *     null} if they are older or do not tell: totals of days show nothing of now
   * @param threshold the share that is still good
   * @param evidence where it was seen
   */
  record ApplicationErrors(
      ErrorShare now, @Nullable ErrorShare sinceStart, double threshold, List<Evidence> evidence)
      implements ErrorShares {
    /** Copies the list. */
    public ApplicationErrors {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "errors.application";
    }

    @Override
    public Severity weight() {
      return deciding().share() > 0.5 ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return deciding().verdict(threshold);
    }

    /** The shorter window where it decides, else the longer. */
    private ErrorShare deciding() {
      return sinceStart == null || now.verdict(threshold) != Verdict.UNKNOWN ? now : sinceStart;
    }

    @Override
    public String summary() {
      var text = "the application's own counters: " + counts(now);
      if (sinceStart != null) {
        text += ", " + counts(sinceStart) + " since its processes began";
      }
      return verdict() == Verdict.UNKNOWN ? text + ": too few to tell" : text + worst();
    }

    private String worst() {
      return deciding().routes().stream()
          .filter(each -> each.errors() > 0)
          .findFirst()
          .map(
              each ->
                  String.format(
                      Locale.ROOT,
                      ", most on %s (%,.0f)",
                      Figures.cut(each.route().isEmpty() ? "no route" : each.route(), 30),
                      each.errors()))
          .orElse("");
    }

    private static String counts(ErrorShare share) {
      return share.total() > 0
          ? String.format(
              Locale.ROOT,
              "%,.0f of %,.0f requests in %d s failed",
              share.errors(),
              share.total(),
              share.window().toSeconds())
          : "no request in " + share.window().toSeconds() + " s";
    }
  }

  /**
   * What our own requests to the health endpoints met. Counted apart and never as traffic of users:
   * they touch no page that a user sees, so that all is well with them proves nothing; that they
   * fail does.
   *
   * @param asked how many were made and could be judged
   * @param failed how many ended with a server error or without an answer
   * @param threshold the share that is still good
   * @param evidence where it was seen
   */
  record OwnProbes(int asked, int failed, double threshold, List<Evidence> evidence)
      implements ErrorShares {
    /** Copies the list. */
    public OwnProbes {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "errors.probes";
    }

    /** The failing checks are a symptom of another incident. */
    @Override
    public boolean symptom() {
      return false;
    }

    @Override
    public Severity weight() {
      return failed == asked ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return Binomial.judge(failed, asked, threshold) == Verdict.PROBLEM
          ? Verdict.PROBLEM
          : Verdict.UNKNOWN;
    }

    @Override
    public String summary() {
      return failed
          + " of "
          + asked
          + " own probes of the health endpoints failed; they are no traffic of users";
    }
  }
}
