package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.MachineExit;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sees machines as somebody does who knows when they started and ended. */
final class Lately {
  // HotDash's slower check has spoken 55 s after a start at the latest: every 30 s, after a grace
  // of
  // 15 s, within 10 s (facts on HotDash).
  private static final Duration BOOT = Duration.ofMinutes(1);
  // Ends that nobody asked for, so short a time ago, make a young machine one that does not stay
  // up.
  private static final Duration STAYS = Duration.ofMinutes(15);
  // As for ends by want of memory: what is older is known, or nobody minds.
  private static final Duration REMEMBERED = Duration.ofHours(1);

  // As long as the newest requests that decide.
  private static final Duration STOPPED = Duration.ofMinutes(5);

  private Lately() {}

  /** Whether what was seen last at some time may go on; what has no time may. */
  static boolean goesOn(@Nullable Instant last, Instant at) {
    return last == null || !last.isBefore(at.minus(STOPPED));
  }

  /**
   * Whether a log that was read in part tells as much as a whole one: what was not seen lately is
   * no trouble any more, so that only the newest lines can tell of one. What goes on, and is too
   * little by itself, may be enough with what stands in lines that were not read.
   */
  static boolean readEnough(LogSummary log, boolean littleGoesOn, Instant at) {
    return log.coverage().complete()
        || (!littleGoesOn && log.coverage().reaches(at.minus(STOPPED)));
  }

  /** What is said of a log of which too little was read. */
  static NotChecked restOf(LogSummary log) {
    return new NotChecked(
        "the whole log",
        Why.TOO_LITTLE_DATA,
        log.coverage().toString(),
        "look again with more time; the log holds more lines than could be read");
  }

  /**
   * Takes checks and probes that fail for unknown where a machine only boots: that is neither well
   * nor ill, and a deploy or a visitor does it all day.
   */
  static Observation booting(Observation seen) {
    var booting =
        seen.get(PlatformLook.MACHINES).toOptional().map(Machines::all).orElse(List.of()).stream()
            .filter(each -> boots(each, seen.at()))
            .map(Machine::id)
            .collect(Collectors.toUnmodifiableSet());
    if (booting.isEmpty()) {
      return seen;
    }
    var changed =
        machines(seen, each -> booting.contains(each.id()), each -> checked(each, Lately::unknown));
    if (seen.get(AppReader.HEALTH) instanceof Reading.Read<AppHealth> read) {
      changed =
          Observation.at(seen.at())
              .with(AppReader.HEALTH, Reading.of(without(read.value(), booting), read.evidence()))
              .build()
              .and(changed);
    }
    return changed;
  }

  /** Takes a machine that crashed long ago, while others run, for one that sleeps. */
  static Observation crashes(Observation seen) {
    boolean others =
        seen.get(PlatformLook.MACHINES).toOptional().stream()
            .anyMatch(each -> !each.running().isEmpty());
    return others
        ? machines(seen, each -> each.crashed() && longDown(each, seen.at()), Lately::forget)
        : seen;
  }

  private static boolean boots(Machine machine, Instant at) {
    var started = machine.startedAt();
    return machine.health() == Machine.Health.FAILING
        && started != null
        && started.plus(BOOT).isAfter(at)
        && machine.exits().stream()
            .noneMatch(each -> !each.requested() && each.at().plus(STAYS).isAfter(at));
  }

  private static boolean longDown(Machine machine, Instant at) {
    return !machine.exits().isEmpty()
        && machine.exits().stream()
            .map(MachineExit::at)
            .allMatch(it -> it.plus(REMEMBERED).isBefore(at));
  }

  private static Observation machines(
      Observation seen, Predicate<Machine> which, UnaryOperator<Machine> change) {
    if (!(seen.get(PlatformLook.MACHINES) instanceof Reading.Read<Machines> read)) {
      return seen;
    }
    var all =
        read.value().all().stream()
            .map(each -> which.test(each) ? change.apply(each) : each)
            .toList();
    return Observation.at(seen.at())
        .with(PlatformLook.MACHINES, Reading.of(new Machines(all), read.evidence()))
        .build()
        .and(seen);
  }

  private static MachineCheck unknown(MachineCheck check) {
    return check.status() == MachineCheck.Status.CRITICAL
        ? new MachineCheck(check.name(), MachineCheck.Status.UNKNOWN, check.output(), check.since())
        : check;
  }

  private static AppHealth without(AppHealth health, Set<String> booting) {
    var others =
        health.machines().stream().filter(each -> !booting.contains(each.instance().id())).toList();
    return others.size() == health.machines().size()
        ? health
        : new AppHealth(
            others, "without " + String.join(", ", booting) + ": it boots", health.at());
  }

  private static Machine checked(Machine of, UnaryOperator<MachineCheck> change) {
    return with(of, of.checks().stream().map(change).toList(), of.exits());
  }

  private static Machine forget(Machine of) {
    return with(of, of.checks(), List.of());
  }

  private static Machine with(Machine of, List<MachineCheck> checks, List<MachineExit> exits) {
    return new Machine(
        of.id(),
        of.version(),
        of.region(),
        of.group(),
        of.state(),
        of.stateText(),
        of.image(),
        of.release(),
        of.guest(),
        of.cordoned(),
        of.hostReachable(),
        of.checksConfigured(),
        checks,
        exits,
        of.startedAt(),
        of.woken());
  }
}
