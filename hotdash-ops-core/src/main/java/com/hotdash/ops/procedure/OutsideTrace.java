package com.hotdash.ops.procedure;

import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.NearbyChange.Kind;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.Conclusion;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.statuspage.PageLevel;
import com.hotdash.ops.statuspage.PageStatus;
import com.hotdash.ops.statuspage.StatusPages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The changes that were made, or happened, outside of the machines. */
final class OutsideTrace {
  private final List<Changed> found = new ArrayList<>();

  private OutsideTrace() {}

  static List<Changed> of(Observation seen) {
    var trace = new OutsideTrace();
    trace.migrations(seen);
    trace.runs(seen);
    trace.vendors(seen);
    return trace.found;
  }

  private void migrations(Observation seen) {
    seen.get(DatabaseLook.OPEN_MIGRATIONS).toOptional().stream()
        .flatMap(open -> open.migrations().stream())
        .forEach(
            each ->
                add(
                    Kind.MIGRATION,
                    "migration "
                        + each.name()
                        + (each.error().isEmpty() ? ", not ended" : ", failed: " + each.error()),
                    each.startedAt()));
  }

  /** A run that has ended and made a release is told of with that release. */
  private void runs(Observation seen) {
    var runs = new LinkedHashMap<Long, Run>();
    for (var key : List.of(PipelineLook.IN_FLIGHT, PipelineLook.DEPLOYS)) {
      seen.get(key).toOptional().stream()
          .flatMap(some -> some.runs().stream())
          .forEach(run -> runs.putIfAbsent(run.id(), run));
    }
    var releases = seen.get(PlatformLook.RELEASES).toOptional().orElse(List.<Release>of());
    runs.values().stream()
        .filter(run -> run.state().conclusion() != Conclusion.SKIPPED)
        .filter(run -> run.state().active() || releases.stream().noneMatch(it -> made(run, it)))
        .forEach(
            run ->
                add(
                    Kind.DEPLOY_RUN,
                    name(run) + ", " + run.state() + by(run),
                    run.startedAt() == null ? run.createdAt() : run.startedAt()));
  }

  /** Whether a release was recorded while a run went on. */
  static boolean made(Run run, Release release) {
    return run.startedAt() != null
        && run.updatedAt() != null
        && !release.at().isBefore(run.startedAt())
        && !release.at().isAfter(run.updatedAt());
  }

  static String name(Run run) {
    return (run.file().isEmpty() ? "run " + run.id() : run.file()) + " #" + run.number();
  }

  private static String by(Run run) {
    return run.actor() == null ? "" : ", of " + run.actor();
  }

  private void vendors(Observation seen) {
    seen.get(PlatformLook.TROUBLES).toOptional().stream()
        .flatMap(List::stream)
        .forEach(each -> add(Kind.VENDOR, each.what(), each.since()));
    seen.get(StatusPages.PAGES).toOptional().orElse(Map.of()).values().stream()
        .map(Reading::toOptional)
        .forEach(page -> page.ifPresent(this::page));
  }

  private void page(PageStatus page) {
    var concerning =
        page.incidents().stream().filter(each -> VendorPages.concerns(each, page)).toList();
    concerning.forEach(
        each -> add(Kind.VENDOR, page.page() + ": " + each.name(), each.startedAt()));
    page.maintenances().stream()
        .filter(PageStatus.Maintenance::underWay)
        .forEach(
            each ->
                add(
                    Kind.VENDOR,
                    page.page() + ": maintenance \"" + each.name() + '"',
                    each.from()));
    if (concerning.isEmpty()) {
      page.components().stream()
          .filter(each -> each.level() != PageLevel.OPERATIONAL)
          .filter(each -> each.level() != PageLevel.UNKNOWN)
          .forEach(each -> add(Kind.VENDOR, page.page() + ": " + each, each.updatedAt()));
    }
  }

  /** What has no time is near to nothing. */
  private void add(Kind kind, String what, @Nullable Instant at) {
    if (at != null) {
      found.add(Changed.outside(kind, what, at));
    }
  }
}
