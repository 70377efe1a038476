package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Finding;
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
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Whether too many requests fail, since when, and what points to the cause. */
public sealed interface HighErrorRateFinding extends Finding {
  private static Severity ifProblem(Finding finding, Severity severity) {
    return finding.verdict() == Verdict.PROBLEM ? severity : Severity.INFO;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /**
   * The share of answers with a 5xx status.
   *
   * @param traffic what was seen of requests
   * @param threshold the share that is still good
   * @param evidence where it was seen
   */
  record ErrorRate(Traffic traffic, double threshold, List<Evidence> evidence)
      implements HighErrorRateFinding {
    private static final Duration RECENT = Duration.ofMinutes(5);

    /** Copies the list. */
    public ErrorRate {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "errors.share";
    }

    @Override
    public Severity severity() {
      boolean most = share() > 0.5 || (risen() && share(recent()) > 0.5);
      return ifProblem(this, most ? Severity.CRITICAL : Severity.WARNING);
    }

    @Override
    public Verdict verdict() {
      var whole = Binomial.judge(traffic.errors(), traffic.requests(), threshold);
      return risen() ? Verdict.PROBLEM : whole;
    }

    /** Whether the last minutes are bad by themselves: half an hour before would hide them. */
    private boolean risen() {
      var recent = recent();
      return Binomial.judge(recent.errors(), recent.requests(), threshold) == Verdict.PROBLEM;
    }

    private Traffic recent() {
      return traffic.last(RECENT);
    }

    /**
     * Returns the share.
     *
     * @return 0 to 1, or NaN if there was no request
     */
    public double share() {
      return share(traffic);
    }

    private static double share(Traffic seen) {
      return seen.errors() / seen.requests();
    }

    @Override
    public String summary() {
      return traffic.requests() > 0
          ? String.format(
              Locale.ROOT,
              "%s of %,.0f answers are 5xx%s, %s is too much",
              percent(share()),
              traffic.requests(),
              risen() && share(recent()) > share()
                  ? ", " + percent(share(recent())) + " in the last " + RECENT.toMinutes() + " min"
                  : "",
              percent(threshold))
          : "no request was seen: that is not 0 % errors";
    }
  }

  /**
   * The share of requests that failed by the application's own count, taken where the platform's
   * was not to be had. It knows nothing of requests that never reached the application.
   *
   * @param share the count, of all machines that could be compared
   * @param threshold the share that is still good
   * @param evidence where it was seen
   */
  record AppErrors(ErrorShare share, double threshold, List<Evidence> evidence)
      implements HighErrorRateFinding {
    /** Copies the list. */
    public AppErrors {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "errors.app-share";
    }

    @Override
    public Severity severity() {
      return ifProblem(this, share.share() > 0.5 ? Severity.CRITICAL : Severity.WARNING);
    }

    @Override
    public Verdict verdict() {
      return share.verdict(threshold);
    }

    @Override
    public String summary() {
      return share.total() > 0
          ? String.format(
              Locale.ROOT,
              "%s of %,.0f requests failed by the application's own count in %d s, %s is too much%s",
              percent(share.share()),
              share.total(),
              share.window().toSeconds(),
              percent(threshold),
              share.complete() ? "" : "; not all of it was seen")
          : "the application counted no request: that is not 0 % errors";
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
    public Severity severity() {
      return ifProblem(
          this, count(Machine.Health.HEALTHY) == 0 ? Severity.CRITICAL : Severity.WARNING);
    }

    @Override
    public Verdict verdict() {
      if (machines.running().isEmpty() || count(Machine.Health.FAILING) > 0) {
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
          ? "no machine runs"
          : count(Machine.Health.HEALTHY)
              + " of "
              + machines.running().size()
              + " running machines pass their checks"
              + (count(Machine.Health.FAILING) > 0
                  ? ", " + count(Machine.Health.FAILING) + " fail them"
                  : "")
              + (count(Machine.Health.UNKNOWN) > 0
                  ? ", " + count(Machine.Health.UNKNOWN) + " have not reported"
                  : "")
              + (mixed() ? "; they run " + machines.imagesRunning().size() + " images" : "");
    }
  }

  /**
   * Since when, and what was released just before. Made only while there are too many errors.
   *
   * @param onset the beginning
   * @param evidence where it was seen
   */
  record Began(Onset onset, List<Evidence> evidence) implements HighErrorRateFinding {
    /** Copies the list. */
    public Began {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "errors.onset";
    }

    @Override
    public Severity severity() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      var since = "errors since " + (onset.atOrBefore() ? "before " : "") + onset.at();
      var release = onset.release();
      if (release == null || onset.strength() == Onset.Strength.NONE) {
        return since + ", not near any release";
      }
      return since
          + ", "
          + Objects.requireNonNull(onset.lag()).toMinutes()
          + " min after "
          + release.label()
          + " of "
          + release.by();
    }
  }

  /**
   * Errors in the log that are new, rising, or began after a release. Made only if there are any.
   *
   * @param groups the groups, the most frequent first
   * @param log all that was read
   * @param evidence where it was seen
   */
  record LoggedErrors(List<ErrorGroup> groups, LogSummary log, List<Evidence> evidence)
      implements HighErrorRateFinding {
    /** Copies the lists. */
    public LoggedErrors {
      groups = List.copyOf(groups);
      evidence = List.copyOf(evidence);
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
    public Severity severity() {
      return Severity.WARNING;
    }

    @Override
    public Verdict verdict() {
      return Verdict.PROBLEM;
    }

    @Override
    public String summary() {
      var first = groups.get(0);
      return groups.size()
          + (groups.size() == 1 ? " kind of error is" : " kinds of errors are")
          + " new or rising, most often "
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
    public Severity severity() {
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
