package com.hotdash.ops.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two scrapes of one machine, compared series by series. One use. */
final class MachineComparison {
  private final String instance;
  private final Exposition before;
  private final Exposition after;
  private final Duration elapsed;
  private final ProcessStart start;
  private final boolean same;
  private final List<Increase> increases = new ArrayList<>();
  private int resets;
  private int notNumbers;
  private int unknown;

  MachineComparison(Scrape before, Scrape after, Duration elapsed, ProcessStart start) {
    this.instance = after.instance();
    this.before = before.exposition();
    this.after = after.exposition();
    this.elapsed = elapsed;
    this.start = start;
    this.same = !start.restarted() && (start.known() || !anyFell());
    for (var name : this.after.byName().keySet()) {
      if (Increases.cumulative(this.after, name)) {
        compare(name);
      }
    }
  }

  private void compare(String name) {
    var known = index(before, name);
    var created = index(after, createdOf(name));
    var createdThen = index(before, createdOf(name));
    for (var sample : after.samples(name)) {
      double value = sample.value();
      var old = known.get(sample.labels());
      if (!Double.isFinite(value) || value < 0 || (old != null && !Double.isFinite(old))) {
        notNumbers++;
      } else if (old == null && same && before.partial()) {
        // Its line may have been among those that could not be read: its growth is not known.
        unknown++;
      } else {
        var key = name.endsWith("_bucket") ? sample.labels().without("le") : sample.labels();
        var born = created.get(key);
        var bornThen = createdThen.get(key);
        boolean reborn = born != null && bornThen != null && !born.equals(bornThen);
        add(sample, old, reborn);
      }
    }
  }

  private void add(Sample sample, @Nullable Double old, boolean reborn) {
    double value = sample.value();
    boolean anew = start.restarted() || old == null || reborn || value < old;
    boolean reset = anew && old != null && !start.restarted();
    resets += reset ? 1 : 0;
    double amount = anew || old == null ? value : value - old;
    increases.add(
        new Increase(
            instance, sample.name(), sample.labels(), amount, elapsed, start.restarted() || reset));
  }

  private boolean anyFell() {
    for (var name : after.byName().keySet()) {
      if (Increases.cumulative(after, name)) {
        var known = index(before, name);
        for (var sample : after.samples(name)) {
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

  List<Increase> increases() {
    return increases;
  }

  MachineWindow window() {
    return new MachineWindow(instance, elapsed, !same, resets);
  }

  /** Whether something is missing: what was left out, or what a process took along to its end. */
  boolean complete() {
    return same && notNumbers == 0 && !before.partial() && !after.partial();
  }

  List<String> notes() {
    var notes = new ArrayList<String>();
    if (before.partial() || after.partial()) {
      notes.add(instance + " was read in part");
    }
    if (!start.exported()) {
      notes.add(
          instance
              + " does not export "
              + ProcessStart.NAME
              + ": a restart shows only by counters that fall");
    }
    if (notNumbers > 0) {
      notes.add(count(notNumbers, "are not numbers and were left out"));
    }
    if (unknown > 0) {
      notes.add(count(unknown, "were left out, being new or unread before"));
    }
    return notes;
  }

  private String count(int series, String what) {
    return String.format(Locale.ROOT, "%s: %,d series %s", instance, series, what);
  }
}
