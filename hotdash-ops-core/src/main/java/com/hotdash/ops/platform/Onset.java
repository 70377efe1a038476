package com.hotdash.ops.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When too many errors began, and what was released just before. A coincidence in time is no proof,
 * but nothing points to a roll-back more.
 *
 * @param at the beginning of the first bad span of the run that still lasts
 * @param atOrBefore whether the data begins with errors, so that they may be older
 * @param release the last release before it, or {@code null} if there is none in the history
 * @param lag how long after the release's record it was, or {@code null} without a release
 */
public record Onset(
    Instant at, boolean atOrBefore, @Nullable Release release, @Nullable Duration lag) {
  /** How well a release fits the onset. */
  public enum Strength {
    /** The errors began within minutes of it. */
    STRONG,
    /** They began within an hour of it. */
    WEAK,
    /** They began at another time, or nobody knows when. */
    NONE
  }

  private static final Duration STRONG_WITHIN = Duration.ofMinutes(15);
  private static final Duration WEAK_WITHIN = Duration.ofHours(1);

  /**
   * Finds the beginning of the errors that still last.
   *
   * @param traffic what was seen of requests
   * @param threshold the share of errors that is too much, strictly
   * @param releases what was released, in any order
   * @return the onset, or empty if the newest span with requests is not bad
   */
  public static Optional<Onset> find(Traffic traffic, double threshold, List<Release> releases) {
    var busy = traffic.points().stream().filter(each -> each.requests() > 0).toList();
    int first = busy.size();
    // A single good span is a lull, two are an end.
    for (int i = busy.size() - 1, good = 0; i >= 0 && good < 2; i--) {
      boolean bad = busy.get(i).errors() > threshold * busy.get(i).requests();
      good = bad ? 0 : good + 1;
      first = bad ? i : first;
    }
    if (first == busy.size()) {
      return Optional.empty();
    }
    var at = busy.get(first).until().minus(traffic.step());
    // A record is made before the machines change, but clocks and spans are not exact.
    var latest =
        releases.stream()
            .filter(each -> !each.at().isAfter(at.plus(traffic.step())))
            .reduce((a, b) -> a.version() > b.version() ? a : b);
    return Optional.of(
        new Onset(
            at,
            first == 0,
            latest.orElse(null),
            latest.map(each -> atLeastZero(Duration.between(each.at(), at))).orElse(null)));
  }

  private static Duration atLeastZero(Duration lag) {
    return lag.isNegative() ? Duration.ZERO : lag;
  }

  /**
   * Tells how well the release fits.
   *
   * @return the strength
   */
  public Strength strength() {
    if (lag == null || atOrBefore || lag.compareTo(WEAK_WITHIN) > 0) {
      return Strength.NONE;
    }
    return lag.compareTo(STRONG_WITHIN) > 0 ? Strength.WEAK : Strength.STRONG;
  }
}
