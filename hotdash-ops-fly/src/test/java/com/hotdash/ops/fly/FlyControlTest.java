package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.platform.NewMachine;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.SecretSteps;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.secret.SecretSource;
import com.hotdash.ops.testkit.fly.FlyHealth;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyImage;
import com.hotdash.ops.testkit.fly.FlyMachine;
import com.hotdash.ops.testkit.fly.FlyQuirk;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of step on the simulated Fly: made once, seen, and told as it is. */
class FlyControlTest {
  private static final String ONE = SimulatedFly.MACHINES + "/[^/]+";
  private static final Secret VALUE = Secret.of("planted-canary-value-17");
  private static final SecretSource SOURCE =
      name -> name.equals("NEW_SESSION") ? Optional.of(VALUE) : Optional.empty();

  private static com.hotdash.ops.platform.Machine read(SimulatedFly world, FlyMachine machine) {
    try (var look = look(world)) {
      return look.machines().toOptional().orElseThrow().all().stream()
          .filter(one -> one.id().equals(machine.id()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static PlatformLook look(SimulatedFly world) {
    return world.app.platform().look(world.time.time().deadline(Duration.ofSeconds(30)));
  }

  private static StepOutcome make(SimulatedFly world, Step step) {
    try (var control = world.app.platform().control(SOURCE)) {
      return control.make(step, world.time.time().deadline(Duration.ofMinutes(5)));
    }
  }

  private static TargetState observe(SimulatedFly world, Step step) {
    try (var control = world.app.platform().control(SOURCE)) {
      return control
          .observe(step.target(), world.time.time().deadline(Duration.ofSeconds(30)))
          .toOptional()
          .orElseThrow();
    }
  }

  private static Step toBad(SimulatedFly world, FlyMachine machine) {
    return MachineSteps.image(
        read(world, machine), new Image(world.bad.reference(), world.bad.digest()));
  }

  enum Kind {
    IMAGE,
    GUEST,
    RESTART,
    CORDON,
    ROLL_OUT,
    DESTROY,
    CREATE,
    SET;

    Step step(SimulatedFly world, FlyMachine machine) {
      var now = read(world, machine);
      return switch (this) {
        case IMAGE -> toBad(world, machine);
        case GUEST ->
            MachineSteps.guest(now, new com.hotdash.ops.platform.Guest("shared", 2, 4096));
        case RESTART -> MachineSteps.restart(now, true);
        case CORDON -> MachineSteps.cordon(now, true);
        case ROLL_OUT -> MachineSteps.rollOut(now);
        case DESTROY -> MachineSteps.destroy(now, true);
        case CREATE -> new NewMachine(now.id(), now.version(), "ord", "mark17").step();
        case SET -> SecretSteps.set(Map.of("SESSION_SECRET", "NEW_SESSION"), List.of(), Map.of());
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void make_anyKind_isDoneAndReached(Kind kind) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(2, world.good).get(0);
      var step = kind.step(world, machine);
      assertThat(observe(world, step).matches(step.assumes())).as(step.toString()).isTrue();

      var outcome = make(world, step);

      assertThat(outcome.status()).as(outcome.toString()).isEqualTo(Status.DONE);
      world.time.advance(Duration.ofSeconds(10));
      var now = observe(world, step);
      assertThat(step.reachedBy(now)).as("%s: %s", step.after(), now).isTrue();
      var left = new java.util.HashMap<>(outcome.left());
      // Told to later steps alone: Fly does not show it again.
      assertThat(left.remove(SecretSteps.STORED) != null).isEqualTo(kind == Kind.SET);
      assertThat(left.isEmpty() || now.matches(left)).as("%s: %s", outcome.left(), now).isTrue();
      assertThat(make(world, step).status()).as("made again").isEqualTo(Status.MOVED);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void make_answerLostAfterItWasMade_isNotMadeTwice(Kind kind) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(2, world.good).get(0);
      var step = kind.step(world, machine);
      for (var method : List.of("POST", "DELETE")) {
        for (var path :
            List.of(ONE, ONE + "/(restart|cordon|stop)", SimulatedFly.MACHINES, ".*/secrets")) {
          world.fly.site(FlyHost.MACHINES).fault(method, path, 1, WebFault.closeAfter());
        }
      }

      var outcome = make(world, step);
      world.time.advance(Duration.ofSeconds(10));

      var now = observe(world, step);
      assertThat(outcome.status() == Status.DONE || outcome.status() == Status.UNCERTAIN)
          .as(outcome.toString())
          .isTrue();
      assertThat(step.reachedBy(now)).as("%s: %s", outcome, now).isTrue();
      for (var once : List.of("machine.update", "machine.restart", "machine.create")) {
        assertThat(world.fly.count(once)).as(once).isLessThan(2);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void byHand_anyKind_isACommandWithoutValues(Kind kind) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(2, world.good).get(0);

      var command = world.app.platform().byHand(kind.step(world, machine));

      assertThat(command).startsWith("fly ").contains("-a " + SimulatedFly.APP);
      assertThat(command).doesNotContain(VALUE.reveal()).doesNotContain("fly deploy");
      assertThat(command).doesNotContain("scale vm").doesNotContain("secrets set ");
    }
  }

  @Test
  void make_undoOfEachKind_takesItBack() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(2, world.good).get(0);
      for (var kind : List.of(Kind.IMAGE, Kind.GUEST, Kind.CORDON, Kind.CREATE)) {
        var step = kind.step(world, machine);
        var outcome = make(world, step);
        var undo = Objects.requireNonNull(step.undo());
        var asLeft =
            new Step(undo.kind(), undo.target(), outcome.left(), undo.before(), undo.after(), null);
        world.time.advance(Duration.ofSeconds(5));

        var undone = make(world, asLeft);

        assertThat(undone.status()).as(kind + ": " + undone).isEqualTo(Status.DONE);
        world.time.advance(Duration.ofSeconds(5));
        assertThat(asLeft.reachedBy(observe(world, asLeft))).as(kind.name()).isTrue();
      }
      assertThat(machine.image()).contains(world.good);
      assertThat(world.theirs.machines()).hasSize(2);
    }
  }

  @Test
  void make_putBack_restoresTheWholeConfigThatWas() {
    try (var world = new SimulatedFly()) {
      world.fly.set(FlyQuirk.AUTOSTOP_IN_WORDS, true);
      var machine = world.machines(1, world.good).get(0);
      var before = machine.configJson();
      var version = machine.version();
      make(world, toBad(world, machine));
      world.app.scaleMemory(4096);
      var earlier =
          look(world).versions(machine.id()).toOptional().orElseThrow().stream()
              .filter(one -> one.version().equals(version))
              .findFirst()
              .orElseThrow();
      assertThat(earlier.image().digest()).isEqualTo(world.good.digest());
      var step = MachineSteps.putBack(read(world, machine), earlier);
      assertThat(step.reachedBy(observe(world, step))).isFalse();

      var outcome = make(world, step);

      assertThat(outcome.status()).as(outcome.toString()).isEqualTo(Status.DONE);
      assertThat(machine.configJson()).isEqualTo(before);
      assertThat(step.reachedBy(observe(world, step))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"10, DONE", "25, DONE", "120, FAILED"})
  void make_foreignLease_isWaitedForHalfAMinute(int seconds, Status expected) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      var step = toBad(world, machine);
      machine.leaseTo("bob@example.com", Duration.ofSeconds(seconds), "a deploy");
      var begun = world.time.now();

      var outcome = make(world, step);

      assertThat(outcome.status()).as(outcome.toString()).isEqualTo(expected);
      if (expected == Status.FAILED) {
        assertThat(outcome.detail()).contains("bob@example.com", "2026-11-23T03:02");
        assertThat(Duration.between(begun, world.time.now())).isLessThan(Duration.ofSeconds(35));
        assertThat(world.fly.count("machine.update")).isZero();
        machine.endLease();
      }
    }
  }

  @Test
  void make_putBackByThePlatform_isFailedAndNotTouchedAgain() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      var step = toBad(world, machine);
      world.fly.add(world.bad.unpullable());

      var outcome = make(world, step);

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.detail()).contains("put back by the platform");
      assertThat(world.fly.count("machine.update")).isEqualTo(1);
      assertThat(machine.image()).contains(world.good);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void make_newVersionIsSick_goesBackOnlyIfItWasWell(boolean wasWell) {
    try (var world = new SimulatedFly()) {
      if (!wasWell) {
        world.fly.add(world.good.unhealthy());
      }
      var machine = world.machines(1, world.good).get(0);
      var step = toBad(world, machine);
      world.fly.add(world.bad.crashing(new FlyImage.Crash(Duration.ofSeconds(4), 1, false)));

      var outcome = make(world, step);

      assertThat(outcome.status()).as(outcome.toString()).isEqualTo(Status.FAILED);
      assertThat(machine.image().orElseThrow().digest())
          .isEqualTo(wasWell ? world.good.digest() : world.bad.digest());
      assertThat(outcome.detail().contains("it was put back as it was")).isEqualTo(wasWell);
      assertThat(world.fly.count("machine.update")).isEqualTo(wasWell ? 2 : 1);
    }
  }

  /** The slowest check is the one that knows: until it has spoken, nothing is well. */
  @ParameterizedTest
  @CsvSource({"true, DONE", "false, FAILED"})
  void make_oneCheckIsSilentForAWhile_isWaitedForAndDecides(boolean passes, Status expected) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      var step = toBad(world, machine);
      var slow = "/api/monitoring/health";
      world.fly.silentCheck(slow, Duration.ofSeconds(75));
      world.fly.health(
          (one, path) ->
              path.equals(slow) && !passes && one.image().equals(Optional.of(world.bad))
                  ? new FlyHealth.Probe(503, "no database")
                  : new FlyHealth.Probe(200, "ok"));
      var begun = world.time.now();

      var outcome = make(world, step);

      assertThat(outcome.status()).as(outcome.toString()).isEqualTo(expected);
      assertThat(Duration.between(begun, world.time.now())).isGreaterThan(Duration.ofSeconds(75));
      assertThat(machine.image().orElseThrow().digest())
          .isEqualTo(passes ? world.bad.digest() : world.good.digest());
    }
  }

