package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineResources;
import com.hotdash.ops.platform.MachineResources.Used;
import com.hotdash.ops.platform.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds memory that grows and grows. Numbers without a source are ours: nobody names any. */
final class Leaks {
  // A process that has just started fills its caches, which looks like a leak.
  private static final Duration WARM_UP = Duration.ofMinutes(10);
  private static final Duration LEAST_SPAN = Duration.ofMinutes(30);
  private static final int LEAST_POINTS = 6;
  private static final double LEAST_FIT = 0.8;
  // Less than this share of all memory is noise of the page cache.
  private static final double LEAST_RISE = 0.02;
  // A cache that fills levels off, a leak does not.
  private static final double STILL_RISING = 0.5;
  // So large a drop is a restart.
  private static final double DROP = 0.3;

  private Leaks() {}

  static Optional<MemoryLeak> find(
      MachineResources resources,
      @Nullable Machine machine,
      long total,
      List<Release> releases,
      Duration ahead,
      List<Evidence> evidence) {
    var sorted = resources.memoryUsed().stream().sorted(Comparator.comparing(Used::at)).toList();
    var started = machine == null ? null : machine.startedAt();
    var release = releaseOf(sorted, machine, releases);
    var from = release == null ? started : later(started, release.at());
    var line = rising(sinceLastDrop(after(sorted, from)), total);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    var leak =
        new MemoryLeak(
            resources.machine(),
            line.get().bytesPerHour(),
            line.get().fit(),
            Math.round(line.get().lastBytes()),
            total,
            line.get().from(),
            release != null && flatBefore(sorted, release, total) ? release.label() : null,
            ahead,
            evidence);
    return leak.toLimit().compareTo(ahead) <= 0 ? Optional.of(leak) : Optional.empty();
  }

  /** The release that brought what the machine runs, before its present process began. */
  private static @Nullable Release releaseOf(
      List<Used> points, @Nullable Machine machine, List<Release> releases) {
    if (points.isEmpty() || machine == null) {
      return null;
    }
    var started = machine.startedAt();
    var until = started == null ? points.get(points.size() - 1).at() : started;
    return releases.stream()
        .filter(each -> !each.at().isAfter(until) && each.image().same(machine.image()))
        .max(Comparator.comparingInt(Release::version))
        .map(newest -> DeployedMachinesSeen.origin(newest, releases))
        .orElse(null);
  }

  private static Instant later(@Nullable Instant a, Instant b) {
    return a == null || b.isAfter(a) ? b : a;
  }

  private static List<Used> after(List<Used> points, @Nullable Instant from) {
    return from == null
        ? points
        : points.stream().filter(each -> each.at().isAfter(from.plus(WARM_UP))).toList();
  }

  private static List<Used> sinceLastDrop(List<Used> points) {
    int begin = 0;
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).bytes() < points.get(i - 1).bytes() * (1 - DROP)) {
        begin = i;
      }
    }
    return points.subList(begin, points.size());
  }

  private static Optional<LeastSquares> rising(List<Used> points, long total) {
    return LeastSquares.of(points)
        .filter(line -> line.points() >= LEAST_POINTS)
        .filter(line -> line.span().compareTo(LEAST_SPAN) >= 0)
        .filter(line -> line.fit() >= LEAST_FIT && line.rise() >= LEAST_RISE * total)
        .filter(
            line ->
                LeastSquares.of(points.subList(points.size() / 2, points.size()))
                    .filter(half -> half.bytesPerHour() >= STILL_RISING * line.bytesPerHour())
                    .isPresent());
  }

  /** Whether enough was seen before the release to say that nothing grew then. */
  private static boolean flatBefore(List<Used> points, Release release, long total) {
    var before =
        sinceLastDrop(points.stream().filter(each -> each.at().isBefore(release.at())).toList());
    return LeastSquares.of(before)
        .filter(line -> line.points() >= LEAST_POINTS)
        .filter(line -> line.span().compareTo(LEAST_SPAN) >= 0)
        .filter(line -> rising(before, total).isEmpty())
        .isPresent();
  }
}
