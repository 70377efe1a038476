package com.hotdash.ops.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects what grew, machine by machine. */
final class IncreaseBuilder {
  private static final int NOTES = 20;

  private final Map<String, List<Increase>> byName = new LinkedHashMap<>();
  private final Map<String, Set<String>> families = new HashMap<>();
  private final List<MachineWindow> machines = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean complete = true;

  Map<String, List<Increase>> byName() {
    return byName;
  }

  /** The names of what each machine exports, also of what has no series yet. */
  Map<String, Set<String>> families() {
    return families;
  }

  List<MachineWindow> machines() {
    return machines;
  }

  List<String> notes() {
    return notes;
  }

  boolean complete() {
    return complete;
  }

  void unread(String instance, String why) {
    complete = false;
    note(instance + " " + why);
  }

  private void note(String text) {
    if (notes.size() < NOTES) {
      notes.add(text);
    }
  }

  void compare(Scrape before, Scrape after) {
    var elapsed = Duration.ofNanos(after.nanos() - before.nanos());
    if (elapsed.isNegative() || elapsed.isZero()) {
      unread(after.instance(), "has no time between its scrapes");
      return;
    }
    var start = ProcessStart.of(before, after);
    if (start.twoProcesses()) {
      unread(
          after.instance(), "is two processes: the second one ran already when the first was read");
      return;
    }
    add(new MachineComparison(before, after, elapsed, start), after);
  }

  /** Counters began at zero with the process: its whole life is a window like any other. */
  void sinceStart(Scrape scrape, Duration atMost) {
    var age = ProcessStart.age(scrape);
    if (age == null) {
      unread(scrape.instance(), "does not tell since when it runs");
      return;
    }
    if (age.compareTo(atMost) > 0) {
      unread(
          scrape.instance(),
          "runs longer than " + atMost.toMinutes() + " min: its totals tell nothing of now");
      return;
    }
    var nothing = new ExpositionBuilder(scrape.exposition().format(), MetricsLimits.DEFAULT);
    var begin =
        new Scrape(
            scrape.instance(),
            new Exposition(nothing, List.of()),
            scrape.at().minus(age),
            scrape.nanos() - age.toNanos());
    add(new MachineComparison(begin, scrape, age, ProcessStart.of(scrape, scrape)), scrape);
  }

  private void add(MachineComparison compared, Scrape after) {
    compared
        .increases()
        .forEach(one -> byName.computeIfAbsent(one.name(), n -> new ArrayList<>()).add(one));
    compared.notes().forEach(this::note);
    complete &= compared.complete();
    machines.add(compared.window());
    families.put(
        after.instance(),
        after.exposition().families().stream().map(MetricFamily::name).collect(Collectors.toSet()));
  }
}
