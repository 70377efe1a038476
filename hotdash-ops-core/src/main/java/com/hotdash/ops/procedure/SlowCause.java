package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.SlowOperation;
import com.hotdash.ops.metrics.ApiCalls;
import com.hotdash.ops.metrics.CacheHits;
import com.hotdash.ops.metrics.ProcessSignals;
import com.hotdash.ops.platform.AnswerTimes;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineResources;
import com.hotdash.ops.shop.ShopAnswer;
import com.hotdash.ops.shop.ShopTrouble;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that makes answers slow, if they are. While answers are quick it is told and is no
 * problem here: what it is by itself other incidents tell.
 */
public sealed interface SlowCause extends SlowResponseTimesFinding
    permits SlowCause.EdgeAlone,
        SlowCause.ColdStarts,
        SlowCause.HeldBack,
        SlowCause.BusyEventLoop,
        SlowCause.Operations,
        SlowCause.Caches,
        SlowCause.SlowShop,
        SlowDatabase {
  /**
   * Returns where the time would be lost.
   *
   * @return the place
   */
  Place place();

  /**
   * Returns whether what was seen points to this place, however quick answers are.
   *
   * @return false if all is well there
   */
  boolean points();

  /**
   * Returns whether answers are slow.
   *
   * @return true while users wait
   */
  boolean slow();

  @Override
  default boolean symptom() {
    return false;
  }

  @Override
  default Severity weight() {
    return Severity.WARNING;
  }

  @Override
  default Verdict verdict() {
    return slow() && points() ? Verdict.PROBLEM : Verdict.OK;
  }

  /**
   * The edge against the machines: the same answers, measured before and behind the platform's own
   * way. Made only if both were measured.
   *
   * @param times both
   * @param limit the 95th percentile that is still good
   * @param slow whether answers are slow
   * @param evidence where it was seen
   */
  record EdgeAlone(AnswerTimes times, Duration limit, boolean slow, List<Evidence> evidence)
      implements SlowCause {
    /** Copies the list. */
    public EdgeAlone {
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.edge-alone";
    }

    @Override
    public Place place() {
      return Place.EDGE;
    }

    @Override
    public boolean points() {
      return new SlowShare(times.edge(), limit).verdict() == Verdict.PROBLEM
          && machines().verdict() == Verdict.OK;
    }

    /**
     * Returns whether the machines themselves are slow.
     *
     * @return true if so, false if they are quick or nobody can tell
     */
    public boolean machinesSlow() {
      return machines().verdict() == Verdict.PROBLEM;
    }

    private SlowShare machines() {
      return new SlowShare(Objects.requireNonNull(times.machines()), limit);
    }

    @Override
    public String summary() {
      return "within "
          + Figures.time(limit)
          + " were "
          + machines().quick()
          + " of the answers of the machines, "
          + new SlowShare(times.edge(), limit).quick()
          + " at the edge"
          + (points() ? ": they wait before the application" : "");
    }
  }

  /**
   * Machines that began just now while others sleep: whoever wakes one waits for its start. A
   * machine that sleeps is healthy; one that began again after a crash is not counted.
   *
   * @param began those that began within the window
   * @param asleep how many sleep
   * @param window how far back
   * @param slow whether answers are slow
   * @param evidence where it was seen
   */
  record ColdStarts(
      List<Machine> began, long asleep, Duration window, boolean slow, List<Evidence> evidence)
      implements SlowCause {
    /** Copies the lists. */
    public ColdStarts {
      began = List.copyOf(began);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.cold-starts";
    }

    @Override
    public Place place() {
      return Place.COLD_START;
    }

    @Override
    public boolean points() {
      return !began.isEmpty();
    }

    @Override
    public String summary() {
      return Figures.many(began.size(), "machine", "machines")
          + " began within the last "
          + Figures.time(window)
          + (began.isEmpty() ? "" : " (" + Figures.some(began, Machine::id) + ")")
          + ", "
          + asleep
          + (asleep == 1 ? " sleeps" : " sleep");
    }
  }

  /**
   * Machines that the platform holds back because they used up their processor time.
   *
   * @param heldBack those, the worst first
   * @param measured how many machines were measured
   * @param limit from which share of time on
   * @param slow whether answers are slow
   * @param evidence where it was seen
   */
  record HeldBack(
      List<MachineResources> heldBack,
      int measured,
      double limit,
      boolean slow,
      List<Evidence> evidence)
      implements SlowCause {
    /** Copies the lists. */
    public HeldBack {
      heldBack = List.copyOf(heldBack);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.cpu";
    }

    @Override
    public Place place() {
      return Place.APP;
    }

    @Override
    public boolean points() {
      return !heldBack.isEmpty();
    }

    @Override
    public String summary() {
      return heldBack.isEmpty()
          ? "none of "
              + Figures.many(measured, "machine", "machines")
              + " is held back for "
              + Figures.percent(limit)
              + " of the time"
          : heldBack.size()
              + " of "
              + Figures.many(measured, "machine is", "machines are")
              + " held back by the platform for want of processor time: "
              + Figures.some(heldBack, HeldBack::told);
    }

    private static String told(MachineResources each) {
      return each.machine()
          + " "
          + Figures.percent(Objects.requireNonNullElse(each.throttled(), 0.0))
          + " of the time";
    }
  }

  /**
   * Processes whose event loop is late: something computes on the one thread that answers all.
   *
   * @param late those, the worst first
   * @param seen how many processes tell their lag
   * @param limit from which lag on
   * @param slow whether answers are slow
   * @param evidence where it was seen
   */
  record BusyEventLoop(
      List<ProcessSignals> late, int seen, Duration limit, boolean slow, List<Evidence> evidence)
      implements SlowCause {
    /** Copies the lists. */
    public BusyEventLoop {
      late = List.copyOf(late);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.event-loop";
    }

    @Override
    public Place place() {
      return Place.APP;
    }

    @Override
    public boolean points() {
      return !late.isEmpty();
    }

    @Override
    public String summary() {
      return late.isEmpty()
          ? "no event loop of "
              + Figures.many(seen, "process", "processes")
              + " is late by "
              + limit.toMillis()
              + " ms"
          : "the event loop is late on " + Figures.some(late, BusyEventLoop::told);
    }

    private static String told(ProcessSignals each) {
      var cpu = each.cpuShare();
      return String.format(
          Locale.ROOT,
          "%s (p99 %.0f ms%s)",
          each.instance(),
          1e3 * Objects.requireNonNullElse(each.eventLoopLagP99Seconds(), 0.0),
          cpu == null ? "" : String.format(Locale.ROOT, ", %.0f %% of a core", 100 * cpu));
    }
  }

  /**
   * Routes and operations of which log lines tell that they were slow. Made only if there are any.
   * They say what is slow, not why.
   *
   * @param operations those with most slow lines first
   * @param limit how long is slow
   * @param slow whether answers are slow
   * @param evidence where it was seen
   */
  record Operations(
      List<SlowOperation> operations, Duration limit, boolean slow, List<Evidence> evidence)
      implements SlowCause {
    /** Copies the lists. */
    public Operations {
      operations = List.copyOf(operations);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.operations";
    }

    @Override
    public Place place() {
      return Place.APP;
    }

    @Override
    public boolean points() {
      return false;
    }

    @Override
    public String summary() {
      return "log lines of "
          + Figures.time(limit)
          + " and more: "
          + Figures.some(
              operations,
              each ->
                  String.format(
                      Locale.ROOT,
                      "%,d of %s (max %s)",
                      each.slow(),
                      Figures.cut(each.operation(), 40),
                      Figures.time(each.max())));
    }
  }

  /**
   * Caches that have little of what is asked of them, between two scrapes. Made only if any cache
   * was asked.
   *
   * @param asked the caches that were asked
   * @param usual what they had from the start of the processes until then
   * @param limit below which share of hits one helps little
   * @param slow whether answers are slow
   * @param evidence where it was seen
   */
  record Caches(
      List<CacheHits> asked,
      List<CacheHits> usual,
      double limit,
      boolean slow,
      List<Evidence> evidence)
      implements SlowCause {
    // With fewer questions a share says nothing; as many as make a machine's window of some weight.
    private static final double LEAST_ASKED = 20;
    // No source names a number: so large a fall is no noise of twenty questions and more.
    private static final double FALL = 0.3;

    /** Copies the lists. */
    public Caches {
      asked = List.copyOf(asked);
      usual = List.copyOf(usual);
      evidence = List.copyOf(evidence);
    }

    /**
     * Returns those that help little, or much less than they use to.
     *
     * @return those with most misses first
     */
    public List<CacheHits> cold() {
      return asked.stream()
          .filter(Caches::telling)
          .filter(each -> each.ratio() < limit || usualRatio(each) - each.ratio() >= FALL)
          .sorted((a, b) -> Double.compare(b.misses(), a.misses()))
          .toList();
    }

    private static boolean telling(CacheHits cache) {
      return cache.hits() + cache.misses() >= LEAST_ASKED;
    }

    /** NaN if nobody can tell. */
    private double usualRatio(CacheHits cache) {
      return usual.stream()
          .filter(each -> each.cache().equals(cache.cache()) && telling(each))
          .mapToDouble(CacheHits::ratio)
          .findFirst()
          .orElse(Double.NaN);
    }

    private String told(CacheHits cache) {
      double before = usualRatio(cache);
      return cache + (Double.isNaN(before) ? "" : ", " + Figures.percent(before) + " before");
    }

    @Override
    public String id() {
      return "slow.caches";
    }

    @Override
    public Place place() {
      return Place.APP;
    }

    @Override
    public boolean points() {
      return !cold().isEmpty();
    }

    @Override
    public String summary() {
      var told = cold().isEmpty() ? asked : cold();
      return (cold().isEmpty() ? "caches: " : "caches that miss more than they should: ")
          + Figures.some(told, this::told);
    }
  }

  /**
   * The shop's interface, by our own question to it and by the application's count of its calls.
   *
   * @param answer what it answered to us, or {@code null} if we did not ask
   * @param calls operations of which more than one call in twenty took longer than the limit
   * @param limit how long is slow
   * @param slow whether answers are slow
   * @param evidence where it was seen
   */
  record SlowShop(
      @Nullable ShopAnswer answer,
      List<ApiCalls> calls,
      Duration limit,
      boolean slow,
      List<Evidence> evidence)
      implements SlowCause {
    /** Copies the lists. */
    public SlowShop {
      calls = List.copyOf(calls);
      evidence = List.copyOf(evidence);
    }

    @Override
    public String id() {
      return "slow.shop";
    }

    @Override
    public Place place() {
      return Place.SHOP;
    }

    @Override
    public boolean points() {
      return !calls.isEmpty() || answerSlow();
    }

    private boolean answerSlow() {
      return answer != null
          && (answer.trouble() == ShopTrouble.TIMED_OUT || answer.took().compareTo(limit) >= 0);
    }

    @Override
    public String summary() {
      var own = answer == null ? "" : answer.toString();
      if (calls.isEmpty()) {
        return own.isEmpty() ? "no call to the shop is slow by the application's count" : own;
      }
      return "calls to the shop take long: "
          + Figures.some(calls, each -> Figures.cut(each.toString(), 90))
          + (own.isEmpty() ? "" : "; to us " + own);
    }
  }
}
