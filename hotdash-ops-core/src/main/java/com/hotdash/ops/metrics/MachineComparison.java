package com.hotdash.ops.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two scrapes of one machine, compared series by series. One use. */
final class MachineComparison {
  // Times in an exposition are the exporter's clock, ours are ours.
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final String instance;
  private final Exposition before;
  private final Exposition after;
  private final Duration elapsed;
  private final ProcessStart start;
  private final Instant oldest;
  private final boolean same;
  private final List<Increase> increases = new ArrayList<>();
  private int resets;
  private int notNumbers;
  private int unknown;
  private final int gone;
  private int old;

  MachineComparison(Scrape before, Scrape after, Duration elapsed, ProcessStart start) {
    this.instance = after.instance();
    this.before = before.exposition();
    this.after = after.exposition();
    this.elapsed = elapsed;
    this.start = start;
    this.oldest = before.at().minus(SKEW);
    this.same = !start.restarted() && (start.known() || !anyFell());
    for (var name : this.after.byName().keySet()) {
      if (Increases.cumulative(this.after, name)) {
        compare(name);
      }
    }
    this.gone = same && !this.after.partial() ? gone() : 0;
  }

  private void compare(String name) {
    var known = index(before, name);
    var created = index(after, createdOf(name));
    var createdThen = index(before, createdOf(name));
    for (var sample : after.samples(name)) {
      double value = sample.value();
      var then = known.get(sample.labels());
      if (sample.timestamp() != null && sample.timestamp().isBefore(oldest)) {
        old++;
      }
      if (!counts(value) || (then != null && !counts(then))) {
        notNumbers++;
      } else if (then == null && same && before.partial()) {
        // Its line may have been among those that could not be read: its growth is not known.
        unknown++;
      } else {
        var key = name.endsWith("_bucket") ? sample.labels().without("le") : sample.labels();
        var born = created.get(key);
        var bornThen = createdThen.get(key);
        boolean reborn = born != null && bornThen != null && !born.equals(bornThen);
        add(sample, then, reborn);
      }
    }
  }

  private static boolean counts(double value) {
    return Double.isFinite(value) && value >= 0;
  }

  /** Series that were there and are no more: what they counted last is lost with them. */
  private int gone() {
    int gone = 0;
    for (var name : before.byName().keySet()) {
      if (Increases.cumulative(before, name)) {
        var left = index(after, name);
        gone +=
            (int)
                before.samples(name).stream()
                    .filter(one -> !left.containsKey(one.labels()))
                    .count();
      }
    }
    return gone;
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
    return same
        && notNumbers == 0
        && old == 0
        && gone == 0
        && !before.partial()
        && !after.partial();
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
    if (old > 0) {
      notes.add(count(old, "tell of a time before the window, by their own timestamps"));
    }
    if (gone > 0) {
      notes.add(count(gone, "are gone, and what they counted last"));
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