  @Test
  void make_worseWithTheSameConfiguration_putsNothingBack() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      var step = Kind.ROLL_OUT.step(world, machine);
      world.fly.add(world.good.crashing(new FlyImage.Crash(Duration.ofSeconds(4), 1, false)));

      var outcome = make(world, step);

      assertThat(outcome.status()).as(outcome.toString()).isEqualTo(Status.FAILED);
      assertThat(outcome.detail()).contains("none can be put back");
      assertThat(world.fly.count("machine.update")).isEqualTo(1);
    }
  }

  @Test
  void make_autostoppedMachine_staysStoppedThroughImageSizeAndSecrets() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(2, world.good).get(0);
      machine.autostop();
      world.time.advance(Duration.ofSeconds(5));
      for (var kind : List.of(Kind.IMAGE, Kind.GUEST, Kind.ROLL_OUT)) {
        var outcome = make(world, kind.step(world, machine));

        assertThat(outcome.status()).as(kind + ": " + outcome).isEqualTo(Status.DONE);
        assertThat(outcome.detail()).contains("still not running");
        assertThat(machine.state()).isEqualTo("stopped");
      }
    }
  }

  @Test
  void make_configFieldThatNobodyKnows_survivesImageSizeAndSecrets() {
    try (var world = new SimulatedFly()) {
      var config =
          world.machines(1, world.good).get(0).configJson().replaceFirst("\\{", "{\"new\":[1.5],");
      var machine = world.theirs.machine("ord", config);
      for (var kind : List.of(Kind.IMAGE, Kind.GUEST, Kind.ROLL_OUT)) {
        assertThat(make(world, kind.step(world, machine)).status()).isEqualTo(Status.DONE);
      }

      assertThat(machine.configJson().replaceAll("\\s", "")).contains("\"new\":[1.5]");
    }
  }

  @Test
  void make_secretsThenRollOut_waitsForTheVersionThatWasStored() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      world.fly.secretsLag(Duration.ofSeconds(20));
      try (var control = world.app.platform().control(SOURCE)) {
        var deadline = world.time.time().deadline(Duration.ofMinutes(5));
        var set = Kind.SET.step(world, machine);

        assertThat(control.make(set, deadline).status()).isEqualTo(Status.DONE);
        var rolled = control.make(MachineSteps.rollOut(read(world, machine)), deadline);

        assertThat(rolled.status()).as(rolled.toString()).isEqualTo(Status.DONE);
        assertThat(machine.secrets()).containsEntry("SESSION_SECRET", digest(world));
        assertThat(world.fly.count("machine.update")).isEqualTo(1);
      }
    }
  }

  private static String digest(SimulatedFly world) {
    return Objects.requireNonNull(world.theirs.secretDigests().get("SESSION_SECRET"));
  }

  @Test
  void make_secretWithoutAValue_sendsNothing() {
    try (var world = new SimulatedFly()) {
      var set = SecretSteps.set(Map.of("A", "NOT_THERE"), List.of(), Map.of());

      var outcome = make(world, set);

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.detail()).contains("nothing was sent", "NOT_THERE");
      assertThat(world.fly.changes()).isEmpty();
    }
  }

  @Test
  void make_serviceQuotesTheSecret_isNotRepeated() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      world
          .fly
          .site(FlyHost.MACHINES)
          .fault(
              "POST",
              ".*/secrets",
              1,
              WebFault.instead(
                  Answer.text(422, "text/plain", "bad value " + VALUE.reveal() + " given")));

      var outcome = make(world, Kind.SET.step(world, machine));

      assertThat(outcome.status()).isEqualTo(Status.FAILED);
      assertThat(outcome.toString()).contains("422").doesNotContain(VALUE.reveal());
    }
  }

  @Test
  void make_goneOrForeignTarget_isMovedOrRefused() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(2, world.good).get(0);
      var step = toBad(world, machine);
      make(world, MachineSteps.destroy(read(world, machine), true));
      world.time.advance(Duration.ofSeconds(20));

      assertThat(observe(world, step)).isEqualTo(TargetState.GONE);
      assertThat(make(world, step).status()).isEqualTo(Status.MOVED);
      var foreign =
          new Step(
              step.kind(),
              new com.hotdash.ops.resolution.Target("database.session", "17", "17"),
              Map.of(),
              Map.of(),
              Map.of(),
              null);
      assertThat(make(world, foreign).detail()).contains("nothing was sent");
    }
  }
}
