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
    var compared = new MachineComparison(before, after, elapsed, start);
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
