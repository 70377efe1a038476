package com.hotdash.ops.logs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lines like one that was read would do; {@code tookMicros} is -1 without a duration. */
record Effect(
    @Nullable Group group,
    List<Seen> seen,
    @Nullable Timed timed,
    long tookMicros,
    UnitSource unitSource,
    @Nullable String route) {
  static final Effect NONE = new Effect(null, List.of(), null, -1, UnitSource.ASSUMED, null);

  /** Whether the line's duration, if it has one, is that one, known so. */
  boolean told(long micros, UnitSource source) {
    return micros == Outline.NONE ? tookMicros < 0 : tookMicros == micros && unitSource == source;
  }

  boolean hungry(long at, long mark) {
    if (group != null && group.spread().samples().wants(at, mark)) {
      return true;
    }
    for (int i = 0; i < seen.size(); i++) {
      if (seen.get(i).spread().samples().wants(at, mark)) {
        return true;
      }
    }
    return false;
  }

  /** A signature that a line has, with its redacted detail. */
  record Seen(Spread spread, String detail) {}

  /** An operation whose durations count once one of them is long enough. */
  static final class Timed {
    final String operation;
    @Nullable Histogram histogram;

    Timed(String operation) {
      this.operation = operation;
    }
  }
}
