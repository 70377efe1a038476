package com.hotdash.ops.postgres;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What statements did between two readings of their counters, with all that makes it less than
 * certain (facts/postgres.md §12). A pure function of the two.
 */
final class StatementInterval {
  /**
   * One statement's share.
   *
   * @param atLeast whether there may have been more that was thrown away
   */
  record Moved(StatementCounters counters, boolean atLeast) {}

  private final StatementSet before;
  private final StatementSet after;
  private final boolean reset;
  private final boolean evicted;
  private final Map<StatementKey, Moved> moved = new LinkedHashMap<>();
  private int fell;
  private int gone;

  private StatementInterval(StatementSet before, StatementSet after) {
    this.before = before;
    this.after = after;
    this.reset =
        after.reset() != null && before.reset() != null && !after.reset().equals(before.reset());
    this.evicted =
        after.evictions() != null
            && before.evictions() != null
            && !after.evictions().equals(before.evictions());
  }

  static StatementInterval between(StatementSet before, StatementSet after) {
    var interval = new StatementInterval(before, after);
    after.counters().forEach(interval::add);
    if (!interval.reset) {
      interval.gone =
          (int)
              before.counters().keySet().stream()
                  .filter(key -> !after.counters().containsKey(key))
                  .count();
    }
    return interval;
  }

  private void add(StatementKey key, StatementCounters now) {
    var then = before.counters().get(key);
    if (reset || then == null) {
      // It was counted from nothing on, after the first reading; once, unless entries were thrown
      // out.
      put(key, now, reset || evicted || after.evictions() == null);
    } else if (restarted(then, now)) {
      fell++;
      put(key, now, true);
    } else {
      // Its own start says that it was never thrown out; older servers do not tell.
      put(key, now.minus(then), now.since() == null && evicted);
    }
  }

  private static boolean restarted(StatementCounters then, StatementCounters now) {
    return now.calls() < then.calls()
        || (now.since() != null && then.since() != null && !now.since().equals(then.since()));
  }

  private void put(StatementKey key, StatementCounters counters, boolean atLeast) {
    if (counters.calls() > 0) {
      moved.put(key, new Moved(counters, atLeast));
    }
  }

  Map<StatementKey, Moved> moved() {
    return moved;
  }

  /** How long it is; since the reset if there was one. */
  Duration window() {
    Instant from = before.at();
    if (reset && after.reset() != null && after.reset().isAfter(from)) {
      from = after.reset();
    }
    var window = Duration.between(from, after.at());
    return window.isNegative() ? Duration.ZERO : window;
  }

  /** What the figures do not tell, for a person; empty if they tell all. */
  List<String> caveats() {
    var caveats = new ArrayList<String>();
    if (reset) {
      caveats.add(
          "the statistics were reset at "
              + after.reset()
              + ": the figures are since then, and what was before is lost");
    }
    if (evicted) {
      caveats.add(
          ("entries were thrown out %d times for want of room (pg_stat_statements.max = %d); "
                  + "figures marked ≥ are lower bounds")
              .formatted(evictions(), after.most()));
    }
    if (gone > 0) {
      caveats.add(gone + " statements are gone from the statistics: what they did is unknown");
    }
    if (fell > 0) {
      caveats.add(fell + " statements were counted anew within the interval: lower bounds");
    }
    return caveats;
  }

  private long evictions() {
    return after.evictions() == null || before.evictions() == null
        ? 0
        : after.evictions() - before.evictions();
  }
}
