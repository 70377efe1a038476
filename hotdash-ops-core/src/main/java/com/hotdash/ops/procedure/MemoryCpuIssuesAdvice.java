package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.Guest;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.RestartMachines;
import com.hotdash.ops.platform.RollBack;
import com.hotdash.ops.platform.ScaleGuest;
import com.hotdash.ops.procedure.MemoryCpuIssuesFinding.Connections;
import com.hotdash.ops.procedure.MemoryCpuIssuesFinding.Ends;
import com.hotdash.ops.procedure.MemoryCpuIssuesFinding.Memory;
import com.hotdash.ops.procedure.OutOfMemory.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What would help where memory or processor time run out, and what must not be done. */
final class MemoryCpuIssuesAdvice {
  // Node keeps more than its heap in memory; three quarters leave room for it and for the kernel.
  private static final double HEAP_SHARE = 0.75;

  private final List<MemoryCpuIssuesFinding> findings;
  private final Machines machines;
  private final Observation seen;
  private final List<Dependency> ground;
  private final OneMachineMore more;

  MemoryCpuIssuesAdvice(List<MemoryCpuIssuesFinding> findings, Observation seen) {
    this.findings = findings;
    this.seen = seen;
    this.machines =
        seen.get(PlatformLook.MACHINES).toOptional().orElse(new Machines(List.<Machine>of()));
    this.ground = Dependencies.ground(seen);
    this.more = new OneMachineMore(seen);
  }

  List<Recommendation> recommendations() {
    var list = new ArrayList<Recommendation>();
    if (trouble().isEmpty()) {
      return list;
    }
    if (strainedOnly()) {
      ground.forEach(each -> list.add(DependencyAdvice.first("resources", each)));
    }
    leakSince().ifPresent(leak -> list.addAll(back(leak).recommendations(List.of(rollBack(leak)))));
    bigger().ifPresent(each -> list.add(scale(each)));
    wantsMore().flatMap(more::recommendation).ifPresent(list::add);
    hanging().forEach(each -> list.add(restart(each)));
    heapLimit().ifPresent(list::add);
    readLogs().ifPresent(list::add);
    files().ifPresent(list::add);
    leaks().stream().findFirst().ifPresent(leak -> list.add(profile(leak)));
    return list;
  }

  private static Recommendation rollBack(MemoryLeak leak) {
    return Recommendation.resolution(
        RollBack.ID,
        "go back to the release before " + leak.release() + ", one machine first",
        leak.summary() + "; before that release it did not grow",
        Remedy.of(Incident.HIGH_ERROR_RATE, "rollBack"));
  }

  /** Requests that wait for something that hangs pile up; nothing ends or leaks for it. */
  private boolean strainedOnly() {
    return trouble().stream()
        .allMatch(each -> each instanceof ProcessStrain || each instanceof Memory);
  }

  private Optional<MemoryLeak> leakSince() {
    return leaks().stream().filter(each -> each.release() != null).findFirst();
  }

  private GoingBack back(MemoryLeak leak) {
    return new GoingBack(seen, leak.from());
  }

  /** One update for both, since each reboots every machine. */
  private Optional<BiggerGuest> bigger() {
    var guest = largest();
    if (guest.isEmpty()) {
      return Optional.empty();
    }
    if (wantsMemory().isPresent() && wantsCpu().isPresent()) {
      return BiggerGuest.both(guest.get());
    }
    if (wantsMemory().isPresent()) {
      return BiggerGuest.memory(guest.get());
    }
    return wantsCpu().isPresent() ? BiggerGuest.cpus(guest.get()) : Optional.empty();
  }

  /** From the largest, those that are down included, so that no machine gets less than it has. */
  private Optional<Guest> largest() {
    return machines.all().stream()
        .filter(each -> each.state() != MachineState.DESTROYED)
        .map(Machine::guest)
        .max(Comparator.comparingInt(Guest::memoryMb).thenComparingInt(Guest::cpus));
  }

  private Optional<? extends Finding> wantsMemory() {
    var ended = all(OutOfMemory.class).stream().findFirst();
    return ended.isPresent()
        ? ended
        : all(Memory.class).stream().filter(each -> !each.full().isEmpty()).findFirst();
  }

