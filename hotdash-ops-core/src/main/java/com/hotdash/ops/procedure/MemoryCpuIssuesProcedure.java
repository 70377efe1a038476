package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.metrics.ProcessSignals;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineResources;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.Resources;
import com.hotdash.ops.procedure.MemoryCpuIssuesFinding.Connections;
import com.hotdash.ops.procedure.MemoryCpuIssuesFinding.Ends;
import com.hotdash.ops.procedure.MemoryCpuIssuesFinding.Memory;
import com.hotdash.ops.shop.ShopLook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Judges want of memory and processor time (R6): a pure function of an observation. Immutable and
 * thread-safe.
 */
public final class MemoryCpuIssuesProcedure implements Procedure {
  private static final Needs NEEDS =
      Needs.required(PlatformLook.MACHINES, PlatformLook.RESOURCES)
          .optional(AppReader.METRICS)
          .explaining(
              PlatformLook.LOGS,
              PlatformLook.RELEASES,
              DatabaseLook.SESSIONS,
              DatabaseLook.CONNECTIVITY,
              ShopLook.ANSWER);
  // The runbook's figure for connections that nobody uses.
  private static final Duration IDLE = Duration.ofMinutes(5);

  private final MemoryCpuIssuesThresholds thresholds;

  /**
   * Makes the procedure.
   *
   * @param thresholds from where on something is a problem
   */
  public MemoryCpuIssuesProcedure(MemoryCpuIssuesThresholds thresholds) {
    this.thresholds = thresholds;
  }

  @Override
  public Incident incident() {
    return Incident.MEMORY_CPU_ISSUES;
  }

  @Override
  public Set<ReadingKey<?>> needs() {
    var keys = new LinkedHashSet<>(NEEDS.keys());
    keys.addAll(GoingBack.NEEDS);
    keys.addAll(OneMachineMore.NEEDS);
    return Set.copyOf(keys);
  }

  @Override
  public Diagnosis diagnose(Observation look, Estate estate) {
    var seen = Lately.booting(look);
    var findings = new ArrayList<MemoryCpuIssuesFinding>();
    var crashes = new Crashes(seen, thresholds);
    crashes.ends().ifPresent(findings::add);
    findings.addAll(crashes.outOfMemory());
    if (seen.get(PlatformLook.RESOURCES) instanceof Reading.Read<Resources> read) {
      memory(seen, read, findings);
      cpu(seen, read, findings);
    }
    processes(seen, findings);
    if (seen.get(DatabaseLook.SESSIONS) instanceof Reading.Read<Sessions> read) {
      findings.add(connections(read));
    }
    var advice = new MemoryCpuIssuesAdvice(findings, seen);
    return new Diagnosis(
        incident(),
        estate,
        seen.at(),
        NEEDS.verdict(seen, findings),
        List.copyOf(findings),
        notChecked(seen, findings),
        WhatChanged.around(seen, onset(findings)),
        advice.recommendations(),
        advice.contraindications());
  }

  private static List<NotChecked> notChecked(
      Observation seen, List<MemoryCpuIssuesFinding> findings) {
    var list = new ArrayList<>(NEEDS.notChecked(seen));
    boolean untold =
        findings.stream()
            .filter(each -> each instanceof Memory || each instanceof CpuUse)
            .anyMatch(each -> each.verdict() == Verdict.UNKNOWN);
    seen.get(PlatformLook.RESOURCES)
        .evidenceIfRead()
        .map(Evidence::coverage)
        .filter(coverage -> untold)
        .ifPresent(
            coverage ->
                list.add(
                    new NotChecked(
                        PlatformLook.RESOURCES.name(),
                        Why.TOO_LITTLE_DATA,
                        coverage,
                        "look again")));
    GoingBack.notChecked(seen, list);
    return list;
  }

  /** The first sign of what still goes on; {@code null} if nothing tells when it began. */
  private static @Nullable Instant onset(List<MemoryCpuIssuesFinding> findings) {
    var signs = new ArrayList<Instant>();
    for (var each : findings) {
      if (each instanceof MemoryLeak leak) {
        signs.add(leak.from());
      } else if (each instanceof OutOfMemory ended && ended.last() != null) {
        signs.add(ended.last());
      } else if (each instanceof Ends ends) {
        ends.machines().stream()
            .flatMap(machine -> machine.exits().stream())
            .forEach(exit -> signs.add(exit.at()));
      }
    }
    return signs.stream().min(Instant::compareTo).orElse(null);
  }

