package com.hotdash.ops.logs;

import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many there were in each of the newest minutes, to tell since when they come. Merging two in
 * either order gives the same.
 */
final class Minutes {
  private static final long MINUTE = 60_000;
  private static final int MOST = 240;
  // Fewer tell no rate.
  private static final long LEAST = 5;
  // By chance alone one silence in 20,000 is so many times as long as the others.
  private static final long SILENCES = 10;

  private final TreeMap<Long, Minute> minutes = new TreeMap<>();

  private record Minute(long count, long first, long last) {
    Minute and(Minute other) {
      return new Minute(
          count + other.count, Math.min(first, other.first), Math.max(last, other.last));
    }
  }

  void add(long at) {
    add(Math.floorDiv(at, MINUTE), new Minute(1, at, at));
  }

  void merge(Minutes other) {
    other.minutes.forEach(this::add);
  }

  // The newest are kept: one that was dropped never comes back with half its count.
  private void add(long minute, Minute more) {
    if (minutes.size() >= MOST && minute < minutes.firstKey()) {
      return;
    }
    minutes.merge(minute, more, Minute::and);
    if (minutes.size() > MOST) {
      minutes.pollFirstEntry();
    }
  }

  /**
   * Returns when those began that come now: a silence before them, long for how often they come,
   * parts them from what was before.
   */
  @Nullable Instant since() {
    Minute run = null;
    for (var each : minutes.descendingMap().values()) {
      if (run != null && run.count >= LEAST && run.first - each.last > silence(run)) {
        break;
      }
      run = run == null ? each : run.and(each);
    }
    return run == null ? null : Instant.ofEpochMilli(run.first);
  }

  private static long silence(Minute run) {
    return Math.max(MINUTE, SILENCES * (run.last - run.first) / (run.count - 1));
  }
}
