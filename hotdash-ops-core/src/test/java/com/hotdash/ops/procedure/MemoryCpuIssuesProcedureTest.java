package com.hotdash.ops.procedure;

import static com.hotdash.ops.procedure.FleetWorld.exit;
import static com.hotdash.ops.procedure.FleetWorld.exits;
import static com.hotdash.ops.procedure.FleetWorld.failing;
import static com.hotdash.ops.procedure.FleetWorld.line;
import static com.hotdash.ops.procedure.FleetWorld.logs;
import static com.hotdash.ops.procedure.FleetWorld.machine;
import static com.hotdash.ops.procedure.FleetWorld.machines;
import static com.hotdash.ops.procedure.FleetWorld.read;
import static com.hotdash.ops.procedure.FleetWorld.release;
import static com.hotdash.ops.procedure.FleetWorld.unread;
import static com.hotdash.ops.procedure.MemoryWorld.MB;
import static com.hotdash.ops.procedure.MemoryWorld.calm;
import static com.hotdash.ops.procedure.MemoryWorld.cpu;
import static com.hotdash.ops.procedure.MemoryWorld.memory;
import static com.hotdash.ops.procedure.MemoryWorld.resources;
import static com.hotdash.ops.procedure.MemoryWorld.then;
import static com.hotdash.ops.procedure.MemoryWorld.window;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.SessionId;
import com.hotdash.ops.database.Sessions;
import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.Guest;
import com.hotdash.ops.platform.MachineExit;
import com.hotdash.ops.platform.MachineResources;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Resources;
import com.hotdash.ops.procedure.MemoryCpuIssuesFinding.Connections;
import com.hotdash.ops.procedure.MemoryCpuIssuesFinding.Ends;
import com.hotdash.ops.procedure.MemoryCpuIssuesFinding.Memory;
import com.hotdash.ops.procedure.OutOfMemory.Kind;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.shop.ShopTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MemoryCpuIssuesProcedureTest {
  private static final String NONE = "";

  private final MemoryWorld world = new MemoryWorld();

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            "killed by the kernel, again and again",
            w -> {
              w.machines =
                  read(
                      machines(
                          machine("m1"),
                          exits(
                              machine("m2"),
                              exit(2, 137, true),
                              exit(9, 137, true),
                              exit(20, 137, true))));
              w.logs = logs(line("m2", 100, "Out of memory: Killed process 321 (node)"));
            },
            "resources.out-of-memory",
            "ops.platform().scaleMemory(4096).plan()",
            "platform.scale-vm,platform.restart"),
        fault(
            "the heap's own limit",
            w ->
                w.logs =
                    logs(
                        line(
                            "m1",
                            30,
                            "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap"
                                + " out of memory")),
            "resources.out-of-memory",
            "ops.platform().scaleMemory(4096).plan()",
            "platform.scale-vm"),
        fault(
            "the platform counted an end for want of memory",
            w ->
                w.resources =
                    read(
                        resources(
                            calm("m1"),
                            new MachineResources(
                                "m2",
                                2_000 * MB,
                                MemoryWorld.line(60, 700, 0),
                                0.1,
                                0.1,
                                0.0,
                                null,
                                true))),
            "resources.out-of-memory",
            "ops.platform().scaleMemory(4096).plan()",
            "platform.scale-vm"),
        fault(
            "a leak since the last release",
            w -> {
              w.releases = read(List.of(release(117, 9_000), release(118, 90)));
              w.machines = read(machines(FleetWorld.started(machine("m1"), 88), machine("m2")));
              w.resources =
                  read(
                      resources(
                          memory(
                              "m1",
                              then(
                                  MemoryWorld.line(180, 95, 700, 0),
                                  MemoryWorld.line(85, 0, 1_200, 300))),
                          calm("m2")));
            },
            "resources.leak",
            "ops.highErrorRate().rollBack().plan()",
            NONE),
        fault(
            "a leak that nobody saw begin",
            w ->
                w.resources =
                    read(resources(memory("m1", MemoryWorld.line(180, 1_200, 200)), calm("m2"))),
            "resources.leak",
            "ops.platform().cordon(\"m1\").plan()",
            "platform.roll-back"),
        fault(
            "memory is full",
            w ->
                w.resources =
                    read(resources(calm("m1"), memory("m2", MemoryWorld.line(180, 1_860, 0)))),
            "resources.memory",
            "ops.platform().scaleMemory(4096).plan()",
            "platform.scale-vm"),
        fault(
            "held back by the platform",
            w ->
                w.resources =
                    read(resources(cpu("m1", 0.125, 0.125, 0.4, Duration.ZERO), calm("m2"))),
            "resources.cpu",
            "ops.platform().scale(\"shared-cpu-4x\", 2048).plan()",
            "platform.scale-vm"),
        fault(
            "balance ends within a minute",
            w ->
                w.resources =
                    read(resources(cpu("m1", 1.2, 0.125, 0.0, Duration.ofSeconds(20)), calm("m2"))),
            "resources.cpu",
            "ops.platform().scale(\"shared-cpu-4x\", 2048).plan()",
            "platform.scale-vm"),
        fault(
            "the event loop is late on every machine",
            w -> w.metrics = read(window(0.9, 40, 1_000)),
            "resources.process",
            "ops.platform().scaleCount(3).plan()",
            NONE),
        fault(
            "files run out",
            w -> w.metrics = read(window(0.02, 900, 1_000)),
            "resources.process",
            "ops.databaseConnectionIssues().diagnose()",
            NONE),
        fault(
            "crashes without any word of memory",
            w ->
                w.machines = read(machines(machine("m1"), exits(machine("m2"), exit(4, 1, false)))),
            "resources.ends",
            "ops.highErrorRate().diagnose()",
            NONE),
        fault(
            "the platform gave up on a machine",
            w ->
                w.machines =
                    read(
                        machines(
                            machine("m1"),
                            exits(
                                FleetWorld.state(machine("m2"), MachineState.FAILED),
                                exit(4, 1, false)))),
            "resources.ends",
            "ops.deploymentFailures().diagnose()",
            "platform.restart"));
  }

  private static Arguments fault(
      String what, Consumer<MemoryWorld> happens, String finding, String next, String not) {
    return Arguments.of(what, happens, finding, next, not);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void diagnose_fault_isNamedFirstWithTheLineToType(
      String what, Consumer<MemoryWorld> happens, String finding, String next, String not) {
    happens.accept(world);

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.PROBLEM);
    assertThat(problems(diagnosis)).as(diagnosis.toString()).contains(finding);
    assertThat(diagnosis.next()).as(diagnosis.toString()).contains(next);
    assertThat(diagnosis.contraindications())
        .extracting(Contraindication::id)
        .as(diagnosis.toString())
        .containsExactlyInAnyOrder(not.isEmpty() ? new String[0] : not.split(",", -1));
    assertThat(diagnosis.findings())
        .allSatisfy(each -> assertThat(each.summary()).hasSizeLessThan(170).doesNotEndWith("."));
    TypedLines.check(diagnosis);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void diagnose_faultWhileMoreCannotBeRead_isStillNamed(
      String what, Consumer<MemoryWorld> happens, String finding, String next, String not) {
    happens.accept(world);
    var seen = problems(world.diagnose());

    for (var gap : gaps()) {
      var less = new MemoryWorld();
      happens.accept(less);
      var whole = problems(less.diagnose());
      gap.accept(less);
      var diagnosis = less.diagnose();
      assertThat(whole).isEqualTo(seen);
      // What a reading told is lost with it; what others told stays.
      assertThat(diagnosis.verdict()).isNotEqualTo(Verdict.OK);
      assertThat(whole).containsAll(problems(diagnosis));
    }
    world.sessions = unread("sessions");
    world.shop = unread("shop");
    world.database = unread("database");
    assertThat(problems(world.diagnose())).isEqualTo(seen);
  }

  private static List<Consumer<MemoryWorld>> gaps() {
    return List.of(
        w -> w.machines = unread("machines"),
        w -> w.resources = unread("resources"),
        w -> {
          w.resources = unread("resources");
          w.metrics = unread("metrics");
        });
  }

  static Stream<Arguments> redHerrings() {
    return Stream.of(
        herring("nothing is the matter", w -> {}),
        herring(
            "a machine sleeps",
            w -> {
              w.machines =
                  read(
                      machines(
                          machine("m1"), FleetWorld.state(machine("m2"), MachineState.STOPPED)));
              w.resources = read(resources(calm("m1")));
            }),
        herring(
            "somebody asked for the end",
            w ->
                w.machines =
                    read(
                        machines(
                            machine("m1"),
                            exits(
                                machine("m2"),
                                new MachineExit(FleetWorld.ago(2), 137, false, true, 0))))),
        herring(
            "it ran out of memory yesterday",
            w -> {
              w.machines =
                  read(machines(machine("m1"), exits(machine("m2"), exit(1_500, 137, true))));
              w.resources =
                  read(
                      new Resources(
                          Duration.ofDays(2),
                          List.of(
                              calm("m1"),
                              new MachineResources(
                                  "m2",
                                  2_000 * MB,
                                  MemoryWorld.line(60, 700, 0),
                                  0.1,
                                  0.1,
                                  0.0,
                                  null,
                                  true))));
            }),
        herring(
            "the cores are busy and have balance",
            w ->
                w.resources =
                    read(
                        resources(
                            cpu("m1", 1.2, 0.125, 0.01, Duration.ofSeconds(400)), calm("m2")))),
        herring(
            "caches fill after a start",
            w -> {
              w.machines = read(machines(FleetWorld.started(machine("m1"), 35), machine("m2")));
              w.resources =
                  read(resources(memory("m1", MemoryWorld.line(30, 900, 900)), calm("m2")));
            }),
        herring(
            "memory grows so slowly that it lasts for days",
            w ->
                w.resources =
                    read(resources(memory("m1", MemoryWorld.line(180, 700, 20)), calm("m2")))),
        herring("the shop throttles", w -> w.shop = FleetWorld.shop(ShopTrouble.THROTTLED)),
        herring(
            "the database is down, and nothing is short",
            w -> w.database = FleetWorld.databaseFails(FailureKind.REFUSED)),
        herring(
            "nothing but the platform is configured",
            w ->
                w.notConfigured.addAll(
                    List.of(
                        AppReader.METRICS,
                        DatabaseLook.SESSIONS,
                        DatabaseLook.CONNECTIVITY,
                        ShopLook.ANSWER))));
  }

  private static Arguments herring(String what, Consumer<MemoryWorld> happens) {
    return Arguments.of(what, happens);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("redHerrings")
  void diagnose_redHerring_isOkWithNothingToDo(String what, Consumer<MemoryWorld> happens) {
    happens.accept(world);

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.OK);
    assertThat(diagnosis.recommendations()).isEmpty();
    assertThat(diagnosis.contraindications()).isEmpty();
  }

  static Stream<Arguments> blind() {
    return Stream.of(
        herring("machines are unread", w -> w.machines = unread("machines")),
        herring("resources are unread", w -> w.resources = unread("resources")),
        herring("metrics are unread", w -> w.metrics = unread("metrics")),
        herring(
            "nothing is configured",
            w ->
                w.notConfigured.addAll(
                    List.of(PlatformLook.MACHINES, PlatformLook.RESOURCES, PlatformLook.LOGS))),
        herring("there is no machine", w -> w.machines = read(machines())),
        herring("a machine was not measured", w -> w.resources = read(resources(calm("m1")))),
        herring(
            "cores were not measured",
            w -> w.resources = read(resources(cpu("m1", null, 0.1, 0.0, null), calm("m2")))),
        herring(
            "cores are no number",
            w -> w.resources = read(resources(cpu("m1", Double.NaN, 0.1, 0.0, null), calm("m2")))),
        herring(
            "whether it is held back was not measured",
            w -> w.resources = read(resources(cpu("m1", 0.1, 0.1, null, null), calm("m2")))),
        herring(
            "memory has no point",
            w -> w.resources = read(resources(memory("m1", List.of()), calm("m2")))),
        herring(
            "the event loop is not told", w -> w.metrics = read(window(Double.NaN, 40, 1_000))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("blind")
  void diagnose_whatWasNotSeen_isNeverFine(String what, Consumer<MemoryWorld> happens) {
    happens.accept(world);

    var diagnosis = world.diagnose();

    assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void diagnose_platformIsNotConfigured_namesWhatToSet() {
    world.notConfigured.add(PlatformLook.RESOURCES);

    assertThat(world.diagnose().notChecked())
        .filteredOn(each -> each.what().equals(PlatformLook.RESOURCES.name()))
        .extracting(NotChecked::remedy)
        .containsExactly(PlatformLook.RESOURCES.remedy());
  }

  @Test
  void outOfMemory_severalWitnessesOfOneEnd_areOneFindingCountedOnce() {
    world.machines = read(machines(machine("m1"), exits(machine("m2"), exit(2, 137, true))));
    world.logs =
        logs(
            line("m2", 121, "Out of memory: Killed process 321 (node)"),
            line("m2", 120, "Process appears to have been OOM killed!"));

    assertThat(world.diagnose().findings().stream().filter(OutOfMemory.class::isInstance))
        .singleElement()
        .isInstanceOfSatisfying(
            OutOfMemory.class,
            found -> {
              assertThat(found.kinds()).containsExactlyInAnyOrder(Kind.KERNEL, Kind.REPORTED);
              assertThat(found.times()).isEqualTo(1);
              assertThat(found.memoryMb()).isEqualTo(2_048);
            });
  }

  @Test
  void outOfMemory_killedWithoutAWord_isSaidToBeLikelyOnly() {
    world.machines = read(machines(machine("m1"), exits(machine("m2"), exit(2, 137, false))));

    var found = world.diagnose().finding(OutOfMemory.class).orElseThrow();

    assertThat(found.kinds()).containsExactly(Kind.KILLED);
    assertThat(found.summary()).contains("137, which is often memory");
  }

  /** Minutes ago of three ends. */
  @ParameterizedTest
  @CsvSource({"1, 2, 3, true", "1, 30, 59, true", "1, 30, 61, false", "61, 62, 63, false"})
  void ends_severalWithinTheWindow_areALoop(int a, int b, int c, boolean loop) {
    world.machines =
        read(
            machines(
                machine("m1"),
                exits(machine("m2"), exit(a, 1, false), exit(b, 1, false), exit(c, 1, false))));

    var ends = world.diagnose().finding(Ends.class).orElseThrow();

    assertThat(ends.loops("m2")).isEqualTo(loop);
    assertThat(ends.severity() == Severity.CRITICAL).isEqualTo(loop);
  }

  /** Percent in use. */
  @ParameterizedTest
  @CsvSource({
    "79.9, OK, INFO",
    "80.1, PROBLEM, WARNING",
    "89.9, PROBLEM, WARNING",
    "90.1, PROBLEM, CRITICAL"
  })
  void memory_shareOfTheFullest_decides(double percent, Verdict verdict, Severity severity) {
    world.resources =
        read(resources(calm("m1"), memory("m2", MemoryWorld.line(5, 20 * percent, 0))));

    var found = world.diagnose().finding(Memory.class).orElseThrow();

    assertThat(found.verdict()).isEqualTo(verdict);
    assertThat(found.severity()).isEqualTo(severity);
  }

  @Test
  void memory_totalIsNotTold_isThatOfTheMachinesSize() {
    world.resources =
        read(
            resources(
                calm("m1"),
                new MachineResources(
                    "m2", null, MemoryWorld.line(5, 1_900, 0), 0.1, 0.1, 0.0, null, null)));

    var found = world.diagnose().finding(Memory.class).orElseThrow();

    assertThat(found.full()).singleElement().hasToString("m2 uses 93 % of its 2,048 MB");
  }

  @Test
  void leak_sinceARelease_saysHowFastAndHowLongYet() {
    world.resources = read(resources(memory("m1", MemoryWorld.line(180, 1_400, 300)), calm("m2")));

    var leak = world.diagnose().finding(MemoryLeak.class).orElseThrow();

    assertThat(leak.bytesPerHour() / MB).isBetween(298.0, 302.0);
    assertThat(leak.toLimit()).isBetween(Duration.ofMinutes(115), Duration.ofMinutes(125));
    assertThat(leak.fit()).isGreaterThan(0.99);
    assertThat(leak.release()).isNull();
  }

  @Test
  void leak_thatWasThereBeforeTheRelease_isNotLaidAtItsDoor() {
    world.releases = read(List.of(release(118, 90)));
    world.machines = read(machines(FleetWorld.started(machine("m1"), 88), machine("m2")));
    world.resources =
        read(
            resources(
                memory(
                    "m1",
                    then(MemoryWorld.line(180, 95, 1_200, 300), MemoryWorld.line(85, 0, 900, 300))),
                calm("m2")));

    var diagnosis = world.diagnose();

    assertThat(diagnosis.finding(MemoryLeak.class).orElseThrow().release()).isNull();
    assertThat(diagnosis.recommendations())
        .extracting(Recommendation::id)
        .doesNotContain("platform.roll-back");
  }

  @Test
  void restart_machineIsFullAndAnotherHealthy_isOfferedAfterMoreMemory() {
    world.resources = read(resources(calm("m1"), memory("m2", MemoryWorld.line(180, 1_900, 0))));

    assertThat(world.diagnose().recommendations())
        .extracting(Recommendation::line)
        .containsExactly(
            "ops.platform().scaleMemory(4096).plan()", "ops.platform().restart(\"m2\").plan()");
  }

  @Test
  void restart_leakEndsWithinTheHour_isWhatBuysTime() {
    world.resources = read(resources(memory("m1", MemoryWorld.line(180, 1_500, 600)), calm("m2")));

    var diagnosis = world.diagnose();

    assertThat(diagnosis.next()).contains("ops.platform().restart(\"m1\").plan()");
    assertThat(diagnosis.finding(MemoryLeak.class).orElseThrow().severity())
        .isEqualTo(Severity.CRITICAL);
  }

  @Test
  void ends_loopThatOnlyTheLogTellsOf_isALoop() {
    world.logs =
        logs(
            line("m2", 300, "Main child exited normally with code: 1"),
            line("m2", 200, "Main child exited normally with code: 1"),
            line("m2", 100, "Main child exited normally with code: 1"));

    var ends = world.diagnose().finding(Ends.class).orElseThrow();

    assertThat(ends.loops("m2")).isTrue();
    assertThat(ends.summary()).startsWith("m2 ends again and again, by its log");
  }

  @Test
  void restart_loopOrLastHealthyOrDependencyDown_isAdvisedAgainst() {
    world.resources = read(resources(memory("m1", MemoryWorld.line(180, 1_900, 0)), calm("m2")));
    world.machines = read(machines(machine("m1"), failing(machine("m2"))));
    world.database = FleetWorld.databaseFails(FailureKind.REFUSED);

    var diagnosis = world.diagnose();

    assertThat(diagnosis.next()).contains("ops.databaseConnectionIssues().diagnose()");
    assertThat(diagnosis.recommendations())
        .extracting(Recommendation::id)
        .doesNotContain("platform.restart");
    assertThat(diagnosis.contraindications())
        .filteredOn(each -> each.id().equals("platform.restart"))
        .extracting(Contraindication::what)
        .containsExactly("do not restart machines", "do not restart m1");
  }

  @Test
  void scale_memoryAndCoresShort_isOneUpdateForBoth() {
    world.resources =
        read(
            resources(
                new MachineResources(
                    "m1", 2_000 * MB, MemoryWorld.line(60, 1_900, 0), 2.0, 0.1, 0.5, null, false),
                calm("m2")));

    assertThat(world.diagnose().next())
        .contains("ops.platform().scale(\"shared-cpu-4x\", 4096).plan()");
  }

  @Test
  void scale_alreadyTheLargest_isOneMachineMore() {
    var largest = new Guest("shared", 8, 16_384);
    world.machines =
        read(
            machines(
                FleetWorld.guest(machine("m1"), largest),
                FleetWorld.guest(machine("m2"), largest)));
    world.resources = read(resources(memory("m1", MemoryWorld.line(60, 1_900, 0)), calm("m2")));

    assertThat(world.diagnose().next()).contains("ops.platform().scaleCount(3).plan()");
  }

  /** Size now and next for want of memory. */
  @ParameterizedTest
  @CsvSource({
    "shared, 1, 256, shared 1 cpu 512 MB",
    "shared, 2, 2048, shared 2 cpu 4096 MB",
    "shared, 2, 4096, shared 4 cpu 8192 MB",
    "shared, 2, 3072, shared 2 cpu 4096 MB",
    "performance, 1, 8192, performance 2 cpu 16384 MB",
    "other, 2, 2048, other 2 cpu 4096 MB",
  })
  void bigger_memory_isASizeThatExistsAndNeverLess(String kind, int cpus, int mb, String next) {
    var now = new Guest(kind, cpus, mb);

    var bigger = BiggerGuest.memory(now).orElseThrow();

    assertThat(bigger.to()).hasToString(next);
    assertThat(bigger.to().memoryMb()).isGreaterThan(mb);
    assertThat(bigger.to().cpus()).isGreaterThanOrEqualTo(cpus);
  }

  @Test
  void diagnosis_onAScreen_hasVerdictAndNextLineOnTop() {
    world.machines = read(machines(machine("m1"), exits(machine("m2"), exit(2, 137, true))));
    world.sessions = unread("database sessions");

    var screen = world.diagnose().toString().lines().limit(24).toList();

    assertThat(screen.subList(0, 8))
        .anyMatch(each -> each.contains("production"))
        .anyMatch(each -> each.startsWith("[PROBLEM] m2 ran out of memory once, last at"))
        .anyMatch(each -> each.contains("scaleMemory(4096)"))
        .anyMatch(each -> each.contains("database sessions"));
  }

  private static List<String> problems(Diagnosis diagnosis) {
    return diagnosis.findings().stream()
        .filter(each -> each.verdict() == Verdict.PROBLEM)
        .map(Finding::id)
        .sorted()
        .distinct()
        .toList();
  }

  /** Connections that nobody closes pile up: how many of the idle ones are young tells. */
  @Test
  void connections_idleOnes_areToldWithHowManyWereOpenedLately() {
    var world = new MemoryWorld();
    var now = FleetWorld.NOW;
    world.sessions =
        FleetWorld.read(
            new Sessions(
                List.of(
                    idle(1, now.minus(Duration.ofHours(9)), now.minus(Duration.ofMinutes(50))),
                    idle(2, now.minus(Duration.ofMinutes(50)), now.minus(Duration.ofMinutes(40))),
                    idle(3, now.minus(Duration.ofMinutes(20)), now.minus(Duration.ofMinutes(9))),
                    idle(4, now.minus(Duration.ofMinutes(20)), now.minus(Duration.ofMinutes(1)))),
                0,
                now));

    var told = world.diagnose().finding(Connections.class).orElseThrow();

    assertThat(told.summary())
        .isEqualTo(
            "4 sessions in the database, 3 of them idle for 5 min or more, 2 opened within the"
                + " last hour");
    assertThat(told.verdict()).isEqualTo(Verdict.OK);
  }

  private static Session idle(int pid, Instant opened, Instant since) {
    return new Session(
        new SessionId(pid, opened),
        "hotdash",
        "hotdash",
        "web",
        null,
        Session.IDLE,
        since,
        null,
        null,
        "commit",
        null,
        null);
  }
}
