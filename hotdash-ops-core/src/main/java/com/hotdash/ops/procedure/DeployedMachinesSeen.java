package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.logs.ErrorGroup;
import com.hotdash.ops.logs.LogEvent;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.logs.Sighting;
import com.hotdash.ops.logs.Signature;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.procedure.DeployedMachines.Images;
import com.hotdash.ops.procedure.DeployedMachines.Images.OnImage;
import com.hotdash.ops.procedure.DeployedMachines.Refused;
import com.hotdash.ops.procedure.DeployedMachines.ReleaseHealth;
import com.hotdash.ops.procedure.DeployedMachines.StartFailures;
import com.hotdash.ops.procedure.DeployedMachines.StartFailures.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be told of the machines after a deployment. */
final class DeployedMachinesSeen {
  private static final Set<MachineState> HAVE_AN_IMAGE =
      EnumSet.of(
          MachineState.STARTED,
          MachineState.STOPPED,
          MachineState.SUSPENDED,
          MachineState.CHANGING,
          MachineState.FAILED);
  // As for logged errors: what was silent for so long is over.
  private static final Duration STOPPED = Duration.ofMinutes(5);
  // Clocks of checks and records are not one.
  private static final Duration SKEW = Duration.ofMinutes(1);

  // Code that does not come up, or fails its checks, shows it sooner.
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(5);
  // Exit codes of a process that ended by itself, or was asked to: no crash.
  private static final Set<String> ASKED_TO_END = Set.of("0", "143");
  private static final int MOST_LINES = 3;

  private final Observation seen;
  private final DeploymentFailuresThresholds thresholds;
  private final boolean underWay;
  private final List<Machine> machines;
  private final List<Release> releases;
  private final Reading.@Nullable Read<LogSummary> log;
  private final List<String> loops;

  DeployedMachinesSeen(
      Observation seen, DeploymentFailuresThresholds thresholds, boolean underWay) {
    this.seen = seen;
    this.thresholds = thresholds;
    this.underWay = underWay;
    this.machines =
        seen.get(PlatformLook.MACHINES).toOptional().map(Machines::all).orElse(List.of()).stream()
            .filter(each -> HAVE_AN_IMAGE.contains(each.state()))
            .toList();
    this.releases =
        seen.get(PlatformLook.RELEASES).toOptional().orElse(List.<Release>of()).stream()
            .sorted(Comparator.comparingInt(Release::version).reversed())
            .toList();
    this.log = Needs.read(seen, PlatformLook.LOGS).orElse(null);
    this.loops =
        log == null ? List.of() : log.value().crashLoops().stream().filter(this::loops).toList();
  }

  /** Whether a machine that ended again and again still may: not if it is gone, or well since. */
  private boolean loops(String id) {
    if (seen.get(PlatformLook.MACHINES).obstacle().isPresent()) {
      return true;
    }
    return machines.stream()
        .filter(each -> each.id().equals(id))
        .anyMatch(each -> each.health() != Machine.Health.HEALTHY || endedLately(id));
  }

  private boolean endedLately(String id) {
    return log != null
        && log.value().exits().stream()
            .filter(each -> each.machine().equals(id))
            .anyMatch(each -> !each.at().isBefore(seen.at().minus(STOPPED)));
  }

  /** Whether all machines have an image; false if there are none or they could not be read. */
  boolean allHave(Image image) {
    return !machines.isEmpty() && machines.stream().allMatch(each -> each.image().same(image));
  }

  /** Whether all machines have one image, some run, and all that run pass their checks. */
  boolean calm() {
    var running = machines.stream().filter(each -> each.state() == MachineState.STARTED).toList();
    return !running.isEmpty()
        && allHave(machines.get(0).image())
        && running.stream().allMatch(each -> each.health() == Machine.Health.HEALTHY)
        && machines.stream().noneMatch(this::fails);
  }

  void add(List<DeploymentFailuresFinding> findings) {
    var read = Needs.read(seen, PlatformLook.MACHINES);
    read.ifPresent(each -> findings.add(new Images(images(), underWay, List.of(each.evidence()))));
    read.flatMap(each -> health(each.evidence())).ifPresent(findings::add);
    starts(read.map(Reading.Read::evidence).orElse(null)).ifPresent(findings::add);
    refused().ifPresent(findings::add);
  }

  private List<OnImage> images() {
    var all = new ArrayList<OnImage>();
    for (var machine : machines) {
      if (all.stream().noneMatch(each -> each.image().same(machine.image()))) {
        all.add(
            new OnImage(
                machine.image(),
                newest(machine.image()).orElse(null),
                machines.stream().filter(each -> each.image().same(machine.image())).toList()));
      }
    }
    all.sort(Comparator.comparingInt(DeployedMachinesSeen::version).reversed());
    return all;
  }

  private static int version(OnImage image) {
    return image.release() == null ? 0 : image.release().version();
  }

  private Optional<Release> newest(Image image) {
    return releases.stream().filter(each -> each.image().same(image)).findFirst();
  }

  /** The release that brought a release's image: those between the two name the same. */
  static Release origin(Release of, List<Release> releases) {
    var origin = of;
    var older =
        releases.stream()
            .filter(each -> each.version() < of.version())
            .sorted(Comparator.comparingInt(Release::version).reversed())
            .toList();
    for (var each : older) {
      if (!each.image().same(of.image())) {
        break;
      }
      origin = each;
    }
    return origin;
  }

