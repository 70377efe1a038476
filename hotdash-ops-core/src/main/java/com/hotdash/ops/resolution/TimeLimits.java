package com.hotdash.ops.resolution;

import com.hotdash.ops.resolution.Verification.Patience;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the parts of a change may take. What an engine was not told, the change's action says.
 *
 * @param planning the reading for one plan
 * @param toldStep the wait for the effect of one step, or {@code null}
 * @param toldWhole a whole execution, or {@code null}
 * @param toldPatience how long a verification looks, or {@code null}
 */
record TimeLimits(
    Duration planning,
    @Nullable Duration toldStep,
    @Nullable Duration toldWhole,
    @Nullable Patience toldPatience) {
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final Duration WHOLE = Duration.ofMinutes(10);

  /** One look at a target, before any step. */
  Duration look() {
    return toldStep == null ? LOOK : toldStep;
  }

  Duration step(Action action) {
    return toldStep == null ? action.stepWithin() : toldStep;
  }

  /** A whole change is given no less than two of its steps may take: one, and one that follows. */
  Duration whole(Action action) {
    if (toldWhole != null) {
      return toldWhole;
    }
    var two = step(action).multipliedBy(2);
    return two.compareTo(WHOLE) > 0 ? two : WHOLE;
  }

  Patience patience(Action action, Proposal proposal) {
    return toldPatience == null ? action.patience(proposal) : toldPatience;
  }
}