  private void memory(
      Observation seen, Reading.Read<Resources> read, List<MemoryCpuIssuesFinding> findings) {
    var machines = byId(seen);
    var evidence = List.of(read.evidence());
    var measured = new ArrayList<Memory.MachineMemory>();
    for (var each : read.value().machines()) {
      var machine = machines.get(each.machine());
      // A sleeping machine's last points say nothing of now; one that is not listed may run.
      if (machine != null && machine.health() == Machine.Health.NOT_RUNNING) {
        continue;
      }
      var total = total(each, machine);
      var newest = newest(each);
      if (total != null && newest.isPresent()) {
        measured.add(new Memory.MachineMemory(each.machine(), newest.get(), total));
        Leaks.find(each, machine, total, releases(seen), thresholds.leakAhead(), evidence)
            .ifPresent(findings::add);
      }
    }
    findings.add(
        new Memory(
            measured,
            missing(seen, measured.stream().map(Memory.MachineMemory::machine).toList()),
            thresholds.memory(),
            thresholds.memoryCritical(),
            evidence));
  }

  private static Optional<Long> newest(MachineResources resources) {
    return resources.memoryUsed().stream()
        .max(Comparator.comparing(MachineResources.Used::at))
        .map(MachineResources.Used::bytes);
  }

  /** What the platform measured, else what it gave: the kernel's own share is in that, too. */
  private static @Nullable Long total(MachineResources resources, @Nullable Machine machine) {
    var told = resources.memoryTotal();
    if (told != null && told > 0) {
      return told;
    }
    return machine == null ? null : (Long) Megabytes.bytes(machine.guest().memoryMb());
  }

  private void cpu(
      Observation seen, Reading.Read<Resources> read, List<MemoryCpuIssuesFinding> findings) {
    var machines = byId(seen);
    var measured = new ArrayList<CpuUse.OfMachine>();
    for (var each : read.value().machines()) {
      var machine = machines.get(each.machine());
      if (machine != null && machine.health() != Machine.Health.NOT_RUNNING) {
        measured.add(CpuUse.OfMachine.of(each, machine.guest(), thresholds));
      }
    }
    findings.add(
        new CpuUse(
            measured,
            missing(seen, measured.stream().map(CpuUse.OfMachine::machine).toList()),
            Stream.concat(
                    Stream.of(read.evidence()),
                    seen.get(PlatformLook.MACHINES).evidenceIfRead().stream())
                .toList()));
  }

  private void processes(Observation seen, List<MemoryCpuIssuesFinding> findings) {
    if (!(seen.get(AppReader.METRICS) instanceof Reading.Read<AppWindow> read)) {
      return;
    }
    var window = read.value();
    var before =
        window.before().processes().stream()
            .collect(Collectors.toMap(ProcessSignals::instance, Function.identity(), (a, b) -> a));
    var processes =
        window.processes().stream()
            .map(
                now ->
                    new ProcessStrain.OfProcess(
                        now,
                        Optional.ofNullable(before.get(now.instance()))
                            .map(ProcessSignals::activeHandles)
                            .orElse(null),
                        thresholds))
            .toList();
    findings.add(new ProcessStrain(processes, missing(window), List.of(read.evidence())));
  }

  private static @Nullable String missing(AppWindow window) {
    var unread = window.after().lacking();
    return unread.isEmpty() ? window.after().coverage() : Names.some(unread);
  }

  private static Connections connections(Reading.Read<Sessions> read) {
    var all = read.value();
    var idle =
        all.visible().stream()
            .filter(each -> each.state().equals(Session.IDLE))
            .filter(each -> each.inStateFor(IDLE, all.serverTime()))
            .toList();
    var lately = all.serverTime().minus(Connections.LATELY);
    long opened = idle.stream().filter(each -> each.id().backendStart().isAfter(lately)).count();
    return new Connections(
        all.visible().size() + all.hidden(),
        idle.size(),
        IDLE,
        (int) opened,
        List.<Evidence>of(read.evidence()));
  }

  /** The machines that run and were not measured. */
  private static List<String> missing(Observation seen, List<String> measured) {
    return seen.get(PlatformLook.MACHINES).toOptional().stream()
        .flatMap(machines -> machines.running().stream())
        .map(Machine::id)
        .filter(id -> !measured.contains(id))
        .toList();
  }

  private static Map<String, Machine> byId(Observation seen) {
    return seen.get(PlatformLook.MACHINES).toOptional().stream()
        .flatMap(machines -> machines.all().stream())
        .collect(Collectors.toMap(Machine::id, Function.identity(), (a, b) -> a));
  }

  private static List<Release> releases(Observation seen) {
    return seen.get(PlatformLook.RELEASES).toOptional().orElse(List.of());
  }
}
