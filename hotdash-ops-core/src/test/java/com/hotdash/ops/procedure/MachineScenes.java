package com.hotdash.ops.procedure;

import static com.hotdash.ops.diagnosis.Incident.HEALTH_CHECK_FAILURES;
import static com.hotdash.ops.diagnosis.Incident.MEMORY_CPU_ISSUES;
import static com.hotdash.ops.procedure.FleetWorld.exit;
import static com.hotdash.ops.procedure.FleetWorld.exits;
import static com.hotdash.ops.procedure.FleetWorld.failing;
import static com.hotdash.ops.procedure.FleetWorld.guest;
import static com.hotdash.ops.procedure.FleetWorld.line;
import static com.hotdash.ops.procedure.FleetWorld.machine;
import static com.hotdash.ops.procedure.FleetWorld.started;
import static com.hotdash.ops.procedure.FleetWorld.state;
import static com.hotdash.ops.procedure.MemoryWorld.calm;
import static com.hotdash.ops.procedure.MemoryWorld.cpu;
import static com.hotdash.ops.procedure.MemoryWorld.memory;

import com.hotdash.ops.database.ApplicationPool;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.platform.Guest;
import com.hotdash.ops.platform.MachineState;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** R6 and R7: machines run out of something, or do not pass. */
final class MachineScenes {
  private MachineScenes() {}

  private static WholeScene memoryOrCpu(String name, Consumer<WholeWorld> happens) {
    return WholeScene.of(MEMORY_CPU_ISSUES, name, happens);
  }

  private static WholeScene checks(String name, Consumer<WholeWorld> happens) {
    return WholeScene.of(HEALTH_CHECK_FAILURES, name, happens);
  }

  static Stream<WholeScene> all() {
    return Stream.concat(resources(), checks());
  }

  private static Stream<WholeScene> resources() {
    return Stream.of(
        memoryOrCpu(
            "memory: a loop of ends for want of it",
            world -> {
              world.machines(
                  machine("m1"),
                  exits(
                      started(machine("m2"), 1),
                      exit(2, 137, true),
                      exit(9, 137, true),
                      exit(20, 137, true)));
              world.lines.add(line("m2", 100, "Out of memory: Killed process 321 (node)"));
              world.errors(0.1, 20);
            }),
        memoryOrCpu(
            "memory: it leaks since a release",
            world -> {
              world.released(119, 90);
              world.machines.set(0, started(world.machines.get(0), 88));
              world.resources.set(
                  0,
                  memory(
                      "m1",
                      MemoryWorld.then(
                          MemoryWorld.line(180, 95, 700, 0), MemoryWorld.line(85, 0, 1_200, 300))));
            }),
        memoryOrCpu(
            "memory: it leaks, and nobody saw it begin",
            world -> world.resources.set(0, memory("m1", MemoryWorld.line(180, 1_200, 200)))),
        memoryOrCpu(
            "memory: it is full",
            world -> world.resources.set(1, memory("m2", MemoryWorld.line(180, 1_860, 0)))),
        memoryOrCpu(
            "memory: the heap's own limit",
            world ->
                world.lines.add(
                    line(
                        "m1",
                        30,
                        "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out"
                            + " of memory"))),
        memoryOrCpu(
            "memory: all machines ended for want of it and are down",
            world -> {
              world.machines(
                  state(
                      exits(
                          machine("m1"),
                          exit(2, 137, true),
                          exit(4, 137, true),
                          exit(6, 137, true)),
                      MachineState.STOPPED),
                  state(
                      exits(
                          machine("m2"),
                          exit(1, 137, true),
                          exit(3, 137, true),
                          exit(5, 137, true)),
                      MachineState.STOPPED));
              world.health = HealthWorld.health();
              world.errors(1, 2);
            }),
        memoryOrCpu(
            "cpu: short on the largest size, while machines sleep",
            world -> {
              var largest = new Guest("shared", 8, 16_384);
              world.machines(
                  guest(machine("m1"), largest),
                  guest(machine("m2"), largest),
                  guest(state(machine("m3"), MachineState.STOPPED), largest),
                  guest(state(machine("m4"), MachineState.STOPPED), largest));
              world.resources.set(0, cpu("m1", 7.5, 0.5, 0.4, Duration.ZERO));
              world.resources.set(1, cpu("m2", 7.5, 0.5, 0.4, Duration.ZERO));
            }),
        memoryOrCpu(
            "memory: both machines are nearly full",
            world -> {
              world.resources.set(0, memory("m1", MemoryWorld.line(180, 1_930, 0)));
              world.resources.set(1, memory("m2", MemoryWorld.line(180, 1_920, 0)));
            }),
        memoryOrCpu(
            "memory: the one machine in rotation is full",
            world -> {
              world.machines.replaceAll(
                  each -> each.id().equals("m1") ? FleetWorld.cordoned(each) : each);
              world.resources.set(1, memory("m2", MemoryWorld.line(180, 1_930, 0)));
            }),
        memoryOrCpu(
            "cpu: held back by the platform, and all is slow",
            world -> {
              world.slow().resources.set(0, cpu("m1", 0.125, 0.125, 0.4, Duration.ZERO));
              world.resources.set(1, cpu("m2", 0.125, 0.125, 0.4, Duration.ZERO));
            }),
        memoryOrCpu(
            "cpu: the event loop is busy, and all is slow",
            world -> world.slow().metrics.eventLoopLag = 1.8),
        memoryOrCpu(
            "cpu: the event loop is busy, and the application's pool is larger than what is free",
            world -> {
              world.slow().metrics.eventLoopLag = 1.8;
              world.database.pool = new ApplicationPool("web", 40, 5, 1, 0);
              world.database.unseen = 60;
              world.database.probes.replaceAll(GroundScenes::direct);
            }),
        memoryOrCpu("files: they run out", world -> world.metrics.openFiles = 950),
        memoryOrCpu(
            "cpu: the balance ends within a minute",
            world -> {
              world.resources.clear();
              world.resources.add(cpu("m1", 1.2, 0.125, 0.0, Duration.ofSeconds(20)));
              world.resources.add(calm("m2"));
            }));
  }

