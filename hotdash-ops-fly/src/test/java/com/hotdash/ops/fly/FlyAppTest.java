package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.fly.MachineChange.Outcome;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyImage;
import com.hotdash.ops.testkit.fly.FlyMachine;
import com.hotdash.ops.testkit.fly.FlyQuirk;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlyAppTest {
  private static final String ONE = SimulatedFly.MACHINES + "/[^/]+";

  private static Guest guest(FlyMachine machine, FlyApp app) {
    return app.machines().get(machine.id()).guest().orElseThrow();
  }

  @Test
  void scaleMemory_running_changesMemoryInOneUpdateEach() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(2, world.good);

      var rollout = world.app.scaleMemory(4096);

      assertThat(rollout.complete()).as(rollout.toString()).isTrue();
      assertThat(guest(machines.get(0), world.app)).isEqualTo(new Guest("shared", 2, 4096));
      assertThat(world.fly.count("machine.update")).isEqualTo(2);
      assertThat(world.app.scaleMemory(4096).machines())
          .extracting(MachineChange::outcome)
          .containsOnly(Outcome.UNCHANGED);
      assertThat(world.fly.count("machine.update")).isEqualTo(2);
    }
  }

  @Test
  void scaleVm_biggerSize_keepsTheMemory() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(1, world.good);

      world.app.scaleVm("shared-cpu-4x");

      assertThat(guest(machines.get(0), world.app)).isEqualTo(new Guest("shared", 4, 2048));
    }
  }

  @ParameterizedTest
  @CsvSource({"600", "8192", "256"})
  void scaleMemory_thatDoesNotFit_changesNothing(int memory) {
    try (var world = new SimulatedFly()) {
      world.machines(2, world.good);

      assertThatThrownBy(() -> world.app.scaleMemory(memory))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(world.fly.changes()).isEmpty();
    }
  }

  @Test
  void changes_configFieldThatNobodyKnows_survives() {
    try (var world = new SimulatedFly()) {
      world.fly.add(world.bad);
      var config =
          world
              .machines(1, world.good)
              .get(0)
              .configJson()
              .replaceFirst(
                  "\\{", "{\"of_tomorrow\":{\"deep\":[1.5,null,{\"x\":12345678901234567890}]},");
      var machine = world.theirs.machine("ord", config);

      world.app.scaleMemory(4096);
      world.app.deployImage(world.bad.reference());

      assertThat(machine.configJson().replaceAll("\\s", ""))
          .contains("\"of_tomorrow\":{\"deep\":[1.5,null,{\"x\":12345678901234567890}]}");
    }
  }

  @Test
  void changes_autostoppedMachine_staysStopped() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(3, world.good);
      machines.get(1).autostop();

      assertThat(world.app.scaleMemory(4096).complete()).isTrue();
      assertThat(world.app.deployImage(world.bad.reference()).complete()).isTrue();
      world.app.secrets().set(java.util.Map.of("A", com.hotdash.ops.secret.Secret.of("v1")));

      assertThat(machines.get(1).state()).isEqualTo("stopped");
      assertThat(machines.get(0).state()).isEqualTo("started");
      assertThat(machines.get(1).image()).contains(world.bad);
      assertThat(guest(machines.get(1), world.app)).isEqualTo(new Guest("shared", 2, 4096));
    }
  }

  @Test
  void deployImage_previousGoodRelease_rollsBack() {
    try (var world = new SimulatedFly()) {
      var at = Instant.parse("2026-11-22T00:00:00Z");
      world.theirs.history(at).complete(world.good).failed(world.bad).secrets();
      var machines = world.machines(2, world.bad);

      var target = world.app.previousGoodRelease();
      var image = java.util.Objects.requireNonNull(target.target()).image();
      var rollout = world.app.deployImage(image.identity());

      assertThat(rollout.complete()).as(target + "\n" + rollout).isTrue();
      assertThat(machines).allSatisfy(one -> assertThat(one.image()).contains(world.good));
      assertThat(rollout.toString().lines()).hasSizeLessThan(24);
      assertThat(rollout.toString().lines())
          .allSatisfy(l -> assertThat(l.length()).isLessThan(101));
    }
  }

  @Test
  void deployImage_gone_touchesNothing() {
    try (var world = new SimulatedFly()) {
      world.machines(2, world.good);
      world.fly.remove(world.bad);

      assertThatThrownBy(() -> world.app.deployImage(world.bad.reference()))
          .isInstanceOf(FlyNotFoundException.class);
      assertThat(world.fly.changes()).isEmpty();
    }
  }

  @Test
  void deployImage_putBackByThePlatform_isAFailureAndHoldsTheRest() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(3, world.good);
      world.fly.add(world.bad.unpullable());

      var rollout = world.app.deployImage(world.bad.reference());

      assertThat(rollout.machines())
          .extracting(MachineChange::outcome)
          .containsExactly(Outcome.FAILED, Outcome.NOT_BEGUN, Outcome.NOT_BEGUN);
      assertThat(rollout.toString()).contains("put back by the platform");
      assertThat(machines).allSatisfy(one -> assertThat(one.state()).isEqualTo("started"));
      assertThat(world.fly.count("machine.update")).isEqualTo(1);
    }
  }

  @Test
  void deployImage_crashingOrUnhealthy_isAFailureAndHoldsTheRest() {
    for (var image : List.of("crash", "sick")) {
      try (var world = new SimulatedFly()) {
        world.machines(2, world.good);
        world.fly.add(
            image.equals("sick")
                ? world.bad.unhealthy()
                : world.bad.crashing(new FlyImage.Crash(Duration.ofSeconds(4), 1, false)));

        FlyRollout rollout;
        var limits =
            new FlyUpdateLimits(
                Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofSeconds(10));
        try (var client = world.builder(world.time.time()).updateLimits(limits).build()) {
          rollout = client.app(SimulatedFly.APP).deployImage(world.bad.reference());
        }

        assertThat(rollout.machines())
            .as(rollout.toString())
            .extracting(MachineChange::outcome)
            .containsExactly(Outcome.FAILED, Outcome.NOT_BEGUN);
        assertThat(rollout.machines().get(0).detail())
            .contains(image.equals("sick") ? "checks do not pass" : "ended");
      }
    }
  }

  @Test
  void deployImage_overAlreadyFailingChecks_isNoWorseThanBefore() {
    try (var world = new SimulatedFly()) {
      world.fly.add(world.good.unhealthy());
      world.fly.add(world.bad.unhealthy());
      world.machines(1, world.good.unhealthy());

      assertThat(world.app.deployImage(world.bad.reference()).complete()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BARE_LEASES", "OLD_LEASE_CONFLICT", "VERSION_MISMATCH_409"})
  void changes_foreignLease_isToldAtOnceWithHolderAndEnd(FlyQuirk quirk) {
    try (var world = new SimulatedFly()) {
      world.fly.set(quirk, true);
      var machine = world.machines(1, world.good).get(0);
      machine.leaseTo("bob@example.com", Duration.ofMinutes(10), "a deploy");
      var before = world.time.now();

      for (var act :
          List.<Runnable>of(
              () -> world.app.scaleMemory(4096),
              () -> world.app.restart(machine.id()),
              () -> world.app.machines().stop(machine.id()))) {
        var held = catchThrowableOfType(FlyLeaseHeldException.class, act::run);
        assertThat(held.holder()).contains("bob@example.com");
        assertThat(held.expiresAt().orElseThrow()).isAfter(before.plusSeconds(500));
      }

      assertThat(Duration.between(before, world.time.now())).isLessThan(Duration.ofSeconds(2));
      assertThat(world.app.machines().leaseHolder(machine.id()).orElseThrow())
          .contains("bob@example.com")
          .contains("a deploy");
      machine.endLease();
      assertThat(world.app.machines().leaseHolder(machine.id())).isEmpty();
      assertThat(world.fly.count("machine.update")).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"closeAfter, CHANGED, 1", "502 after, CHANGED, 1", "cut, CHANGED, 1"})
  void update_answerLostAfterItWasMade_isFoundAndNotRepeated(
      String fault, Outcome outcome, int updates) {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good);
      world.fly.site(FlyHost.MACHINES).fault("POST", ONE, 1, fault(fault));

      var rollout = world.app.scaleMemory(4096);

      assertThat(rollout.machines().get(0).outcome()).isEqualTo(outcome);
      assertThat(world.fly.count("machine.update")).isEqualTo(updates);
    }
  }

  @ParameterizedTest
  @CsvSource({"close", "503 instead"})
  void update_lostAndNotSeen_isUncertainAndEndsTheChange(String fault) {
    try (var world = new SimulatedFly()) {
      world.machines(2, world.good);
      world.fly.site(FlyHost.MACHINES).fault("POST", ONE, 1, fault(fault));

      var rollout = world.app.scaleMemory(4096);

      // It may be under way still: absence for some seconds proves nothing.
      assertThat(rollout.machines())
          .extracting(MachineChange::outcome)
          .containsExactly(Outcome.UNCERTAIN, Outcome.NOT_BEGUN);
      assertThat(rollout.machines().get(0).detail()).contains("does not prove");
      assertThat(world.fly.count("machine.update")).isZero();
    }
  }

  @Test
  void lease_answerLostAfterItWasGiven_isTakenUp() {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good);
      world.fly.site(FlyHost.MACHINES).fault("POST", ONE + "/lease", 1, WebFault.closeAfter());

      assertThat(world.app.scaleMemory(4096).complete()).isTrue();
      assertThat(world.fly.count("machine.update")).isEqualTo(1);
    }
  }

  private static WebFault fault(String name) {
    return switch (name) {
      case "closeAfter" -> WebFault.closeAfter();
      case "cut" -> WebFault.cut();
      case "close" -> WebFault.close();
      case "503 after" -> WebFault.after(Answer.text(503, "text/plain", "unavailable"));
      case "504 after" ->
          WebFault.after(Answer.text(504, "text/html", "<html>504 Gateway Time-out</html>"));
      case "502 after" -> WebFault.after(Answer.text(502, "text/plain", "bad gateway"));
      case "503 instead" -> WebFault.instead(Answer.text(503, "text/plain", "no"));
      default -> throw new IllegalArgumentException(name);
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"502 after", "503 after", "504 after", "closeAfter"})
  void scaleCount_createAnsweredBy503AfterItWasMade_makesNoSecondMachine(String fault) {
    try (var world = new SimulatedFly()) {
      world.machines(2, world.good);
      world.fly.site(FlyHost.MACHINES).fault("POST", SimulatedFly.MACHINES, 1, fault(fault));

      var rollout = world.app.scaleCount(3);

      assertThat(rollout.complete()).as(rollout.toString()).isTrue();
      assertThat(world.theirs.machines()).hasSize(3);
      assertThat(world.fly.count("machine.create")).isEqualTo(1);
    }
  }

  @Test
  void scaleCount_down_takesAwayWhatDoesNotRunFirst() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(3, world.good);
      machines.get(0).autostop();

      assertThat(world.app.scaleCount(2).complete()).isTrue();
      world.time.advance(Duration.ofSeconds(20));
      assertThat(world.theirs.machines()).extracting(FlyMachine::state).containsOnly("started");

      assertThat(world.app.scaleCount(1).complete()).isTrue();
      world.time.advance(Duration.ofSeconds(20));
      assertThat(world.theirs.machines()).hasSize(1);
      assertThatThrownBy(() -> world.app.scaleCount(0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void scaleCount_asManyAreThere_isDoneAndTouchesNothing() {
    try (var world = new SimulatedFly()) {
      world.machines(3, world.good);

      var rollout = world.app.scaleCount(3);

      assertThat(rollout.complete()).isTrue();
      assertThat(rollout.toString()).contains("DONE", "3 of 3").doesNotContain("NOT DONE");
      assertThat(world.fly.changes()).isEmpty();
    }
  }

  @Test
  void scaleCount_regionFull_saysSo() {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good);
      world.fly.full("ord", true);

      assertThatThrownBy(() -> world.app.scaleCount(2))
          .isInstanceOf(FlyCapacityException.class)
          .hasMessageContaining("region");
      assertThat(world.theirs.machines()).hasSize(1);
    }
  }

  @Test
  void restart_answerLost_restartsOnce() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      world.fly.site(FlyHost.MACHINES).fault("POST", ONE + "/restart", 1, WebFault.closeAfter());

      assertThat(world.app.restart(machine.id()).outcome()).isEqualTo(Outcome.CHANGED);
      assertThat(world.fly.count("machine.restart")).isEqualTo(1);
    }
  }

  @Test
  void restart_stopped_isRefused() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(3, world.good).get(0);
      machine.autostop();
      world.time.advance(Duration.ofSeconds(20));

      assertThatThrownBy(() -> world.app.restart(machine.id()))
          .isInstanceOf(FlyPreconditionException.class);
      assertThat(machine.state()).isEqualTo("stopped");
    }
  }

  @Test
  void putBack_earlierVersion_restoresImageAndSize() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      var version = machine.version();
      world.app.scaleMemory(4096);
      world.app.deployImage(world.bad.reference());

      assertThat(world.app.putBack(machine.id(), version).outcome()).isEqualTo(Outcome.CHANGED);

      assertThat(machine.image()).contains(world.good);
      assertThat(guest(machine, world.app)).isEqualTo(new Guest("shared", 2, 2048));
    }
  }

  @Test
  void update_hostInTrouble_isLeftAlone() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(2, world.good);
      machines.get(0).hostStatus("unreachable");

      var rollout = world.app.deployImage(world.bad.reference());

      assertThat(rollout.with(Outcome.LEFT_ALONE)).hasSize(1);
      assertThat(rollout.with(Outcome.CHANGED)).hasSize(1);
      assertThat(rollout.complete()).isFalse();
    }
  }

  @Test
  void update_changedBySomebodyMeanwhile_isRefused() {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good);
      var seen = world.app.machines().list().get(0);
      world.app.scaleMemory(4096);

      assertThatThrownBy(() -> MachineGuards.check(world.app.machines().get(seen.id()), seen))
          .isInstanceOf(FlyPreconditionException.class)
          .hasMessageContaining("changed by somebody");
    }
  }

  @Test
  void acts_onOneMachine_areMade() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      var machines = world.app.machines();

      machines.cordon(machine.id());
      assertThat(machines.get(machine.id()).cordoned()).isTrue();
      machines.uncordon(machine.id());
      assertThat(machines.get(machine.id()).cordoned()).isFalse();
      assertThat(machines.stop(machine.id()).state()).isEqualTo(MachineState.STOPPED);
      assertThat(machines.start(machine.id()).state()).isEqualTo(MachineState.STARTED);
      assertThat(machines.suspend(machine.id()).state()).isEqualTo(MachineState.SUSPENDED);
      assertThat(machines.start(machine.id()).state()).isEqualTo(MachineState.STARTED);
      machines.setMetadata(machine.id(), "note", "sick");
      assertThat(machines.metadata(machine.id())).containsEntry("note", "sick");
      assertThat(machines.exec(machine.id(), Duration.ofSeconds(5), "true").exitCode()).isZero();
      assertThat(machines.events(machine.id(), 50)).isNotEmpty();
    }
  }

  @Test
  void lease_heldOverSeveralActs_isTakenOnce() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      var machines = world.app.machines();

      try (var lease = machines.lease(machine.id())) {
        assertThat(machines.stop(lease).state()).isEqualTo(MachineState.STOPPED);
        assertThatThrownBy(() -> machines.start(machine.id()))
            .isInstanceOf(FlyLeaseHeldException.class);
        assertThat(machines.start(lease).state()).isEqualTo(MachineState.STARTED);
        assertThat(lease.toString()).doesNotContain(lease.nonce().reveal());
      }

      assertThat(world.fly.count("lease.acquire")).isEqualTo(1);
      assertThat(machine.leased()).isFalse();
    }
  }

  @Test
  void await_longerThanOnePoll_asksAgainUntilItsOwnEnd() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      var before = world.time.now();

      boolean reached =
          world
              .app
              .machines()
              .await(
                  machine.id(), machine.version(), Duration.ofSeconds(150), MachineState.STOPPED);

      assertThat(reached).isFalse();
      assertThat(Duration.between(before, world.time.now()))
          .isBetween(Duration.ofSeconds(150), Duration.ofSeconds(156));
      assertThat(world.statuses).contains(408);
    }
  }

  @Test
  void lastExit_outOfMemory_isAType() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      machine.exit(137, true);

      var exit = world.app.machines().get(machine.id()).lastExit().orElseThrow();

      assertThat(exit.oomKilled()).isTrue();
      assertThat(exit.exitCode()).isEqualTo(137);
      assertThat(exit.bad()).isTrue();
    }
  }

  @Test
  void list_hundredMachines_isOneCall() {
    try (var world = new SimulatedFly()) {
      world.machines(100, world.good);

      assertThat(world.app.machines().list()).hasSize(100);
      assertThat(world.statuses).containsExactly(200);
    }
  }

  @Test
  void changes_stormOverManyMachines_neverMeetsTheLimit() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(2, world.good);

      for (int i = 0; i < 2; i++) {
        world.app.scaleMemory(i % 2 == 0 ? 4096 : 2048);
        for (var machine : machines) {
          world.app.machines().cordon(machine.id());
          world.app.machines().uncordon(machine.id());
        }
      }

      assertThat(world.statuses).doesNotContain(429);
    }
  }

  @Test
  void update_madeAndThenNothingCanBeSeen_isUncertain() {
    try (var world = new SimulatedFly()) {
      world.machines(2, world.good);
      world.fly.watch(
          machine ->
              world
                  .fly
                  .site(FlyHost.MACHINES)
                  .fault("GET", ONE + ".*", 99, WebFault.instead(Answer.empty(500))));

      var rollout = world.app.scaleMemory(4096);

      assertThat(rollout.machines())
          .as(rollout.toString())
          .extracting(MachineChange::outcome)
          .containsExactly(Outcome.UNCERTAIN, Outcome.NOT_BEGUN);
      assertThat(world.fly.count("machine.update")).isEqualTo(1);
      world.fly.site(FlyHost.MACHINES).clearFaults();
    }
  }

  @Test
  void update_interrupted_givesTheLeaseBackAndKeepsTheFlag() {
    try (var world = new SimulatedFly()) {
      world.machines(2, world.good);
      var caller = Thread.currentThread();
      world.fly.watch(machine -> caller.interrupt());

      var rollout = world.app.scaleMemory(4096);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(rollout.machines())
          .extracting(MachineChange::outcome)
          .containsExactly(Outcome.UNCERTAIN, Outcome.NOT_BEGUN);
      assertThat(world.theirs.machines()).noneMatch(FlyMachine::leased);
    }
  }

  @Test
  void update_watchedForLongerThanALease_keepsIt() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      world.fly.add(world.bad.unhealthy());
      var limits =
          new FlyUpdateLimits(
              Duration.ofMinutes(1), Duration.ofSeconds(10), Duration.ofSeconds(80));
      try (var client = world.builder(world.time.time()).updateLimits(limits).build()) {
        var app = client.app(SimulatedFly.APP);

        var rollout = app.deployImage(world.bad.reference());

        assertThat(rollout.machines().get(0).detail()).contains("checks do not pass");
        assertThat(world.fly.count("lease.acquire")).isEqualTo(1);
        assertThat(world.fly.count("lease.refresh")).isGreaterThanOrEqualTo(3);
        assertThat(machine.leased()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"409", "412"})
  void update_versionMoved_changesNothing(int status) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      // Between our read and our write, past every lease: only current_version stops it.
      world
          .fly
          .site(FlyHost.MACHINES)
          .fault(
              "POST",
              ONE,
              1,
              WebFault.instead(
                  Answer.text(
                      status, "application/json", "{\"error\":\"current_version mismatch\"}")));

      assertThatThrownBy(() -> world.app.scaleMemory(4096))
          .isInstanceOf(
              status == 409 ? FlyConflictException.class : FlyPreconditionException.class);
      assertThat(world.fly.count("machine.update")).isZero();
      assertThat(machine.leased()).isFalse();
    }
  }
}
