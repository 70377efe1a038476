package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.platform.Guest;
import com.hotdash.ops.platform.Image;
import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.platform.NewMachine;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyImage;
import com.hotdash.ops.testkit.fly.FlyMachine;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A step that was made, and whose answer nobody has: what it says when somebody looks again. */
class LostStepTest {
  private final SimulatedFly world = new SimulatedFly();
  private final FlyMachine machine = world.machines(2, world.good).get(0);
  private final Control control = world.app.platform().control();

  @AfterEach
  void close() {
    control.close();
    world.close();
  }

  enum Kind {
    IMAGE,
    GUEST,
    ROLL_OUT,
    RESTART,
    CREATE,
    CORDON;

    Step step(LostStepTest test) {
      var now = test.read();
      return switch (this) {
        case IMAGE -> test.image();
        case GUEST -> MachineSteps.guest(now, new Guest("shared", 2, 4096));
        case ROLL_OUT -> MachineSteps.rollOut(now);
        case RESTART -> MachineSteps.restart(now, true);
        case CREATE -> new NewMachine(now.id(), now.version(), "ord", "mark17").step();
        case CORDON -> MachineSteps.cordon(now, true);
      };
    }
  }

  private Step image() {
    return MachineSteps.image(read(), new Image(world.bad.reference(), world.bad.digest()));
  }

  private com.hotdash.ops.platform.Machine read() {
    try (var look = world.app.platform().look(minutes(1))) {
      return look.machines().toOptional().orElseThrow().all().stream()
          .filter(one -> one.id().equals(machine.id()))
          .findFirst()
          .orElseThrow();
    }
  }

  private Deadline minutes(int count) {
    return world.time.time().deadline(Duration.ofMinutes(count));
  }

  private TargetState observed(Step step) {
    return control.observe(step.target(), minutes(1)).toOptional().orElseThrow();
  }

  private Optional<StepOutcome> settle(Step step, TargetState before) {
    return control.settle(step, before, observed(step), minutes(5));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void settle_madeAndWell_isDone(Kind kind) {
    var step = kind.step(this);
    var before = observed(step);
    assertThat(settle(step, before)).as("before it was made").isEmpty();
    control.make(step, minutes(5));

    var outcome = settle(step, before).orElseThrow();

    assertThat(outcome.status()).as(outcome.toString()).isEqualTo(Status.DONE);
    assertThat(world.fly.count("machine.update")).isLessThan(2);
  }

  @ParameterizedTest
  @CsvSource({
    "IMAGE, true, 2",
    "IMAGE, false, 1",
    "GUEST, true, 2",
    "ROLL_OUT, true, 1",
    "RESTART, true, 0",
    "CREATE, true, 0"
  })
  void settle_madeAndCrashes_isFailedAndGoesBackByTheRules(Kind kind, boolean known, int updates) {
    var step = kind.step(this);
    var before = observed(step);
    control.make(step, minutes(5));
    var sick = kind == Kind.IMAGE ? world.bad : world.good;
    world.fly.add(sick.crashing(new FlyImage.Crash(Duration.ofSeconds(4), 1, false)));
    var ours = kind == Kind.CREATE ? world.theirs.machines().get(2) : machine;
    ours.exit(1, false);

    var outcome = settle(step, known ? before : TargetState.GONE).orElseThrow();

    assertThat(outcome.status()).as(outcome.toString()).isEqualTo(Status.FAILED);
    assertThat(world.fly.count("machine.update")).isEqualTo(updates);
    assertThat(outcome.detail().contains("put back as it was")).isEqualTo(updates == 2);
    assertThat(world.fly.count("machine.restart")).isEqualTo(kind == Kind.RESTART ? 1 : 0);
  }

  @Test
  void settle_madeAndAutostoppedSince_isDone() {
    var step = image();
    var before = observed(step);
    control.make(step, minutes(5));
    machine.autostop();
    world.time.advance(Duration.ofSeconds(5));

    var outcome = settle(step, before).orElseThrow();

    assertThat(outcome.status()).as(outcome.toString()).isEqualTo(Status.DONE);
    assertThat(outcome.detail()).contains("stopped since");
    assertThat(machine.state()).isEqualTo("stopped");
  }

  @Test
  void settle_sleptBefore_isDoneAndSleeps() {
    machine.autostop();
    world.time.advance(Duration.ofSeconds(5));
    var step = image();
    var before = observed(step);
    control.make(step, minutes(5));

    assertThat(settle(step, before).orElseThrow().status()).isEqualTo(Status.DONE);
    assertThat(machine.state()).isEqualTo("stopped");
  }

  @Test
  void settle_somebodyChangedItSince_isMovedAndLeftAlone() {
    var step = image();
    var before = observed(step);
    control.make(step, minutes(5));
    world.app.deployImage(world.good.reference());
    long updates = world.fly.count("machine.update");

    assertThat(settle(step, before).orElseThrow().status()).isEqualTo(Status.MOVED);
    assertThat(world.fly.count("machine.update")).isEqualTo(updates);
  }

  @Test
  void settle_cannotBeSeen_staysUncertain() {
    var step = image();
    var before = observed(step);
    control.make(step, minutes(5));
    var now = observed(step);
    world.fly.site(FlyHost.MACHINES).fault("GET", ".*", 100, WebFault.instead(Answer.empty(500)));

    var outcome = control.settle(step, before, now, minutes(5)).orElseThrow();

    assertThat(outcome.status()).isEqualTo(Status.UNCERTAIN);
  }

  @Test
  void settle_putBackByThePlatform_isFoundAmongTheVersions() {
    var step = image();
    var before = observed(step);
    world.fly.add(world.bad.unpullable());
    control.make(step, minutes(5));
    world.time.advance(Duration.ofMinutes(1));
    assertThat(observed(step).matches(step.assumes())).isTrue();

    var outcome = settle(step, before).orElseThrow();

    assertThat(outcome.status()).isEqualTo(Status.FAILED);
    assertThat(outcome.detail()).contains("put back by the platform");
    assertThat(world.fly.count("machine.update")).isEqualTo(1);
  }
}
