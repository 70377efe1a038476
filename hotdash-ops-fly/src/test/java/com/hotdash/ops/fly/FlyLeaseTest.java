package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.runbook.PlatformChanges;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyMachine;
import com.hotdash.ops.testkit.fly.FlyQuirk;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other people's leases: told before a change, waited for, and broken only when asked. */
class FlyLeaseTest {
  private static final String BOB = "bob@example.com";
  private static final String LEASE = SimulatedFly.MACHINES + "/[^/]+/lease";

  private final MemoryJournal journal = new MemoryJournal();

  private RunbookProcedures ops(SimulatedFly world, Journal into) {
    return RunbookProcedures.builder()
        .time(world.time.time())
        .operator("sam")
        .journal(into)
        .platform(world.app.platform())
        .build();
  }

  private Plan plan(SimulatedFly world, Function<PlatformChanges, Plan> change) {
    try (var ops = ops(world, journal)) {
      return change.apply(ops.platform());
    }
  }

  private Plan breaking(SimulatedFly world, FlyMachine machine) {
    return plan(world, changes -> changes.breakLease(machine.id()).plan());
  }

  private static List<String> names(Plan plan) {
    return plan.objections().stream().map(Objection::name).toList();
  }

  enum Change {
    SIZE,
    RESTART,
    CORDON,
    SECRETS;

    Plan plan(PlatformChanges changes, String machine) {
      return switch (this) {
        case SIZE -> changes.scaleMemory(4096).plan();
        case RESTART -> changes.restart(machine).plan();
        case CORDON -> changes.cordon(machine).plan();
        case SECRETS -> changes.deploySecrets().plan();
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void plan_foreignLease_namesHolderAndEndWithinTwoSeconds(Change change) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(3, world.good).get(1);
      // Classes are loaded once, not in the middle of an incident.
      plan(world, changes -> change.plan(changes, machine.id()));
      world.time.advance(Duration.ofMinutes(1));
      machine.leaseTo(BOB, Duration.ofMinutes(10), "a deploy");
      var before = world.time.now();
      long begun = Time.SYSTEM.ticker().nanos();

      var plan = plan(world, changes -> change.plan(changes, machine.id()));

      var leased =
          plan.objections().stream().filter(each -> each.name().equals("leased")).findFirst();
      assertThat(leased).as(plan.toString()).isPresent();
      assertThat(leased.orElseThrow().reason())
          .contains(machine.id(), BOB, "a deploy", "2026-11-23T03:11:00Z");
      assertThat(leased.orElseThrow().nextStep())
          .contains("ops.platform().breakLease(\"" + machine.id() + "\")");
      assertThat(plan.toString()).contains(BOB);
      assertThat(Duration.between(before, world.time.now())).isLessThan(Duration.ofSeconds(2));
      assertThat(Duration.ofNanos(Time.SYSTEM.ticker().nanos() - begun))
          .isLessThan(Duration.ofSeconds(2));
      assertThatThrownBy(() -> plan.apply("now")).isInstanceOf(RefusedException.class);
      assertThat(world.fly.count("machine.update")).isZero();
      machine.endLease();
    }
  }

  @Test
  void plan_leaseThatEndsWhileOneWaits_isToldAndNoObstacle() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(2, world.good).get(0);
      machine.leaseTo(BOB, Duration.ofSeconds(20), "a deploy");

      var plan = plan(world, changes -> changes.scaleMemory(4096).plan());

      assertThat(names(plan)).doesNotContain("leased");
      assertThat(plan.proposal().notPromised().toString())
          .contains(BOB, "2026-11-23T03:00:20Z", "waits 30 s");
      assertThat(plan.apply("slow").done()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, were not read", "99, was not read"})
  void plan_leasesThatCannotBeRead_areSaidAndTakeNothingElse(int times, String told) {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(2, world.good);
      machines.get(1).leaseTo(BOB, Duration.ofMinutes(10), "a deploy");
      world
          .fly
          .site(FlyHost.MACHINES)
          .fault("GET", LEASE, times, WebFault.instead(Answer.empty(500)));

      var plan = plan(world, changes -> changes.scaleMemory(4096).plan());

      assertThat(plan.steps()).hasSize(2);
      assertThat(plan.proposal().notPromised().toString()).contains(told);
      assertThat(names(plan).contains("leased")).isEqualTo(times == 1);
      machines.get(1).endLease();
    }
  }

  @Test
  void apply_leaseOutlastsTheWait_offersToBreakIt() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      var plan = plan(world, changes -> changes.scaleMemory(4096).plan());
      machine.leaseTo(BOB, Duration.ofMinutes(10), "a deploy");

      var execution = plan.apply("slow");

