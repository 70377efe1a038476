package com.hotdash.ops.app;

import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.metrics.ProcessSignals;
import com.hotdash.ops.metrics.Scrape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the machines of the application export at one moment. Counters in it are totals since each
 * process began and say nothing of the last minutes; {@link AppWindow} does.
 *
 * @param machines those that were asked
 * @param coverage what that leaves out, or {@code null} if every running machine was asked
 * @param at when the asking ended, by our clock
 */
public record AppMetrics(List<MachineMetrics> machines, @Nullable String coverage, Instant at) {
  private static final int SHOWN = 8;

  /** Copies the machines. */
  public AppMetrics {
    machines = List.copyOf(machines);
  }

  /**
   * Returns what was read.
   *
   * @return one for each machine that could be read
   */
  public List<Scrape> scrapes() {
    return machines.stream().flatMap(machine -> machine.scrape().toOptional().stream()).toList();
  }

  /**
   * Returns the machines that could not be read, and why.
   *
   * @return the obstacles
   */
  public List<NotChecked> notSeen() {
    return machines.stream().flatMap(machine -> machine.scrape().obstacle().stream()).toList();
  }

  /**
   * Returns what is missing of the machines that were asked: all that one tells, or what would have
   * come after its answer broke off.
   *
   * @return such as {@code metrics of 9080…}; empty if all of it was read
   */
  public List<String> lacking() {
    var list = new ArrayList<>(notSeen().stream().map(NotChecked::what).toList());
    for (var scrape : scrapes()) {
      if (scrape.exposition().truncated()) {
        list.add("the rest of the metrics of " + scrape.instance());
      }
    }
    return List.copyOf(list);
  }

  /**
   * Returns whether every running machine was read as a whole.
   *
   * @return false if something is missing, or nobody knows how many machines there are
   */
  public boolean complete() {
    return coverage == null && machines.stream().allMatch(MachineMetrics::whole);
  }

  /**
   * Returns the series of all machines whose name, label or label value holds a text, in any letter
   * case.
   *
   * @param text the text, such as {@code error}
   * @return the series, with the machines that were seen and those that were not
   */
  public AppSeries matching(String text) {
    var found =
        scrapes().stream()
            .map(
                scrape ->
                    new AppSeries.OfMachine(scrape.instance(), scrape.exposition().matching(text)))
            .toList();
    return new AppSeries(text, found, notSeen(), coverage);
  }

  /**
   * Returns what each process says of itself; what needs two scrapes is absent.
   *
   * @return one for each machine that could be read
   */
  public List<ProcessSignals> processes() {
    return scrapes().stream().map(ProcessSignals::of).toList();
  }

  /** Names the machines that were read, as a clause. */
  String seen() {
    var names = scrapes().stream().map(Scrape::instance).limit(SHOWN).toList();
    int more = scrapes().size() - names.size();
    return scrapes().size()
        + " of "
        + machines.size()
        + " machines"
        + (names.isEmpty()
            ? ""
            : " (" + String.join(", ", names) + (more > 0 ? " and " + more + " more)" : ")"));
  }

  /** Returns which machines were read, and machine by machine what, obstacles first. */
  @Override
  public String toString() {
    return "metrics of "
        + seen()
        + (coverage == null ? "" : ", " + coverage)
        + machines.stream()
            .sorted((a, b) -> Boolean.compare(a.whole(), b.whole()))
            .limit(SHOWN)
            .map(machine -> "\n" + machine)
            .collect(Collectors.joining())
        + (machines.size() > SHOWN ? "\nand " + (machines.size() - SHOWN) + " more" : "");
  }
}
