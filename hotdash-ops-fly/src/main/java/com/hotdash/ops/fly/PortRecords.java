package com.hotdash.ops.fly;

import com.hotdash.ops.platform.Guest;
import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.MachineCheck.Status;
import com.hotdash.ops.platform.MachineWake;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SecretDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in the runbook's words what Fly says in its own. */
final class PortRecords {
  // Of two that nobody knows, none must be taken for the other.
  private static final Image RUNS_UNKNOWN = new Image("image not known", null);
  private static final Image NAMES_NONE = new Image("no image named", null);
  private static final Guest NO_GUEST = new Guest("size not known", 0, 0);

  private static final Set<String> BRINGS_ABOUT = Set.of("start", "restart", "update", "launch");

  private PortRecords() {}

  /** The fleet: what Fly Launch manages, without reserved groups and what is gone. */
  static Machines machines(List<Machine> all) {
    return new Machines(
        all.stream()
            .filter(Machine::managed)
            .sorted(Comparator.comparing(Machine::id))
            .map(PortRecords::machine)
            .toList());
  }

  static com.hotdash.ops.platform.Machine machine(Machine from) {
    return new com.hotdash.ops.platform.Machine(
        from.id(),
        from.instanceId(),
        from.region(),
        from.processGroup(),
        state(from.state()),
        from.state().value(),
        from.image() == null ? RUNS_UNKNOWN : image(from.image()),
        from.releaseVersion().orElse(null),
        guest(from.guest().orElse(null)),
        from.cordoned(),
        from.hostStatus().equals("ok"),
        from.config() == null ? 0 : from.config().checkCount(),
        from.checks().stream().filter(MachineCheck::counts).map(PortRecords::check).toList(),
        from.events().stream().flatMap(PortRecords::exit).toList(),
        startedAt(from),
        woken(from));
  }

  private static com.hotdash.ops.platform.MachineState state(MachineState from) {
    if (from.gone()) {
      return com.hotdash.ops.platform.MachineState.DESTROYED;
    }
    return switch (from.value()) {
      case "started" -> com.hotdash.ops.platform.MachineState.STARTED;
      case "stopped" -> com.hotdash.ops.platform.MachineState.STOPPED;
      case "suspended" -> com.hotdash.ops.platform.MachineState.SUSPENDED;
      case "created" -> com.hotdash.ops.platform.MachineState.CREATED;
      case "failed", "launch_failed" -> com.hotdash.ops.platform.MachineState.FAILED;
      default ->
          from.passing()
              ? com.hotdash.ops.platform.MachineState.CHANGING
              : com.hotdash.ops.platform.MachineState.UNKNOWN;
    };
  }

  private static com.hotdash.ops.platform.MachineCheck check(MachineCheck from) {
    var status =
        switch (from.status()) {
          case "passing" -> Status.PASSING;
          case "warning" -> Status.WARNING;
          case "critical" -> Status.CRITICAL;
          default -> Status.UNKNOWN;
        };
    return new com.hotdash.ops.platform.MachineCheck(
        from.name(), status, from.output(), from.updatedAt());
  }

  private static Stream<com.hotdash.ops.platform.MachineExit> exit(MachineEvent event) {
    var exit = event.exit();
    var at = exit == null || exit.at() == null ? event.at() : exit.at();
    return exit == null || at == null
        ? Stream.empty()
        : Stream.of(
            new com.hotdash.ops.platform.MachineExit(
                at, exit.exitCode(), exit.oomKilled(), exit.requestedStop(), exit.restartCount()));
  }

  static @Nullable Instant startedAt(Machine from) {
    return from.events().stream()
        .filter(event -> event.type().equals("start") || event.type().equals("restart"))
        .map(MachineEvent::at)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /**
   * Whether Fly's proxy brought about the present run: nobody else did, and nothing ended since.
   */
  private static @Nullable MachineWake woken(Machine from) {
    var last =
        from.events().stream()
            .filter(event -> event.at() != null && !event.source().equals("flyd"))
            .filter(event -> BRINGS_ABOUT.contains(event.type()))
            .max(Comparator.comparing(PortRecords::at))
            .filter(event -> event.type().equals("start") && event.source().equals("proxy"));
    if (last.isEmpty()) {
      return null;
    }
    var at = at(last.get());
    if (from.events().stream().anyMatch(event -> event.exit() != null && at(event).isAfter(at))) {
      return null;
    }
    var started = startedAt(from);
    boolean ran = started != null && started.isAfter(at);
    return new MachineWake(at, ran ? Duration.between(at, started) : null);
  }

  private static Instant at(MachineEvent event) {
    var at = event.at();
    return at == null ? Instant.MIN : at;
  }

  /** Named by its tag where it has one: releases know their images by that. */
  static Image image(ImageRef from) {
    var name = from.registry() + "/" + from.repository();
    return from.tag() == null
        ? new Image(from.toString(), from.digest())
        : new Image(name + ":" + from.tag(), from.digest());
  }

  static ImageRef imageRef(Image from) {
    var parsed = ImageRef.parse(from.reference());
    return from.digest() == null ? parsed : parsed.withDigest(from.digest());
  }

  static Release release(com.hotdash.ops.fly.Release from) {
    var status =
        switch (from.status()) {
          case "complete", "succeeded" -> Release.Status.COMPLETE;
          case "failed", "dead" -> Release.Status.FAILED;
          case "interrupted" -> Release.Status.INTERRUPTED;
          case "pending", "running" -> Release.Status.RUNNING;
          default -> Release.Status.UNKNOWN;
        };
    return new Release(
        from.version(),
        status,
        from.status(),
        from.image() == null ? NAMES_NONE : image(from.image()),
        from.createdAt() == null ? Instant.EPOCH : from.createdAt(),
        from.user(),
        from.description(),
        from.strategy());
  }

  static com.hotdash.ops.platform.MachineVersion version(MachineVersion from, ImagePins pins) {
    var config = from.config();
    return new com.hotdash.ops.platform.MachineVersion(
        from.version(),
        config.image().map(pins::pin).map(PortRecords::image).orElse(RUNS_UNKNOWN),
        guest(config.guest().orElse(null)),
        config.fingerprint());
  }

  static SecretDigest secret(SecretName from) {
    return new SecretDigest(from.name(), from.digest(), from.updatedAt());
  }

  static Guest guest(com.hotdash.ops.fly.@Nullable Guest from) {
    return from == null ? NO_GUEST : new Guest(from.cpuKind(), from.cpus(), from.memoryMb());
  }
}