      assertThat(execution.toString().replaceAll("\\s+", " "))
          .contains(BOB)
          .contains("ops.platform().breakLease(\"" + machine.id() + "\")");
      assertThat(world.fly.count("machine.update")).isZero();
      assertThat(machine.leased()).isTrue();
      machine.endLease();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BOB, "0f2d5c3e-8a41-4b7c-9d10-5e6f7a8b9c0d@tokens.fly.io"})
  void breakLease_leftBehind_endsItOnceAndTellsWhoAndWhy(String holder) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(2, world.good).get(0);
      var nonce = machine.leaseTo(holder, Duration.ofMinutes(10), "a deploy");

      var plan = breaking(world, machine);

      assertThat(names(plan)).isEmpty();
      assertThat(plan.toString()).contains(holder, "a deploy", "fly machine leases clear");
      assertThat(world.fly.count("lease.release")).as("broken by planning").isZero();
      var execution = plan.apply("bob's laptop is in the canal");
      assertThat(execution.done()).as(execution.toString()).isEqualTo(1);
      assertThat(machine.leased()).isFalse();
      assertThat(world.fly.count("lease.release")).isEqualTo(1);
      assertThat(execution.verify().result()).isEqualTo(Result.CURED);
      assertThat(journal.entries().toString()).contains(holder, "sam", "in the canal");
      assertThat(plan + "" + plan.proposal() + execution + journal.entries()).doesNotContain(nonce);
      assertThat(plan(world, changes -> changes.scaleMemory(4096).plan()).apply("go").done())
          .isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"carol@example.com", BOB})
  void breakLease_passedToAnotherMeanwhile_isLeftAlone(String next) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      machine.leaseTo(BOB, Duration.ofMinutes(10), "a deploy");
      var plan = breaking(world, machine);
      machine.endLease();
      machine.leaseTo(next, Duration.ofMinutes(10), "a deploy");
      long before = world.fly.count("lease.release");

      var execution = plan.apply("left behind");

      assertThat(status(execution)).as(execution.toString()).isEqualTo(Status.MOVED);
      assertThat(world.fly.count("lease.release")).isEqualTo(before);
      assertThat(machine.leased()).isTrue();
      machine.endLease();
    }
  }

  @Test
  void breakLease_takenBetweenLookAndCall_isLeftAlone() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      machine.leaseTo(BOB, Duration.ofMinutes(10), "a deploy");
      var plan = breaking(world, machine);
      var held = "lease currently held by carol@example.com, expires at 2026-11-23T03:09:00Z";
      world
          .fly
          .site(FlyHost.MACHINES)
          .fault(
              "DELETE",
              LEASE,
              1,
              WebFault.instead(Answer.json(409, Map.of("error", "machine ID m " + held))));

      var execution = plan.apply("left behind");

      assertThat(status(execution)).isEqualTo(Status.MOVED);
      assertThat(execution.toString()).contains("carol@example.com");
      assertThat(world.fly.site(FlyHost.MACHINES).count("DELETE", LEASE)).isEqualTo(1);
      machine.endLease();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BARE_LEASES", "NO_RATE_LIMITS"})
  void breakLease_answerLost_isBrokenOnce(FlyQuirk quirk) {
    try (var world = new SimulatedFly()) {
      world.fly.set(quirk, true);
      var machine = world.machines(1, world.good).get(0);
      machine.leaseTo(BOB, Duration.ofMinutes(10), "");
      var plan = breaking(world, machine);
      world.fly.site(FlyHost.MACHINES).fault("DELETE", LEASE, 1, WebFault.closeAfter());

      var execution = plan.apply("left behind");

      assertThat(status(execution)).as(execution.toString()).isEqualTo(Status.DONE);
      assertThat(world.fly.count("lease.release")).isEqualTo(1);
      assertThat(machine.leased()).isFalse();
    }
  }

  @Test
  void breakLease_endsSoonOrIsNone_isSaid() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      assertThat(breaking(world, machine).steps()).isEmpty();
      machine.leaseTo(BOB, Duration.ofSeconds(13), "a deploy");

      var plan = breaking(world, machine);

      assertThat(names(plan)).containsExactly("ends-by-itself");
      assertThat(plan.steps()).hasSize(1);
      machine.endLease();
      assertThat(names(plan(world, changes -> changes.breakLease("none").plan())))
          .contains("no-such-machine");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, false", "0, true", "1, false", "1, true", "2, false", "2, true", "3, false"})
  void breakLease_crashAtAnyLine_isResumedAndBrokenOnce(int line, boolean written) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      machine.leaseTo(BOB, Duration.ofMinutes(10), "a deploy");
      try (var dying = ops(world, new DyingJournal(journal, line, written))) {
        var plan = dying.platform().breakLease(machine.id()).plan();
        assertThatThrownBy(() -> plan.apply("left behind")).isInstanceOf(Death.class);
      }

      try (var ops = ops(world, journal)) {
        ops.pending().forEach(each -> ops.resume(each.id(), "go on"));
        assertThat(ops.pending()).isEmpty();
      }

      boolean begun = !journal.entries().isEmpty();
      assertThat(world.fly.count("lease.release")).isEqualTo(begun ? 1 : 0);
      assertThat(machine.leased()).isEqualTo(!begun);
      machine.endLease();
    }
  }

  private static Status status(Execution execution) {
    var outcome = execution.results().get(0).outcome();
    assertThat(outcome).as(execution.toString()).isNotNull();
    return java.util.Objects.requireNonNull(outcome).status();
  }

  /** The process is gone: nothing below the test may catch it. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Kills the process at its n-th line, before or after the line is kept. */
  record DyingJournal(MemoryJournal real, int line, boolean written) implements Journal {
    @Override
    public void append(JournalEntry entry) {
      boolean dies = real.entries().size() == line;
      if (!dies || written) {
        real.append(entry);
      }
      if (dies) {
        throw new Death();
      }
    }

    @Override
    public List<JournalEntry> entries() {
      return real.entries();
    }

    @Override
    public String place() {
      return real.place();
    }
  }
}