  private Optional<CpuUse> wantsCpu() {
    return all(CpuUse.class).stream().filter(each -> !each.lacking().isEmpty()).findFirst();
  }

  private Recommendation scale(BiggerGuest bigger) {
    var because =
        wantsMemory()
            .map(Finding::summary)
            .orElseGet(() -> wantsCpu().map(Finding::summary).orElse(""));
    return Recommendation.resolution(
        ScaleGuest.ID,
        "make every machine bigger: " + bigger,
        because + (leaks().isEmpty() ? "" : "; a leak fills that, too, later"),
        bigger.remedy());
  }

  /**
   * Machines that hang or are full, while another one is well. One that ends again and again, or
   * has only just started, is none.
   */
  private List<Machine> hanging() {
    if (!ground.isEmpty()) {
      return List.of();
    }
    return machines.running().stream()
        .filter(this::hangs)
        .filter(each -> !loops(each.id()))
        .filter(each -> otherWell(each.id()))
        .filter(
            each ->
                each.startedAt() == null
                    || !each.startedAt().plus(RestartMachines.COOLDOWN).isAfter(seen.at()))
        .limit(1)
        .toList();
  }

  /** Why there should be more machines, where larger ones cannot be had or are not the cure. */
  private Optional<String> wantsMore() {
    return bigger().isEmpty() && (wantsMemory().isPresent() || wantsCpu().isPresent())
        ? Optional.of("there is no larger size of this kind of cpu")
        : lateEverywhere().map(ProcessStrain::summary);
  }

  /** Where all are late, there is too much to do for them. */
  private Optional<ProcessStrain> lateEverywhere() {
    return all(ProcessStrain.class).stream()
        .filter(each -> ground.isEmpty() && !machines.running().isEmpty())
        .filter(each -> machines.running().stream().allMatch(one -> late(each, one)))
        .findFirst();
  }

  private static boolean late(ProcessStrain strain, Machine machine) {
    return strain.strained().stream()
        .anyMatch(each -> each.late() && each.now().instance().equals(machine.id()));
  }

  private boolean hangs(Machine machine) {
    boolean full =
        all(Memory.class).stream()
            .flatMap(each -> each.full().stream().filter(m -> m.share() >= each.critical()))
            .anyMatch(each -> each.machine().equals(machine.id()));
    boolean late = all(ProcessStrain.class).stream().anyMatch(each -> late(each, machine));
    boolean soonFull =
        leaks().stream()
            .filter(each -> each.machine().equals(machine.id()))
            .anyMatch(each -> each.severity() == Severity.CRITICAL);
    return full || late || soonFull || machine.health() == Machine.Health.FAILING;
  }

  /** Whether another one could take over: it is in rotation, and in no such trouble itself. */
  private boolean otherWell(String id) {
    return inRotation().stream().anyMatch(each -> !each.id().equals(id) && !hangs(each));
  }

  private List<Machine> inRotation() {
    return machines.healthy().stream().filter(each -> !each.cordoned()).toList();
  }

  private boolean loops(String id) {
    return all(Ends.class).stream().anyMatch(each -> each.loops(id));
  }

  private static Recommendation restart(Machine machine) {
    return Recommendation.resolution(
        RestartMachines.ID,
        "restart " + machine.id() + " alone; its log, checks and ends are kept first",
        "it hangs or is full, and another machine is healthy; that buys time and cures nothing",
        Remedy.platform("restart", machine.id()));
  }

  private Optional<Recommendation> heapLimit() {
    return all(OutOfMemory.class).stream()
        .filter(each -> each.kinds().contains(Kind.V8_HEAP))
        .findFirst()
        .map(
            each -> {
              int total =
                  bigger()
                      .map(to -> to.to().memoryMb())
                      .or(() -> largest().map(Guest::memoryMb))
                      .orElse(0);
              return Recommendation.advice(
                  "resources.heap-limit",
                  total == 0
                      ? "raise the heap's limit to three quarters of the memory"
                      : "set NODE_OPTIONS=--max-old-space-size="
                          + Math.round(HEAP_SHARE * total)
                          + " for machines of "
                          + total
                          + " MB",
                  each.summary() + "; more memory alone does not raise that limit",
                  "");
            });
  }

