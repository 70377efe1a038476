package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.ErrorGroup;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.logs.Sighting;
import com.hotdash.ops.logs.Trend;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.Onset;
import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What points to the cause of failing requests. */
public sealed interface ErrorSigns extends HighErrorRateFinding {
  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /**
   * How many machines are well.
   *
   * @param machines all of them
   * @param felt whether requests fail, or nobody can tell; else machines that fail are no trouble
   *     of this incident, unless none runs
   * @param evidence where it was seen
   */
  record Fleet(Machines machines, boolean felt, List<Evidence> evidence) implements ErrorSigns {
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
      if (machines.running().isEmpty()) {
        return Verdict.PROBLEM;
      }
      if (count(Machine.Health.FAILING) > 0 || crashed() > 0) {
        return felt ? Verdict.PROBLEM : Verdict.OK;
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
      implements ErrorSigns {
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
      var since = "errors since " + (onset.atOrBefore() ? "before " : "") + Stamp.of(onset.at());
      if (nearest == null || nearest.lag() == null) {
        return since + ", not near any change that was seen";
      }
      // The data has a grid of about a minute: what is nearer than that is neither before nor
      // after.
      return nearest.lag().toMinutes() == 0
          ? since + ", within a minute of " + nearest.what()
          : since + ", " + nearest.lag().toMinutes() + " min after " + nearest.what();
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
      implements ErrorSigns {
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
    public List<String> details() {
      return ErrorDetails.of(groups);
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
   * Errors in the log of which nobody can tell that they are new: a busy log reaches back a minute
   * or two, and what failed all the while looks steady in it. They are told, and no trouble by
   * themselves; while too many requests fail, they are what fails. Made only if there are any.
   *
   * @param groups the groups, the most frequent first; at least one
   * @param tooMany whether too many requests fail
   * @param log all that was read
   * @param evidence where it was seen
   */
  record SteadyErrors(
      List<ErrorGroup> groups, boolean tooMany, LogSummary log, List<Evidence> evidence)
      implements ErrorSigns {
    /** Copies the lists. */
    public SteadyErrors {
      groups = List.copyOf(groups);
      evidence = List.copyOf(evidence);
      if (groups.isEmpty()) {
        throw new IllegalArgumentException("steady errors without any group");
      }
    }

    @Override
    public String id() {
      return "errors.steady";
    }

    @Override
    public boolean symptom() {
      return false;
    }

    @Override
    public Severity weight() {
      return Severity.INFO;
    }

    @Override
    public Verdict verdict() {
      return tooMany ? Verdict.PROBLEM : Verdict.OK;
    }

    @Override
    public List<String> details() {
      return ErrorDetails.of(groups);
    }

    @Override
    public String summary() {
      return (tooMany ? "the log tells what fails: " : "logged all the while: ")
          + groups.size()
          + (groups.size() == 1 ? " kind of error" : " kinds of errors")
          + ", most often "
          + groups.get(0).toString().strip().replaceAll("\\s+", " ")
          + " ("
          + log.coverage()
          + ")";
    }
  }

  /**
   * A dependency that many of the logged errors tell of.
   *
   * @param sightings what was seen
   * @param share their share of the logged errors, 0 to 1
   * @param database whether it is the database
   * @param felt whether requests fail, errors are new and go on, or nobody can tell
   * @param evidence where it was seen
   */
  record Dependency(
      List<Sighting> sightings,
      double share,
      boolean database,
      boolean felt,
      List<Evidence> evidence)
      implements ErrorSigns {
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
      return felt ? Verdict.PROBLEM : Verdict.OK;
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
