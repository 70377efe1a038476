package com.hotdash.ops.logs;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How often, when and where something was seen. Merging two in either order gives the same. */
final class Spread {
  private static final int MOST_NAMES = 50;

  private long count;
  private long before;
  private long errors;
  private long lately;
  private long firstAt = Long.MAX_VALUE;
  private long lastAt = Long.MIN_VALUE;
  private final TreeMap<String, Long> machines = new TreeMap<>();
  private final TreeMap<String, Long> places = new TreeMap<>();
  private final Samples samples = new Samples();
  private final @Nullable Minutes minutes;

  /** Counts without telling since when they come. */
  Spread() {
    this(null);
  }

  /** Counts by the minute besides. */
  Spread(@Nullable Minutes minutes) {
    this.minutes = minutes;
  }

  /** Counts one; without a time it counts into the window. */
  void count(long at, long from) {
    if (at < from) {
      before++;
    } else {
      count++;
    }
    if (at != Tally.UNTIMED) {
      firstAt = Math.min(firstAt, at);
      lastAt = Math.max(lastAt, at);
      if (minutes != null) {
        minutes.add(at);
      }
    }
  }

  /** Counts one more that is an error besides, if it is in the window. */
  void error(long at, long from) {
    if (at >= from) {
      errors++;
    }
  }

  /** Counts one more that is young besides; without a time it may be. */
  void lately(long at, long since) {
    if (at >= since) {
      lately++;
    }
  }

  void machine(@Nullable String name) {
    name(machines, name, 1);
  }

  void place(@Nullable String name) {
    name(places, name, 1);
  }

  Samples samples() {
    return samples;
  }

  void merge(Spread other) {
    count += other.count;
    before += other.before;
    errors += other.errors;
    lately += other.lately;
    firstAt = Math.min(firstAt, other.firstAt);
    lastAt = Math.max(lastAt, other.lastAt);
    other.machines.forEach((name, times) -> name(machines, name, times));
    other.places.forEach((name, times) -> name(places, name, times));
    samples.merge(other.samples);
    if (minutes != null && other.minutes != null) {
      minutes.merge(other.minutes);
    }
  }

  // The first by name are kept, so that the choice does not depend on the order of arrival.
  private static void name(NavigableMap<String, Long> names, @Nullable String name, long times) {
    if (name == null || name.isEmpty()) {
      return;
    }
    var key = name.length() > 200 ? name.substring(0, 200) : name;
    if (names.size() >= MOST_NAMES && !names.containsKey(key)) {
      if (key.compareTo(names.lastKey()) > 0) {
        return;
      }
      names.pollLastEntry();
    }
    names.merge(key, times, Long::sum);
  }

  long count() {
    return count;
  }

  long errors() {
    return errors;
  }

  long lately() {
    return lately;
  }

  long before() {
    return before;
  }

  @Nullable Instant first() {
    return firstAt == Long.MAX_VALUE ? null : Instant.ofEpochMilli(firstAt);
  }

  @Nullable Instant last() {
    return lastAt == Long.MIN_VALUE ? null : Instant.ofEpochMilli(lastAt);
  }

  @Nullable Instant since() {
    return minutes == null ? first() : minutes.since();
  }

  Map<String, Long> machines() {
    return Collections.unmodifiableMap(new TreeMap<>(machines));
  }

  Map<String, Long> places() {
    return Collections.unmodifiableMap(new TreeMap<>(places));
  }
}