  /** Ends that were not for want of memory. */
  private Optional<Recommendation> readLogs() {
    return all(Ends.class).stream()
        .filter(each -> !each.machines().isEmpty() && all(OutOfMemory.class).isEmpty())
        .findFirst()
        .map(
            each ->
                Recommendation.advice(
                    "resources.read-logs",
                    "read what was logged before the end, and what was released before",
                    each.summary() + "; nobody says that memory ran out",
                    // What does not come up again is seen best beside what was brought out.
                    each.machines().stream().anyMatch(one -> one.loop() || one.down())
                        ? "ops.deploymentFailures().diagnose()"
                        : "ops.highErrorRate().diagnose()"));
  }

  private Optional<Recommendation> files() {
    return all(ProcessStrain.class).stream()
        .flatMap(each -> each.strained().stream())
        .filter(ProcessStrain.OfProcess::outOfFiles)
        .findFirst()
        .map(
            each ->
                Recommendation.advice(
                    "resources.connections",
                    "look for connections and files that are not closed",
                    each + connections(),
                    "ops.databaseConnectionIssues().diagnose()"));
  }

  private String connections() {
    return all(Connections.class).stream()
        .findFirst()
        .map(each -> "; " + each.summary())
        .orElse("");
  }

  private Recommendation profile(MemoryLeak leak) {
    return Recommendation.advice(
        "resources.profile",
        "take two heap snapshots of "
            + leak.machine()
            + " by the inspector, 10 min apart, out of rotation",
        "a snapshot stops the process for seconds and can double its memory" + connections(),
        otherWell(leak.machine()) ? Remedy.platform("cordon", leak.machine()).line() : "");
  }

  List<Contraindication> contraindications() {
    var list = new ArrayList<Contraindication>();
    if (trouble().isEmpty()) {
      return list;
    }
    if (wantsMemory().isPresent() || wantsCpu().isPresent()) {
      largest().flatMap(MemoryCpuIssuesAdvice::sizeAlone).ifPresent(list::add);
    }
    var looping =
        all(Ends.class).stream()
            .flatMap(each -> each.machines().stream())
            .filter(Ends.MachineEnds::loop)
            .toList();
    looping.forEach(
        each ->
            list.add(
                restartNot(
                    "do not restart " + each.machine(),
                    each + ": one more restart hides the cause and ends the same way")));
    ground.forEach(each -> list.add(DependencyAdvice.noRestart(each)));
    wantsMore().flatMap(each -> more.contraindication()).ifPresent(list::add);
    leakSince().ifPresent(leak -> list.addAll(back(leak).contraindications()));
    if (inRotation().size() == 1) {
      list.add(
          restartNot(
              "do not restart " + inRotation().get(0).id(),
              "it is the only machine in rotation that passes its checks: nobody would answer"
                  + " meanwhile"));
    }
    leaks().stream()
        .filter(each -> each.release() == null)
        .findFirst()
        .ifPresent(
            leak ->
                list.add(
                    new Contraindication(
                        RollBack.ID,
                        "do not roll back on suspicion",
                        "nobody saw memory before the last release that did not grow, so the leak"
                            + " may be older: "
                            + leak.summary())));
    return list;
  }

  private static Optional<Contraindication> sizeAlone(Guest guest) {
    return BiggerGuest.memoryOfSizeAlone(guest)
        .filter(least -> least < guest.memoryMb())
        .flatMap(
            least ->
                BiggerGuest.sizeName(guest)
                    .map(
                        size ->
                            new Contraindication(
                                "platform.scale-vm",
                                "do not type the runbook's scale vm " + size,
                                "a size alone resets the memory of every machine: "
                                    + guest.memoryMb()
                                    + " MB become "
                                    + least
                                    + " MB")));
  }

  private static Contraindication restartNot(String what, String because) {
    return new Contraindication(RestartMachines.ID, what, because);
  }

  private List<MemoryCpuIssuesFinding> trouble() {
    return findings.stream().filter(each -> each.verdict() == Verdict.PROBLEM).toList();
  }

  private List<MemoryLeak> leaks() {
    return all(MemoryLeak.class).stream()
        .sorted(
            Comparator.comparing((MemoryLeak each) -> each.release() == null)
                .thenComparing(MemoryLeak::toLimit))
        .toList();
  }

  private <F> List<F> all(Class<F> type) {
    return findings.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
