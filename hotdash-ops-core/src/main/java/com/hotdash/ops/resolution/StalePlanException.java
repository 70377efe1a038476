package com.hotdash.ops.resolution;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The target of a plan has moved since it was shown. Nothing was changed. */
public final class StalePlanException extends RefusedException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Plan fresh;
  private final String difference;

  StalePlanException(Plan stale, String difference, @Nullable Plan fresh) {
    super(
        stale.proposal().action(),
        List.of(
            Objection.hard(
                "target-moved",
                stale.proposal().target() + ": " + difference,
                fresh == null
                    ? "plan again"
                    : "read the fresh plan " + fresh.digest() + " and apply that one")));
    this.fresh = fresh;
    this.difference = difference;
  }

  /**
   * Returns a plan for the target as it is now.
   *
   * @return the fresh plan, or empty if it could not be made
   */
  public Optional<Plan> fresh() {
    return Optional.ofNullable(fresh);
  }

  /**
   * Returns how the target differs from what the plan assumes.
   *
   * @return a clause
   */
  public String difference() {
    return difference;
  }
}
