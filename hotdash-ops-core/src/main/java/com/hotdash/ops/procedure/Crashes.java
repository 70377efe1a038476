package com.hotdash.ops.procedure;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.logs.Signature;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineExit;
import com.hotdash.ops.platform.MachineResources;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Resources;
import com.hotdash.ops.procedure.MemoryCpuIssuesFinding.Ends;
import com.hotdash.ops.procedure.OutOfMemory.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ends of processes that nobody asked for, and which of them were for want of memory. */
final class Crashes {
  private static final int KILLED = 137;
  private static final String SOME_MACHINE = "a machine";
  private static final Map<Signature, Kind> SAID =
      Map.of(
          Signature.OOM_V8_HEAP, Kind.V8_HEAP,
          Signature.OOM_KERNEL, Kind.KERNEL,
          Signature.OOM_REPORTED, Kind.REPORTED);

  private final Observation seen;
  private final MemoryCpuIssuesThresholds thresholds;

  Crashes(Observation seen, MemoryCpuIssuesThresholds thresholds) {
    this.seen = seen;
    this.thresholds = thresholds;
  }

  Optional<Ends> ends() {
    return Needs.read(seen, PlatformLook.MACHINES)
        .map(
            read ->
                new Ends(
                    thresholds.window(),
                    read.value().all().stream()
                        .map(this::ofMachine)
                        .filter(each -> !each.exits().isEmpty() || each.loop() || each.down())
                        .toList(),
                    read.value().all().size(),
                    List.of(read.evidence())));
  }

  private Ends.MachineEnds ofMachine(Machine machine) {
    var exits = recent(machine);
    boolean again =
        exits.size() >= thresholds.loop()
            || exits.stream().anyMatch(each -> each.restarts() >= thresholds.loop())
            || loopsInLog(machine.id());
    boolean down =
        machine.state() == MachineState.FAILED || (machine.crashed() && !exits.isEmpty());
    return new Ends.MachineEnds(machine.id(), exits, again, down);
  }

  private List<MachineExit> recent(Machine machine) {
    var from = seen.at().minus(thresholds.window());
    return machine.exits().stream()
        .filter(each -> !each.requested() && each.at().isAfter(from))
        .toList();
  }

  private boolean loopsInLog(String machine) {
    return log()
        .filter(
            log ->
                log.crashLoops().contains(machine)
                    || log.sighting(Signature.CRASH_LOOP)
                        .filter(each -> each.machines().containsKey(machine))
                        .isPresent())
        .isPresent();
  }

  private Optional<LogSummary> log() {
    return seen.get(PlatformLook.LOGS).toOptional();
  }

  /** One for each machine, whoever says so. */
  List<OutOfMemory> outOfMemory() {
    var found = new LinkedHashMap<String, Found>();
    var machines = seen.get(PlatformLook.MACHINES).toOptional().map(Machines::all);
    machines.orElse(List.of()).forEach(each -> byExits(each, found));
    Needs.read(seen, PlatformLook.RESOURCES).ifPresent(read -> byPlatform(read, found));
    Needs.read(seen, PlatformLook.LOGS).ifPresent(read -> byLog(read, found));
    return found.entrySet().stream().map(each -> each.getValue().finding(each.getKey())).toList();
  }

  private void byExits(Machine machine, Map<String, Found> found) {
    var ends = recent(machine).stream().filter(each -> each.outOfMemory() || each.code() == KILLED);
    var evidence = seen.get(PlatformLook.MACHINES).evidenceIfRead();
    ends.forEach(
        each -> {
          var kind = each.outOfMemory() ? Kind.REPORTED : Kind.KILLED;
          found(machine.id(), found).add("ends", kind, 1, each.at(), evidence);
        });
  }

  private void byPlatform(Reading.Read<Resources> read, Map<String, Found> found) {
    for (var each : read.value().machines()) {
      if (Boolean.TRUE.equals(each.outOfMemory()) && !isOld(each)) {
        found(each.machine(), found)
            .add("platform", Kind.REPORTED, 1, null, Optional.of(read.evidence()));
      }
    }
  }

  /** Counted over a longer time than ours, and there is an older end that explains it. */
  private boolean isOld(MachineResources counted) {
    var from = seen.at().minus(thresholds.window());
    return machine(counted.machine()).stream()
        .flatMap(each -> each.exits().stream())
        .anyMatch(each -> each.outOfMemory() && !each.at().isAfter(from));
  }

  private void byLog(Reading.Read<LogSummary> read, Map<String, Found> found) {
    for (var sighting : read.value().sightings()) {
      var kind = SAID.get(sighting.signature());
      if (kind != null) {
        sighting
            .machines()
            .forEach(
                (machine, count) ->
                    found(machine.isEmpty() ? SOME_MACHINE : machine, found)
                        .add("log", kind, count, sighting.last(), Optional.of(read.evidence())));
        if (sighting.machines().isEmpty()) {
          found(SOME_MACHINE, found)
              .add("log", kind, sighting.count(), sighting.last(), Optional.of(read.evidence()));
        }
      }
    }
  }

  private Optional<Machine> machine(String id) {
    return seen.get(PlatformLook.MACHINES).toOptional().stream()
        .flatMap(each -> each.all().stream())
        .filter(each -> each.id().equals(id))
        .findFirst();
  }

  private Found found(String machine, Map<String, Found> all) {
    return all.computeIfAbsent(
        machine, id -> new Found(machine(id).map(each -> each.guest().memoryMb()).orElse(null)));
  }

  /** What several witnesses say of one machine; one end may have as many. */
  private static final class Found {
    private final @Nullable Integer memoryMb;
    private final EnumSet<Kind> kinds = EnumSet.noneOf(Kind.class);
    private final Map<String, Long> times = new LinkedHashMap<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private @Nullable Instant last;

    Found(@Nullable Integer memoryMb) {
      this.memoryMb = memoryMb;
    }

    void add(String witness, Kind kind, long count, @Nullable Instant at, Optional<Evidence> from) {
      kinds.add(kind);
      // Kinds of line are witnesses, too: one end makes a line of the kernel's and one of init's.
      times.merge(witness.equals("log") ? witness + kind : witness, count, Long::sum);
      last = Stream.of(last, at).filter(Objects::nonNull).max(Instant::compareTo).orElse(null);
      from.filter(each -> !evidence.contains(each)).ifPresent(evidence::add);
    }

    OutOfMemory finding(String machine) {
      if (kinds.size() > 1) {
        kinds.remove(Kind.KILLED);
      }
      // Several tell of the same ends: the largest count is sure, their sum is not.
      long most = times.values().stream().mapToLong(Long::longValue).max().orElse(1);
      return new OutOfMemory(machine, kinds, Math.max(1, most), last, memoryMb, evidence);
    }
  }
}
