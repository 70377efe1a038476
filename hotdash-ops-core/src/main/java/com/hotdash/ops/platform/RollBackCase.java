package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Objection;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the last hour's requests say for and against a roll back: whether failing requests began
 * with the code that is left, and whether the code that is gone back to did well.
 */
final class RollBackCase {
  /** How far back requests are looked at. */
  static final Duration WINDOW = Duration.ofHours(1);

  // A trouble that began later than an hour after a change hardly comes of it, as for diagnoses.
  private static final Duration MAY_EXPLAIN = Duration.ofHours(1);
  // A release is recorded before machines take it, and counts are of whole minutes.
  private static final Duration INEXACT = Duration.ofMinutes(2);

  private final Traffic traffic;
  private final RollBackLimits limits;
  private final Release left;
  private final Release target;

  private RollBackCase(Traffic traffic, RollBackLimits limits, Release left, Release target) {
    this.traffic = traffic;
    this.limits = limits;
    this.left = left;
    this.target = target;
  }

  /** Empty if there is nowhere to go, or nobody counted requests: then they speak for nothing. */
  static Optional<RollBackCase> of(
      RollbackTarget choice, List<Release> releases, RollBackLimits limits, PlatformLook look) {
    var leaving = choice.leaving();
    var target = choice.target();
    if (leaving == null || target == null) {
      return Optional.empty();
    }
    return look.traffic(WINDOW) instanceof Reading.Read<Traffic> read
        ? Optional.of(new RollBackCase(read.value(), limits, first(leaving, releases), target))
        : Optional.empty();
  }

  /** The release that brought the image: one that brought secrets alone came with the same. */
  private static Release first(Release leaving, List<Release> releases) {
    return releases.stream()
        .filter(each -> each.version() <= leaving.version())
        .sorted(Comparator.comparingInt(Release::version).reversed())
        .takeWhile(each -> each.image().same(leaving.image()))
        .reduce((newer, older) -> older)
        .orElse(leaving);
  }

  /** Going back is no cure for what is older than the code that is left, or began long after. */
  Optional<Objection> objection() {
    var onset = Onset.find(traffic, limits.errorShare()).orElse(null);
    if (onset == null) {
      return Optional.empty();
    }
    if (before(left.at().minus(INEXACT)).anyMatch(each -> each.until().isAfter(onset.at()))) {
      return Optional.of(
          against(
              "requests fail since "
                  + (onset.atOrBefore() ? "before " : "")
                  + onset.at()
                  + ", and "
                  + left.label()
                  + " came at "
                  + left.at()
                  + ": they failed with "
                  + target.label()
                  + " as well"));
    }
    return !onset.atOrBefore() && onset.at().isAfter(left.at().plus(MAY_EXPLAIN))
        ? Optional.of(
            against(
                "requests fail since "
                    + onset.at()
                    + ", long after "
                    + left.label()
                    + " came at "
                    + left.at()))
        : Optional.empty();
  }

  private static Objection against(String why) {
    return Objection.overridable(
        "not-since-the-release",
        why,
        "look for the cause first: ops.triage(); or override this and say why older code helps");
  }

  /** That the target did well is more than that its deploy ended well. */
  Optional<String> note() {
    var ran = before(left.at()).filter(each -> each.until().isAfter(target.at())).toList();
    double requests = ran.stream().mapToDouble(Traffic.Point::requests).sum();
    double errors = ran.stream().mapToDouble(Traffic.Point::errors).sum();
    return requests < limits.leastRequests()
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "With %s, %.1f %% of %,.0f answers were 5xx, over the last %d min before %s.",
                target.label(),
                100 * errors / requests,
                requests,
                traffic.step().multipliedBy(ran.size()).toMinutes(),
                left.label()));
  }

  private Stream<Traffic.Point> before(Instant until) {
    return traffic.points().stream().filter(each -> !each.until().isAfter(until));
  }
}