  private Optional<ReleaseHealth> health(Evidence evidence) {
    var found =
        releases.stream()
            .filter(each -> machines.stream().anyMatch(m -> m.image().same(each.image())))
            .findFirst();
    return found.map(
        release -> {
          // One that sleeps is neither well nor ill on either.
          var awake =
              machines.stream()
                  .filter(each -> each.health() != Machine.Health.NOT_RUNNING || fails(each))
                  .toList();
          var on = awake.stream().filter(each -> each.image().same(release.image())).toList();
          var others = awake.stream().filter(each -> !on.contains(each)).toList();
          var failing = on.stream().filter(each -> fails(each) && came(each, release)).toList();
          boolean young = !seen.at().isAfter(release.at().plus(thresholds.afterRelease()));
          var silent =
              on.stream().filter(each -> young && each.health() == Machine.Health.UNKNOWN).toList();
          var origin = origin(release, releases);
          return new ReleaseHealth(
              release,
              !ranWell(origin, release) && failing.stream().anyMatch(each -> came(each, origin)),
              failing,
              silent,
              on.size(),
              others.size(),
              (int) others.stream().filter(this::fails).count(),
              failing.stream()
                  .map(this::since)
                  .filter(Objects::nonNull)
                  .map(Instant.class::cast)
                  .min(Comparator.naturalOrder())
                  .orElse(null),
              Stream.concat(
                      Stream.of(evidence),
                      seen.get(PlatformLook.RELEASES).evidenceIfRead().stream())
                  .toList());
        });
  }

  /** Whether the image was there for a while before the release that came with the trouble. */
  private static boolean ranWell(Release origin, Release release) {
    return release.at().isAfter(origin.at().plus(LONG_ENOUGH));
  }

  private boolean fails(Machine machine) {
    return machine.health() == Machine.Health.FAILING
        || machine.crashed()
        || loops.contains(machine.id());
  }

  /**
   * Whether a machine's trouble came with the release; if nobody says when, the release is young.
   */
  private boolean came(Machine machine, Release release) {
    var since = since(machine);
    var at = since == null ? seen.at() : since;
    return !at.isBefore(release.at().minus(SKEW))
        && !at.isAfter(release.at().plus(thresholds.afterRelease()));
  }

  private @Nullable Instant since(Machine machine) {
    if (log != null && loops.contains(machine.id())) {
      return log.value().exits().stream()
          .filter(each -> each.machine().equals(machine.id()))
          .filter(each -> !ASKED_TO_END.contains(each.detail()))
          .map(LogEvent::at)
          .findFirst()
          .orElse(null);
    }
    if (machine.crashed()) {
      return machine.exits().isEmpty() ? null : machine.exits().get(0).at();
    }
    return machine.checks().stream()
        .filter(each -> each.status() == MachineCheck.Status.CRITICAL)
        .map(MachineCheck::since)
        .filter(Objects::nonNull)
        .map(Instant.class::cast)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private Optional<StartFailures> starts(@Nullable Evidence machinesAt) {
    var starts = new ArrayList<Start>();
    machines.stream().filter(Machine::crashed).forEach(each -> starts.add(start(each)));
    loops.stream()
        .filter(id -> starts.stream().noneMatch(each -> each.machine().equals(id)))
        .forEach(id -> starts.add(loop(id)));
    if (starts.isEmpty()) {
      return Optional.empty();
    }
    var evidence = new ArrayList<Evidence>();
    if (machinesAt != null) {
      evidence.add(machinesAt);
    }
    if (log != null) {
      evidence.add(log.evidence());
    }
    var groups = groups(starts);
    return Optional.of(
        new StartFailures(
            starts,
            (int) machines.stream().filter(m -> m.health() == Machine.Health.HEALTHY).count(),
            thresholds.requiredSecrets().stream()
                .filter(name -> groups.stream().anyMatch(each -> speaksOf(each, name)))
                .toList(),
            groups.stream().limit(MOST_LINES).map(ErrorGroup::template).toList(),
            evidence));
  }

  private static Start start(Machine machine) {
    var last = machine.exits().isEmpty() ? null : machine.exits().get(0);
    return new Start(
        machine.id(),
        last == null ? null : last.code(),
        last != null && last.outOfMemory(),
        last == null ? null : last.at());
  }

  private Start loop(String id) {
    var memory =
        Objects.requireNonNull(log).value().sightings().stream()
            .filter(each -> each.signature().name().startsWith("OOM_"))
            .anyMatch(each -> each.machines().containsKey(id));
    return new Start(id, null, memory, null);
  }

  private List<ErrorGroup> groups(List<Start> starts) {
    return log == null
        ? List.of()
        : log.value().groups().stream()
            .filter(each -> starts.stream().anyMatch(s -> each.machines().containsKey(s.machine())))
            .toList();
  }

  private static boolean speaksOf(ErrorGroup group, String name) {
    return group.template().contains(name)
        || group.samples().stream().anyMatch(each -> each.contains(name));
  }

  private Optional<Refused> refused() {
    if (log == null) {
      return Optional.empty();
    }
    return log.value()
        .sighting(Signature.PROXY_CONNECT)
        .filter(each -> each.count() >= thresholds.leastRefusals())
        .map(
            each ->
                new Refused(
                    each,
                    machines.stream().filter(this::deaf).toList(),
                    goesOn(each),
                    List.of(log.evidence())));
  }

  private boolean goesOn(Sighting sighting) {
    return sighting.last() == null || !sighting.last().isBefore(seen.at().minus(STOPPED));
  }

  /** It runs, its checks fail, and its process did not end meanwhile. */
  private boolean deaf(Machine machine) {
    return machine.health() == Machine.Health.FAILING
        && machine.exits().stream()
            .noneMatch(each -> !each.requested() && each.at().isAfter(seen.at().minus(STOPPED)));
  }
}
