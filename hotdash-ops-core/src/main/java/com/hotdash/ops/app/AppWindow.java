package com.hotdash.ops.app;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.metrics.ApiCalls;
import com.hotdash.ops.metrics.CacheHits;
import com.hotdash.ops.metrics.ErrorShare;
import com.hotdash.ops.metrics.Increases;
import com.hotdash.ops.metrics.MetricNames;
import com.hotdash.ops.metrics.ProcessSignals;
import com.hotdash.ops.metrics.RequestLatency;
import com.hotdash.ops.metrics.Scrape;
import com.hotdash.ops.text.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What happened on the machines between two scrapes of each. Requests of monitoring, ours included,
 * are left out. Immutable and thread-safe.
 */
public final class AppWindow {
  private static final Duration ANY_AGE = Duration.ofDays(3_650);
  private static final int SHOWN = 4;
  private static final String PROCESS_START = "process_start_time_seconds";

  private final AppMetrics before;
  private final AppMetrics after;
  private final MetricNames names;
  private final Increases increases;

  /**
   * Compares two scrapes of the machines.
   *
   * @param before the first
   * @param after the second
   * @param names how the application calls its metrics, and which routes monitoring asks for
   */
  public AppWindow(AppMetrics before, AppMetrics after, MetricNames names) {
    this.before = before;
    this.after = after;
    this.names = names;
    this.increases = Increases.between(comparable(before), comparable(after));
  }

  private static List<Scrape> comparable(AppMetrics half) {
    return half.machines().stream()
        .filter(AppWindow::tellsWhoItIs)
        .flatMap(one -> one.scrape().toOptional().stream())
        .toList();
  }

  // The front door gives another machine each time: only when it began tells that it is the same.
  private static boolean tellsWhoItIs(MachineMetrics one) {
    return one.instance().named()
        || one.scrape()
            .toOptional()
            .filter(scrape -> !scrape.exposition().samples(PROCESS_START).isEmpty())
            .isPresent();
  }

  private static Optional<NotChecked> obstacle(MachineMetrics one) {
    return one.scrape()
        .obstacle()
        .or(() -> tellsWhoItIs(one) ? Optional.empty() : Optional.of(nobody(one)));
  }

  private static NotChecked nobody(MachineMetrics one) {
    return new NotChecked(
        "metrics of " + one.instance().id(),
        Why.NOT_UNDERSTOOD,
        "without " + PROCESS_START + " two scrapes may be of two machines",
        "export " + PROCESS_START + ", or tell the machines apart");
  }

  /**
   * Returns the first scrapes.
   *
   * @return the metrics as they were
   */
  public AppMetrics before() {
    return before;
  }

  /**
   * Returns the second scrapes.
   *
   * @return the metrics as they are
   */
  public AppMetrics after() {
    return after;
  }

  /**
   * Returns by how much every counter grew, and on which machines.
   *
   * @return the increases
   */
  public Increases increases() {
    return increases;
  }

  /**
   * Returns whether all of every running machine could be compared.
   *
   * @return false if something is missing that could turn a good result into a bad one
   */
  public boolean complete() {
    return notSeen().isEmpty()
        && increases.complete()
        && before.coverage() == null
        && after.coverage() == null;
  }

  /**
   * Returns the machines of which a scrape is missing, and why.
   *
   * @return one for each machine, the later obstacle
   */
  public List<NotChecked> notSeen() {
    var each = new LinkedHashMap<String, NotChecked>();
    for (var half : List.of(before, after)) {
      half.machines()
          .forEach(one -> obstacle(one).ifPresent(why -> each.put(one.instance().id(), why)));
    }
    return List.copyOf(each.values());
  }

  /**
   * Works out which share of requests ended with a server error.
   *
   * @return the share; NaN without requests
   */
  public ErrorShare errorShare() {
    var share = ErrorShare.of(increases, names);
    return complete() ? share : share.lacking(missing());
  }

  /**
   * Works out which share of requests ended with a server error since the processes began: the
   * longest window that two scrapes of our own can have, and only while the processes are young.
   * Meant for little traffic, where the time between the scrapes saw too few requests.
   *
   * @param atMost how old a process may be, such as an hour; older ones are left out, since an
   *     average over days shows neither what began just now nor what is over
   * @return the share, not complete if a machine was left out; empty if no process is that young
   */
  public Optional<ErrorShare> errorShareSinceStart(Duration atMost) {
    var young = Increases.sinceStart(after.scrapes(), atMost);
    if (young.machines().isEmpty()) {
      return Optional.empty();
    }
    var share = ErrorShare.of(young, names);
    boolean whole = after.coverage() == null && after.scrapes().size() == after.machines().size();
    return Optional.of(whole ? share : share.lacking(missing()));
  }

  /**
   * Works out how long requests took.
   *
   * @param limit what is still quick, such as 3 s; exact if it is the bound of a bucket
   * @return the latencies; NaN without requests
   */
  public RequestLatency latency(Duration limit) {
    var latency = RequestLatency.of(increases, names, limit);
    return complete() ? latency : latency.lacking(missing());
  }

  /**
   * Works out how often caches had what was asked of them.
   *
   * @return one for each cache; empty if none is exported
   */
  public List<CacheHits> cacheHits() {
    return CacheHits.of(increases, names);
  }

  /**
   * Works out how often caches had what was asked of them from the start of the processes to the
   * first scrape: what is usual, to compare {@link #cacheHits} with.
   *
   * @return one for each cache; empty if none is exported or no process tells when it began
   */
  public List<CacheHits> cacheHitsBefore() {
    return CacheHits.of(Increases.sinceStart(before.scrapes(), ANY_AGE), names);
  }

  /**
   * Works out the calls to the shop's API, by the application's own count.
   *
   * @return one for each operation; empty if none is exported
   */
  public List<ApiCalls> apiCalls() {
    return ApiCalls.of(increases, names);
  }

  /**
   * Returns what each process says of itself, rates included.
   *
   * @return one for each machine that was read the second time
   */
  public List<ProcessSignals> processes() {
    return after.scrapes().stream().map(one -> ProcessSignals.of(one, increases)).toList();
  }

  private String missing() {
    var all = new ArrayList<String>();
    notSeen().stream().limit(SHOWN).forEach(why -> all.add(Line.of(why)));
    for (var coverage : new LinkedHashSet<>(Arrays.asList(before.coverage(), after.coverage()))) {
      if (coverage != null) {
        all.add(coverage);
      }
    }
    return all.isEmpty() ? "not all was compared" : String.join("; ", all);
  }

  /** How many requests there were, which is what the shares rest on. */
  long requests() {
    return Math.round(errorShare().total());
  }

  /**
   * Returns the window as a page, for reports: what was compared and what is missing first, then
   * the numbers.
   *
   * @return the page
   */
  public Page page() {
    return new WindowText(this).page();
  }

  /** Returns the first 24 lines of the page. */
  @Override
  public String toString() {
    return page().toText(Page.DEFAULT_WIDTH).lines().limit(24).collect(Collectors.joining("\n"));
  }

  /** Returns one sentence: over which time, and how many requests failed. */
  String headline() {
    return new WindowText(this).headline();
  }
}
