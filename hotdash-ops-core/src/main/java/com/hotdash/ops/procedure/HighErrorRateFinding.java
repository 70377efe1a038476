package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.ErrorGroup;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.logs.Sighting;
import com.hotdash.ops.logs.Trend;
import com.hotdash.ops.metrics.Binomial;
import com.hotdash.ops.metrics.ErrorShare;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.Onset;
import com.hotdash.ops.platform.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether too many requests fail, since when, and what points to the cause. */
public sealed interface HighErrorRateFinding extends Finding {
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
      implements HighErrorRateFinding {
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
      implements HighErrorRateFinding {
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
      return verdict() == Verdict.UNKNOWN ? text + ": too few to tell" : text;
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
      implements HighErrorRateFinding {
    /** Copies the list. */
    public OwnProbes {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "errors.probes";
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

  /**
   * How many machines are well.
   *
   * @param machines all of them
   * @param evidence where it was seen
   */
  record Fleet(Machines machines, List<Evidence> evidence) implements HighErrorRateFinding {
    /** Copies the list. */
    public Fleet {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "errors.machines";
    }

    @Override
    public boolean symptom() {
      return false;
    }

    @Override
    public Severity weight() {
      return count(Machine.Health.HEALTHY) == 0 ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      if (machines.running().isEmpty() || count(Machine.Health.FAILING) > 0 || crashed() > 0) {
        return Verdict.PROBLEM;
      }
      return count(Machine.Health.UNKNOWN) > 0 ? Verdict.UNKNOWN : Verdict.OK;
    }

    /**
     * Counts machines.
     *
     * @param health how they are
     * @return how many
     */
    public long count(Machine.Health health) {
      return machines.all().stream().filter(each -> each.health() == health).count();
    }

    /**
     * Counts machines that are down by a crash.
     *
     * @return how many
     */
    public long crashed() {
      return machines.all().stream().filter(Machine::crashed).count();
    }

    /**
     * Returns whether running machines have more than one image.
     *
     * @return true after a deploy that went half the way
     */
    public boolean mixed() {
      return machines.imagesRunning().size() > 1;
    }

    @Override
    public String summary() {
      return machines.running().isEmpty()
          ? "no machine runs" + (crashed() > 0 ? ", " + crashed() + " crashed and are down" : "")
          : count(Machine.Health.HEALTHY)
              + " of "
              + machines.running().size()
              + " running machines pass their checks"
              + (count(Machine.Health.FAILING) > 0
                  ? ", " + count(Machine.Health.FAILING) + " fail them"
                  : "")
              + (crashed() > 0 ? ", " + crashed() + " more crashed and are down" : "")
              + (count(Machine.Health.UNKNOWN) > 0
                  ? ", " + count(Machine.Health.UNKNOWN) + " have not reported"
                  : "")
              + (mixed() ? "; they run " + machines.imagesRunning().size() + " images" : "");
    }
  }

  /**
   * Since when, and what was changed just before. Made only while there are too many errors.
   *
   * @param onset the beginning
   * @param nearest the change that explains it best, or {@code null} if none was seen near it
   * @param evidence where it was seen
   */
  record Began(Onset onset, @Nullable NearbyChange nearest, List<Evidence> evidence)
      implements HighErrorRateFinding {
    /** Copies the list. */
    public Began {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "errors.onset";
    }

    @Override
    public boolean symptom() {
      return false;
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      var since = "errors since " + (onset.atOrBefore() ? "before " : "") + onset.at();
      if (nearest == null || nearest.lag() == null) {
        return since + ", not near any change that was seen";
      }
      return since + ", " + nearest.lag().toMinutes() + " min after " + nearest.what();
    }
  }

  /**
   * Errors in the log that are new, rising, or began after a release. Made only if there are any; a
   * few of them are told and are no trouble by themselves.
   *
   * @param groups the groups, the most frequent first; at least one
   * @param least how many errors it takes to be a problem
   * @param at when it was looked; an error that was not seen for {@link #STOPPED} has stopped, and
   *     is told and no trouble any more
   * @param log all that was read
   * @param evidence where it was seen
   */
  record LoggedErrors(
      List<ErrorGroup> groups, int least, Instant at, LogSummary log, List<Evidence> evidence)
      implements HighErrorRateFinding {
    /** As long as the newest requests that decide: five minutes. */
    public static final Duration STOPPED = Duration.ofMinutes(5);

    /** Copies the lists. */
    public LoggedErrors {
      groups = List.copyOf(groups);
      evidence = List.copyOf(evidence);
      if (groups.isEmpty()) {
        throw new IllegalArgumentException("logged errors without any group");
      }
    }

    /** Whether a group points to something that happened just now. */
    static boolean recent(ErrorGroup group) {
      return group.beganAfter() != null
          || group.trend() == Trend.NEW
          || group.trend() == Trend.RISING;
    }

    @Override
    public String id() {
      return "errors.logged";
    }

    @Override
    public Severity weight() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return count() >= least ? Verdict.PROBLEM : Verdict.OK;
    }

    /**
     * Returns how many errors the groups hold that go on.
     *
     * @return the sum of their counts
     */
    public long count() {
      return groups.stream().filter(this::goesOn).mapToLong(ErrorGroup::count).sum();
    }

    /** One whose lines have no time may go on. */
    private boolean goesOn(ErrorGroup group) {
      return group.last() == null || !group.last().isBefore(at.minus(STOPPED));
    }

    private String howMany() {
      if (groups.stream().noneMatch(this::goesOn)) {
        return "none of them in the last " + STOPPED.toMinutes() + " min, ";
      }
      return verdict() == Verdict.OK ? "fewer than " + least + " in all, " : "";
    }

    @Override
    public String summary() {
      var first = groups.get(0);
      return groups.size()
          + (groups.size() == 1 ? " kind of error is" : " kinds of errors are")
          + " new or rising, "
          + howMany()
          + "most often "
          + first.toString().strip().replaceAll("\\s+", " ");
    }
  }

  /**
   * A dependency that many of the logged errors tell of.
   *
   * @param sightings what was seen
   * @param share their share of the logged errors, 0 to 1
   * @param database whether it is the database
   * @param evidence where it was seen
   */
  record Dependency(
      List<Sighting> sightings, double share, boolean database, List<Evidence> evidence)
      implements HighErrorRateFinding {
    /** Copies the lists. */
    public Dependency {
      sightings = List.copyOf(sightings);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return database ? "errors.database" : "errors.shop";
    }

    @Override
    public boolean symptom() {
      return false;
    }

    @Override
    public Severity weight() {
      return Severity.CRITICAL;
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      return percent(Math.min(1, share))
          + " of the logged errors tell of the "
          + (database ? "database" : "shop's interface")
          + ": "
          + sightings.get(0).toString().strip().replaceAll("\\s+", " ");
    }
  }
}
