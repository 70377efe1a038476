package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.diagnosis.NearbyChange.Fit;
import com.hotdash.ops.diagnosis.NearbyChange.Kind;
import com.hotdash.ops.observation.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists what was changed, or happened, around the time when a trouble began, out of whatever one
 * look has read: releases, secrets, sizes, starts and crashes of machines, migrations, runs of the
 * pipeline, vendors' troubles. What was not read is not told, so an empty list proves nothing.
 */
final class WhatChanged {
  /** A trouble that began within so long of a change fits it well. */
  static final Duration STRONG_WITHIN = Duration.ofMinutes(15);

  /** A trouble that began within so long of a change may have come of it. */
  static final Duration WEAK_WITHIN = Duration.ofHours(1);

  // A change is recorded before machines take it, but clocks and spans of a minute are not exact.
  private static final Duration INEXACT = Duration.ofMinutes(1);
  // Vendors tell of a trouble some time after their customers have it.
  private static final Duration PAGES_LAG = Duration.ofMinutes(15);
  private static final Duration OLDEST = Duration.ofHours(24);
  private static final Duration NEWEST = Duration.ofHours(1);
  private static final int MOST = 10;

  private WhatChanged() {}

  /**
   * Lists changes.
   *
   * @param seen one look at the world
   * @param onset when the trouble began, or {@code null} if nobody knows
   * @return at most ten: those that fit first, then those near the onset, none older than a day
   *     unless it fits; without an onset those of the last hour, the newest first
   */
  static List<NearbyChange> around(Observation seen, @Nullable Instant onset) {
    var where = Affected.of(seen);
    var all =
        Stream.concat(PlatformTrace.of(seen).stream(), OutsideTrace.of(seen).stream())
            .map(each -> near(each, onset, where));
    return onset == null
        ? all.filter(each -> !each.at().isBefore(seen.at().minus(NEWEST)))
            .sorted(Comparator.comparing(NearbyChange::at).reversed())
            .limit(MOST)
            .toList()
        : all.filter(each -> fits(each) || !each.at().isBefore(seen.at().minus(OLDEST)))
            .sorted(likeliestFirst(onset))
            .limit(MOST)
            .toList();
  }

  /**
   * Tells whether a trouble may have come of a change: it began soon after, and not on machines
   * that the change has not reached.
   */
  static boolean mayExplain(NearbyChange change) {
    return fits(change) && !Boolean.FALSE.equals(change.onlyOnChanged());
  }

  private static boolean fits(NearbyChange change) {
    return change.fit() != Fit.NONE;
  }

  private static NearbyChange near(Changed change, @Nullable Instant onset, Affected where) {
    var only = where.onlyOn(change);
    if (onset == null) {
      return new NearbyChange(change.kind(), change.what(), change.at(), null, Fit.NONE, only);
    }
    var lag = Duration.between(change.at(), onset);
    var late = change.kind() == Kind.VENDOR ? PAGES_LAG : INEXACT;
    boolean after = lag.isNegative() && lag.negated().compareTo(late) > 0;
    boolean inexact = lag.isNegative() && lag.negated().compareTo(INEXACT) <= 0;
    var shown = inexact ? Duration.ZERO : lag;
    return new NearbyChange(
        change.kind(), change.what(), change.at(), shown, after ? Fit.NONE : fit(shown), only);
  }

  private static Fit fit(Duration lag) {
    if (lag.compareTo(WEAK_WITHIN) > 0) {
      return Fit.NONE;
    }
    return lag.compareTo(STRONG_WITHIN) > 0 || lag.isNegative() ? Fit.WEAK : Fit.STRONG;
  }

  /** A crash or start is more often what a change led to than a cause. */
  private static Comparator<NearbyChange> likeliestFirst(Instant onset) {
    return Comparator.<NearbyChange, Boolean>comparing(each -> !fits(each))
        .thenComparing(each -> !mayExplain(each))
        .thenComparing(NearbyChange::fit)
        .thenComparing(each -> fits(each) && each.kind() == Kind.RESTART)
        .thenComparing(each -> Duration.between(each.at(), onset).abs());
  }
}
