package com.hotdash.ops.logs;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the groups of a result: joined, compared with the window before, ranked. */
final class Grouping {
  private final LogQuery query;
  private final Coverage coverage;
  private final long errors;

  Grouping(LogQuery query, Coverage coverage, long errors) {
    this.query = query;
    this.coverage = coverage;
    this.errors = errors;
  }

  /** The most frequent first; of equally frequent ones the fingerprint decides which are shown. */
  List<ErrorGroup> of(GroupTable table) {
    return Templates.merge(table.values()).stream()
        .filter(group -> group.spread().count() > 0)
        .map(this::group)
        .sorted(
            Comparator.comparingLong(ErrorGroup::count)
                .reversed()
                .thenComparing(ErrorGroup::fingerprint))
        .limit(table.shown())
        .toList();
  }

  private ErrorGroup group(Group group) {
    var identity = group.identity();
    var spread = group.spread();
    var first = spread.first();
    var release = first == null ? null : before(first);
    boolean readBefore =
        release != null && coverage.first() != null && coverage.first().isBefore(release.at());
    return new ErrorGroup(
        identity.fingerprint(),
        identity.type(),
        identity.code(),
        identity.status(),
        identity.template(),
        identity.frames(),
        spread.count(),
        errors == 0 ? 0 : (double) spread.count() / errors,
        spread.before(),
        trend(spread),
        first,
        spread.last(),
        spread.machines(),
        spread.places(),
        release,
        readBefore ? release : null,
        spread.samples().texts());
  }

  private @Nullable Change before(Instant at) {
    Change latest = null;
    for (var change : query.changes()) {
      latest = change.at().isAfter(at) ? latest : change;
    }
    return latest;
  }

  private Trend trend(Spread spread) {
    var from = query.from();
    if (from == null
        || coverage.first() == null
        || coverage.last() == null
        || !coverage.first().isBefore(from)) {
      return Trend.UNKNOWN;
    }
    if (spread.before() == 0) {
      return Trend.NEW;
    }
    double past = Math.max(1, Duration.between(coverage.first(), from).toMillis());
    double now = Math.max(1, Duration.between(from, coverage.last()).toMillis());
    double expected = spread.before() * now / past;
    boolean rising =
        spread.count() >= 2 * expected && spread.count() > expected + 3 * Math.sqrt(expected + 1);
    return rising ? Trend.RISING : Trend.STEADY;
  }
}
