package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that the hosts share. Guarded by itself: hold its monitor for each look and change, and not
 * while waiting.
 */
final class FlyWorld {
  private static final int MOST_CHANGES = 10_000;

  final Time time;
  final String org;
  final Ulids ids = new Ulids();
  final Tokens tokens = new Tokens();
  final RateLimits limits = new RateLimits();
  final Images images = new Images();
  final MetricStore metrics;
  final Map<String, AppState> apps = new LinkedHashMap<>();
  final Set<FlyQuirk> quirks = ConcurrentHashMap.newKeySet();
  final Set<String> fullRegions = new HashSet<>();
  final Map<String, Long> quotaMb = new HashMap<>();
  final List<Map<String, @Nullable Object>> incidents = new ArrayList<>();
  final List<Consumer<FlyMachine>> watchers = new ArrayList<>();
  final Set<String> takenNames = new HashSet<>();
  final Set<String> silentRegions = new HashSet<>();
  private final Deque<FlyChange> changes = new ArrayDeque<>();
  Duration fetch = Duration.ofSeconds(7);
  Duration replace = Duration.ofMillis(3500);
  Duration secretsLag = Duration.ZERO;
  final Map<String, Duration> silentChecks = new HashMap<>();
  @Nullable FlyHealth health;
  // Counts come from inside a machine, which must not wait for the lock.
  volatile Duration edgeDelay = Duration.ZERO;
  boolean closed;

  FlyWorld(Time time, String org) {
    this.time = time;
    this.org = org;
    this.metrics = new MetricStore(time.now());
  }

  Instant now() {
    return time.now();
  }

  boolean has(FlyQuirk quirk) {
    return quirks.contains(quirk);
  }

  void changed(String kind, String target, String detail) {
    changed(now(), kind, target, detail);
  }

  void changed(Instant at, String kind, String target, String detail) {
    if (changes.size() == MOST_CHANGES) {
      changes.removeFirst();
    }
    changes.addLast(new FlyChange(at, kind, target, detail));
  }

  List<FlyChange> changes() {
    return List.copyOf(changes);
  }

  /** Lets everything happen that is due by now, in the order of its time. */
  void settle() {
    var now = now();
    for (var next = nextDue(now); next != null; next = nextDue(now)) {
      next.step();
    }
    metrics.scrapeUpTo(now);
  }

  private @Nullable MachineState nextDue(Instant now) {
    MachineState first = null;
    var earliest = now;
    for (var app : apps.values()) {
      for (var machine : app.machines.values()) {
        var due = machine.nextDue();
        if (due != null && (first == null ? !due.isAfter(earliest) : due.isBefore(earliest))) {
          first = machine;
          earliest = due;
        }
      }
    }
    return first;
  }

  void tell(FlyMachine machine) {
    List.copyOf(watchers).forEach(watcher -> watcher.accept(machine));
  }
}
