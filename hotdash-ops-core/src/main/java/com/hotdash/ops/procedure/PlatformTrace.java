package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.NearbyChange.Kind;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The changes that were made to the machines: releases, secrets, sizes, and starts that none of
 * these explains. A release that was made only to bring secrets is told as the change of these.
 */
final class PlatformTrace {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40,64}");
  private static final Pattern REPOSITORY = Pattern.compile("https://[\\w.-]+/[\\w.-]+/[\\w.-]+");
  // As git itself shows them in most repositories, and some more.
  private static final int SHORT = 10;
  private static final Pattern SECRETS = Pattern.compile("(?i)\\bsecrets?\\b");
  private static final Pattern SCALE = Pattern.compile("(?i)\\bscal(?:e[sd]?|ing)\\b");
  // Values that were stored together were meant together.
  private static final Duration TOGETHER = Duration.ofMinutes(2);
  private static final int MOST_NAMED = 4;

  private final List<Release> releases;
  private final List<SecretDigest> secrets;
  private final List<Machine> machines;
  private final List<Run> runs;
  private final List<Changed> found = new ArrayList<>();
  private final Set<String> told = new HashSet<>();

  private PlatformTrace(Observation seen) {
    releases =
        seen.get(PlatformLook.RELEASES).toOptional().orElse(List.<Release>of()).stream()
            .sorted(Comparator.comparingInt(Release::version))
            .toList();
    secrets =
        seen.get(PlatformLook.SECRETS).toOptional().orElse(List.<SecretDigest>of()).stream()
            .filter(each -> each.updatedAt() != null)
            .sorted(Comparator.comparing(PlatformTrace::stored))
            .toList();
    machines = seen.get(PlatformLook.MACHINES).toOptional().map(Machines::all).orElse(List.of());
    runs = seen.get(PipelineLook.DEPLOYS).toOptional().map(each -> each.runs()).orElse(List.of());
  }

  static List<Changed> of(Observation seen) {
    var trace = new PlatformTrace(seen);
    trace.releases();
    trace.secrets();
    trace.sizes();
    trace.found.addAll(UnexplainedStarts.of(trace.machines, trace.found));
    return trace.found;
  }

  /**
   * The commits that a release brought: from the one that the last release with another image was
   * made of, as the pipeline's runs tell.
   *
   * @return as git takes it, or empty if the runs of either are not known
   */
  static Optional<String> commits(Observation seen, Instant at) {
    var trace = new PlatformTrace(seen);
    var bad = trace.releases.stream().filter(each -> each.at().equals(at)).findFirst();
    return bad.flatMap(
            release ->
                trace.releases.stream()
                    .filter(each -> each.version() < release.version())
                    .filter(each -> !each.image().same(release.image()))
                    .reduce((older, newer) -> newer)
                    .flatMap(trace::sha))
        .flatMap(
            from ->
                bad.flatMap(trace::sha).filter(to -> !to.equals(from)).map(to -> from + ".." + to));
  }

  /** Where the pipeline's host shows what a range of commits changed, if its runs tell where. */
  static Optional<String> comparison(Observation seen, String range) {
    return new PlatformTrace(seen)
        .runs.stream()
            .map(run -> REPOSITORY.matcher(run.url()))
            .filter(Matcher::lookingAt)
            .map(found -> found.group() + "/compare/" + range.replace("..", "..."))
            .findFirst();
  }

  private Optional<String> sha(Release release) {
    return runs.stream()
        .filter(run -> OutsideTrace.made(run, release))
        .flatMap(run -> Stream.ofNullable(run.sha()))
        .filter(COMMIT.asMatchPredicate())
        .map(sha -> sha.substring(0, SHORT))
        .findFirst();
  }

  /**
   * Whether the release of that moment brought another image than the one before. One that failed
   * may have come to no machine: whoever could not look has not seen that it did.
   */
  static boolean newImage(Observation seen, Instant at) {
    var releases = new PlatformTrace(seen).releases;
    boolean fleet = seen.get(PlatformLook.MACHINES).obstacle().isEmpty();
    for (int i = 0; i < releases.size(); i++) {
      var release = releases.get(i);
      if (release.at().equals(at)) {
        return (fleet || release.status() != Release.Status.FAILED)
            && (i == 0 || !releases.get(i - 1).image().same(release.image()));
      }
    }
    return false;
  }

  /** The secret that was stored last before a change of secrets, and came to some machine. */
  static Optional<String> newest(List<SecretDigest> secrets, Instant change) {
    return secrets.stream()
        .filter(each -> each.spread().state() != SecretSpread.State.STAGED)
        .filter(each -> each.updatedAt() != null)
        .filter(each -> !stored(each).isAfter(change.plus(TOGETHER)))
        .max(Comparator.comparing(PlatformTrace::stored))
        .map(SecretDigest::name);
  }

  private static Instant stored(SecretDigest secret) {
    var at = secret.updatedAt();
    return at == null ? Instant.MIN : at;
  }

  private void releases() {
    Release before = null;
    for (var release : releases) {
      boolean sameImage = before != null && before.image().same(release.image());
      var brought = before == null ? List.<SecretDigest>of() : storedBetween(before, release);
      if (sameImage && !brought.isEmpty()) {
        found.add(secrets(brought, ", by " + described(release), release.at()));
      } else {
        var change = release(release, sameImage);
        found.add(change);
        // An update takes what is stored: these values came when the machines were updated.
        var with = brought.stream().filter(each -> cameWith(change, each)).toList();
        if (!with.isEmpty()) {
          var how =
              " stored at " + Stamp.of(stored(with.get(0))) + ", came with " + release.label();
          found.add(secrets(with, how, release.at()));
        }
      }
      before = release;
    }
  }

  private List<SecretDigest> storedBetween(Release before, Release release) {
    // What no machine has came with no release.
    return secrets.stream()
        .filter(each -> each.spread().state() != SecretSpread.State.STAGED)
        .filter(each -> stored(each).isAfter(before.at().plus(TOGETHER)))
        .filter(each -> !stored(each).isAfter(release.at().plus(TOGETHER)))
        .toList();
  }

  private boolean cameWith(Changed release, SecretDigest secret) {
    var has = spread(List.of(secret)).reached();
    return !has.isEmpty() && release.reached() != null && release.reached().containsAll(has);
  }

  private Changed release(Release release, boolean sameImage) {
    var reached = new HashSet<String>();
    var missed = new HashSet<String>();
    for (var machine : machines) {
      var has = has(machine, release, sameImage);
      if (has != null) {
        (has ? reached : missed).add(machine.id());
      }
    }
    return new Changed(
        kind(release),
        described(release) + (sameImage ? ", image as before" : "") + run(release),
        release.at(),
        reached,
        missed);
  }

  private static Kind kind(Release release) {
    if (SECRETS.matcher(release.description()).find()) {
      return Kind.SECRET;
    }
    return SCALE.matcher(release.description()).find() ? Kind.SCALE : Kind.RELEASE;
  }

  /**
   * Whether a machine runs what came with a release; null if nobody can tell. What was released
   * later stands on it, what was gone back to does not.
   */
  private @Nullable Boolean has(Machine machine, Release release, boolean sameImage) {
    var says = machine.release();
    if (sameImage) {
      return says == null ? null : says >= release.version();
    }
    if (machine.image().same(release.image())) {
      return true;
    }
    var at =
        releases.stream()
            .filter(each -> each.image().same(machine.image()))
            .mapToInt(Release::version)
            .min();
    if (at.isPresent()) {
      return at.getAsInt() > release.version();
    }
    boolean older = says != null && says < release.version();
    return older ? Boolean.FALSE : null;
  }

  private static String described(Release release) {
    return "release "
        + release.label()
        + (release.status() == Release.Status.COMPLETE ? "" : " (" + release.statusText() + ")")
        + (release.by().isEmpty() ? "" : " of " + release.by());
  }

  private String run(Release release) {
    return runs.stream()
        .filter(each -> !each.state().active() && OutsideTrace.made(each, release))
        .findFirst()
        .map(each -> ", by " + OutsideTrace.name(each))
        .orElse("");
  }

  /** Those that came with no release. */
  private void secrets() {
    var staged =
        secrets.stream()
            .filter(each -> !told.contains(each.name()))
            .collect(
                Collectors.partitioningBy(
                    each -> each.spread().state() == SecretSpread.State.STAGED));
    staged.values().forEach(this::secrets);
  }

  private void secrets(List<SecretDigest> open) {
    for (int i = 0; i < open.size(); ) {
      var first = open.get(i);
      var together =
          open.subList(i, open.size()).stream()
              .takeWhile(each -> !stored(each).isAfter(stored(first).plus(TOGETHER)))
              .toList();
      found.add(secrets(together, " stored", stored(first)));
      i += together.size();
    }
  }

  private Changed secrets(List<SecretDigest> some, String how, Instant at) {
    some.forEach(each -> told.add(each.name()));
    var spread = spread(some);
    return new Changed(
        Kind.SECRET, names(some) + how + spread.text(), at, spread.reached(), spread.missed());
  }

  private record Spread(Set<String> reached, Set<String> missed, String text) {}

  private Spread spread(List<SecretDigest> some) {
    var missed = new TreeSet<String>();
    var unsure = new TreeSet<String>();
    some.forEach(each -> missed.addAll(each.spread().behind()));
    some.forEach(each -> unsure.addAll(each.spread().unsure()));
    boolean known =
        some.stream().noneMatch(each -> each.spread().state() == SecretSpread.State.UNKNOWN);
    var reached =
        known || !missed.isEmpty() || !unsure.isEmpty()
            ? ids(each -> !missed.contains(each.id()) && !unsure.contains(each.id()))
            : Set.<String>of();
    var text =
        missed.isEmpty()
            ? ""
            : reached.isEmpty() && unsure.isEmpty()
                ? ", not yet on any machine"
                : ", not yet on " + missed.size() + " of " + machines.size() + " machines";
    return new Spread(reached, missed, text);
  }

  private static String names(List<SecretDigest> some) {
    return some.stream()
            .limit(MOST_NAMED)
            .map(SecretDigest::name)
            .collect(Collectors.joining(", ", some.size() == 1 ? "secret " : "secrets ", ""))
        + (some.size() > MOST_NAMED ? " and " + (some.size() - MOST_NAMED) + " more" : "");
  }

  /** Sizes that differ within a process group: the one that came last is the change. */
  private void sizes() {
    var groups = machines.stream().collect(Collectors.groupingBy(Machine::group));
    for (var group : groups.values()) {
      var sizes = group.stream().collect(Collectors.groupingBy(Machine::guest));
      if (sizes.size() < 2 || group.stream().anyMatch(each -> each.startedAt() == null)) {
        continue;
      }
      var last =
          sizes.values().stream()
              .max(Comparator.comparing(PlatformTrace::firstStart))
              .orElseThrow();
      var ids = last.stream().map(Machine::id).collect(Collectors.toSet());
      found.add(
          new Changed(
              Kind.SCALE,
              "size %s on %d of %d machines of group %s"
                  .formatted(last.get(0).guest(), last.size(), group.size(), last.get(0).group()),
              firstStart(last),
              ids,
              ids(each -> !ids.contains(each.id()))));
    }
  }

  private static Instant firstStart(List<Machine> some) {
    return some.stream()
        .map(each -> each.startedAt() == null ? Instant.MIN : each.startedAt())
        .min(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  private Set<String> ids(Predicate<Machine> condition) {
    return machines.stream().filter(condition).map(Machine::id).collect(Collectors.toSet());
  }
}