  private static Stream<WholeScene> checks() {
    return Stream.of(
        checks(
            "health: one bad machine of two",
            world -> {
              world.machines(machine("m1"), failing(machine("m2")));
              world.health = HealthWorld.health(HealthWorld.well("m1"), HealthWorld.silent("m2"));
            }),
        checks(
            "health: all machines fail alike, and nothing says why",
            world -> {
              world.machines(failing(machine("m1")), failing(machine("m2")));
              world.health = HealthWorld.health(HealthWorld.silent("m1"), HealthWorld.silent("m2"));
            }),
        checks(
            "health: all machines fail, and a release that failed came to none",
            world -> {
              world.releases.add(DeployAndSecretScenes.failed(119, 10));
              world.machines(failing(machine("m1")), failing(machine("m2")));
              world.health = HealthWorld.health(HealthWorld.silent("m1"), HealthWorld.silent("m2"));
            }),
        checks(
            "health: a machine crashed weeks ago and was left down",
            world ->
                world.machines.add(
                    state(exits(machine("m3"), exit(30_000, 1, false)), MachineState.STOPPED))),
        checks(
            "health: all machines are cordoned",
            world -> world.machines.replaceAll(FleetWorld::cordoned)),
        checks(
            "health: one of two machines was stopped, and two are to run",
            world -> world.machines.set(1, state(machine("m2"), MachineState.STOPPED))),
        checks(
            "health: the certificate ends in three days, and a release failed the day before",
            world -> {
              world.certificate = HealthWorld.certificate(3);
              world.releases.add(DeployAndSecretScenes.failed(119, 2_000));
            }),
        checks(
            "health: no machine runs",
            world -> {
              world.machines(
                  state(machine("m1"), MachineState.STOPPED),
                  state(machine("m2"), MachineState.STOPPED));
              world.health = HealthWorld.health();
              world.errors(1, 6);
            }),
        checks(
            "health: a machine fails our probes, and no check sees it",
            world ->
                world.health =
                    HealthWorld.health(HealthWorld.well("m1"), HealthWorld.silent("m2"))),
        checks(
            "health: the certificate ends in three days",
            world -> world.certificate = HealthWorld.certificate(3)),
        checks(
            "health: it is degraded everywhere with a good code",
            world ->
                world.health =
                    HealthWorld.health(
                        HealthWorld.answers("m1", warning()),
                        HealthWorld.answers("m2", warning()))),
        checks(
            "health: a check flaps",
            world -> {
              for (int i = 0; i < 4; i++) {
                world.check("m1", 300 - 60 * i, "has failed");
                world.check("m1", 280 - 60 * i, "is now passing");
              }
            }));
  }

  private static com.hotdash.ops.health.ProbeResult warning() {
    return HealthWorld.answer("/api/monitoring/health", 200, HealthStatus.WARN);
  }
}
