package com.hotdash.ops.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares two scrapes of one machine, series by series. */
final class IncreaseBuilder {
  static final String START = "process_start_time_seconds";

  private static final int NOTES = 20;
  // Start times are the exporter's clock, our times are ours.
  private static final double SKEW_SECONDS = 30;
  private static final double SAME_START_SECONDS = 1;

  private final Map<String, List<Increase>> byName = new LinkedHashMap<>();
  private final List<MachineWindow> machines = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean complete = true;

  Map<String, List<Increase>> byName() {
    return byName;
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
    var id = after.instance();
    if (elapsed.isNegative() || elapsed.isZero()) {
      unread(id, "has no time between its scrapes");
      return;
    }
    Double then = start(before.exposition());
    Double now = start(after.exposition());
    boolean restarted = then != null && now != null && now - then > SAME_START_SECONDS;
    if (then != null && now != null) {
      boolean older = then - now > SAME_START_SECONDS;
      boolean ranBefore = restarted && now < before.at().toEpochMilli() / 1e3 - SKEW_SECONDS;
      if (older || ranBefore) {
        unread(id, "is two processes: the second one ran already when the first was read");
        return;
      }
    }
    if (before.exposition().partial() || after.exposition().partial()) {
      complete = false;
      note(id + " was read in part");
    }
    boolean same = !restarted && (now != null || !anyFell(before, after));
    if (now == null) {
      note(id + " does not export " + START + ": a restart shows only by counters that fall");
    }
    int resets = 0;
    int notNumbers = 0;
    int unknown = 0;
    for (var name : after.exposition().byName().keySet()) {
      if (!Increases.cumulative(after.exposition(), name)) {
        continue;
      }
      var known = index(before.exposition(), name);
      var created = index(after.exposition(), createdOf(name));
      var createdThen = index(before.exposition(), createdOf(name));
      for (var sample : after.exposition().samples(name)) {
        var value = sample.value();
        var old = known.get(sample.labels());
        if (!Double.isFinite(value) || value < 0 || (old != null && !Double.isFinite(old))) {
          notNumbers++;
          continue;
        }
        if (old == null && same && before.exposition().partial()) {
          // Its line may have been among those that could not be read: its growth is not known.
          unknown++;
          continue;
        }
        var key = name.endsWith("_bucket") ? sample.labels().without("le") : sample.labels();
        var born = created.get(key);
        var bornThen = createdThen.get(key);
        boolean reset =
            !restarted
                && old != null
                && (value < old || (born != null && bornThen != null && !born.equals(bornThen)));
        resets += reset ? 1 : 0;
        double amount = old == null || restarted || reset ? value : value - old;
        byName
            .computeIfAbsent(name, n -> new ArrayList<>())
            .add(new Increase(id, name, sample.labels(), amount, elapsed, restarted || reset));
      }
    }
    if (notNumbers > 0) {
      complete = false;
      note("%s: %,d series are not numbers and were left out".formatted(id, notNumbers));
    }
    if (unknown > 0) {
      note("%s: %,d series were left out, being new or unread before".formatted(id, unknown));
    }
    machines.add(new MachineWindow(id, elapsed, restarted || !same, resets));
  }

  private static boolean anyFell(Scrape before, Scrape after) {
    for (var name : after.exposition().byName().keySet()) {
      if (Increases.cumulative(after.exposition(), name)) {
        var known = index(before.exposition(), name);
        for (var sample : after.exposition().samples(name)) {
          var old = known.get(sample.labels());
          if (old != null && sample.value() < old) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static Map<Labels, Double> index(Exposition exposition, String name) {
    var samples = exposition.samples(name);
    if (samples.isEmpty()) {
      return Map.of();
    }
    var map = new HashMap<Labels, Double>(samples.size() * 2);
    samples.forEach(sample -> map.put(sample.labels(), sample.value()));
    return map;
  }

  private static String createdOf(String name) {
    int at = name.lastIndexOf('_');
    return (at < 0 ? name : name.substring(0, at)) + "_created";
  }

  private static @Nullable Double start(Exposition exposition) {
    var samples = exposition.samples(START);
    return samples.isEmpty() || !Double.isFinite(samples.get(0).value())
        ? null
        : samples.get(0).value();
  }
}
