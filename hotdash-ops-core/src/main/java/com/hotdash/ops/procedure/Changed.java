package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.NearbyChange.Kind;
import com.hotdash.ops.text.Cut;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One change, before it is held against an onset.
 *
 * @param kind what kind of change
 * @param what what was changed, one line
 * @param at when
 * @param reached the machines that have it, or {@code null} if that is no question of machines
 * @param missed the machines that surely do not have it
 */
record Changed(
    Kind kind, String what, Instant at, @Nullable Set<String> reached, Set<String> missed) {
  private static final int MOST = 110;

  Changed {
    what = Cut.line(what, MOST);
    reached = reached == null ? null : Set.copyOf(reached);
    missed = Set.copyOf(missed);
  }

  /** A change outside of the machines. */
  static Changed outside(Kind kind, String what, Instant at) {
    return new Changed(kind, what, at, null, Set.of());
  }
}
