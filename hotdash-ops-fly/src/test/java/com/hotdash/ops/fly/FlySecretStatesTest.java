package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.fly.FlyLeaseTest.Death;
import com.hotdash.ops.fly.FlyLeaseTest.DyingJournal;
import com.hotdash.ops.platform.SecretChange;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread.State;
import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far secrets have come, and one roll-out for all of them, also over a crash. */
class FlySecretStatesTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MemoryJournal journal = new MemoryJournal();

  private static RunbookProcedures ops(SimulatedFly world, Journal into) {
    return RunbookProcedures.builder()
        .time(world.time.time())
        .operator("sam")
        .journal(into)
        .secretSource(name -> Optional.of(Secret.of("planted-value-of-" + name)))
        .platform(world.app.platform())
        .build();
  }

  private static SecretDigest only(SimulatedFly world) {
    return world.app.secrets().states().get(0);
  }

  @Test
  void states_throughStagingAndRollOut_areToldMachineByMachine() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(2, world.good);
      world.time.advance(MINUTE);
      world.app.secrets().stage(Map.of("KEY", Secret.of("k-1")));
      world.time.advance(MINUTE);
      assertThat(only(world).spread().state()).isEqualTo(State.STAGED);
      assertThat(only(world).spread().behind())
          .containsExactlyInAnyOrder(machines.get(0).id(), machines.get(1).id());
      try (var ops = ops(world, journal)) {
        assertThat(ops.platform().deploySecrets().plan().proposal().notPromised().toString())
            .contains("Machines take KEY, too: STAGED", machines.get(0).id());
      }

      world.app.putBack(machines.get(0).id(), machines.get(0).version());
      world.app.machines().stop(machines.get(1).id());
      world.time.advance(MINUTE);
      // Nothing had to be done on the first: its version is as old as it was.
      assertThat(only(world).spread().state()).isEqualTo(State.STAGED);

      assertThat(world.app.secrets().deploy().complete()).isTrue();
      assertThat(only(world).spread().state()).isEqualTo(State.DEPLOYED);
      assertThat(only(world)).hasToString("KEY DEPLOYED, stored at 2026-11-23T03:01:00Z");
    }
  }

  @Test
  void states_someMachinesOnly_arePartialAndThoseMerelyRestartedUnknown() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(3, world.good);
      world.time.advance(MINUTE);
      world.app.secrets().stage(Map.of("KEY", Secret.of("k-1")));
      world.time.advance(MINUTE);
      var updated = world.app.machines().get(machines.get(0).id());
      new MachineUpdater(calls(world)).update(updated, Wanted.secrets(null));
      world.app.restart(machines.get(1).id());
      world.time.advance(MINUTE);

      var spread = only(world).spread();

      assertThat(spread.state()).isEqualTo(State.PARTIAL);
      assertThat(spread.behind()).containsExactly(machines.get(2).id());
      assertThat(spread.unsure()).containsExactly(machines.get(1).id());
    }
  }

  private static AppCalls calls(SimulatedFly world) {
    var builder = world.builder(world.time.time());
    var token =
        FlyToken.parse(
            world
                .fly
                .token(com.hotdash.ops.testkit.fly.FlyToken.Kind.DEPLOY, SimulatedFly.APP)
                .secret());
    return new AppCalls(
        new FlyApi(builder, token, token),
        SimulatedFly.APP,
        null,
        "alice",
        FlyUpdateLimits.DEFAULT,
        new SharedReads(world.time.time()));
  }

  @Test
  void secrets_machinesUnreadable_areNamedWithUnknownSpread() {
    try (var world = new SimulatedFly()) {
      world.theirs.secrets(Map.of("KEY", "k"));
      world.machines(1, world.good);
      world
          .fly
          .site(FlyHost.MACHINES)
          .fault("GET", SimulatedFly.MACHINES, 9, WebFault.instead(Answer.empty(500)));
      try (var look =
          world.app.platform().look(world.time.time().deadline(Duration.ofSeconds(30)))) {
        var read = (Reading.Read<List<SecretDigest>>) look.secrets();

        assertThat(read.value()).extracting(SecretDigest::name).containsExactly("KEY");
        assertThat(read.value().get(0).spread().state()).isEqualTo(State.UNKNOWN);
        assertThat(read.evidence().coverage()).contains("was not read");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "01JD4V7Q0ZB2W3K9T5M8X6Y1AC, 2024-11-20",
    "00000000000000000000000000, 1970-01-01",
    "81JD4V7Q0ZB2W3K9T5M8X6Y1AC, ",
    "01JD4V7Q0ZB2W3K9T5M8X6Y1AI, ",
    "1, "
  })
  void ulid_time_isReadOrNone(String text, String day) {
    assertThat(Ulids.time(text).map(time -> time.toString().substring(0, 10)))
        .isEqualTo(Optional.ofNullable(day));
  }

  @Test
  void changeSecrets_two_areOneVersionAndOneRollOut() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(3, world.good);
      world.fly.secretsLag(MINUTE);
      int releases = world.theirs.releases().size();
      try (var ops = ops(world, journal)) {
        var two = SecretChange.set(Map.of("KEY", "NEW_KEY", "SECRET", "NEW_SECRET"));

        var execution = ops.platform().changeSecrets(two).plan().apply("rotation");

        assertThat(execution.done()).as(execution.toString()).isEqualTo(4);
      }
      assertThat(world.fly.count("secrets.set")).isEqualTo(1);
      assertThat(world.fly.count("machine.update")).isEqualTo(3);
      assertThat(world.fly.count("machine.restart") + world.fly.count("machine.start")).isZero();
      assertThat(world.theirs.releases()).hasSize(releases);
      assertThat(machines)
          .allSatisfy(one -> assertThat(one.secrets()).isEqualTo(world.theirs.secretDigests()));
      assertThat(journal.entries().toString()).doesNotContain("planted-value");
    }
  }

  /** Lines: started, intended, made, intended, made, … ended. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void resume_afterStoringWasJournalled_machinesWaitForThatVersion(int line) {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(2, world.good);
      world.fly.secretsLag(MINUTE);
      die(world, line, true);

      try (var ops = ops(world, journal)) {
        ops.pending().forEach(each -> ops.resume(each.id(), "go on"));
        assertThat(ops.pending()).isEmpty();
      }

      assertThat(world.fly.count("secrets.set")).isEqualTo(1);
      assertThat(world.fly.count("machine.update")).isEqualTo(2);
      assertThat(machines)
          .allSatisfy(one -> assertThat(one.secrets()).isEqualTo(world.theirs.secretDigests()));
    }
  }

  @Test
  void resume_answerToStoringWasLost_isNotStoredTwiceAndSaysWhatIsNotKnown() {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good);
      die(world, 2, false);

      try (var ops = ops(world, journal)) {
        var execution = ops.resume(ops.pending().get(0).id(), "go on");

        assertThat(execution.done()).isEqualTo(2);
        assertThat(execution.toString().replaceAll("\\s+", " "))
            .contains("the version to wait for was lost", "ops.platform().deploySecrets()");
      }
      assertThat(world.fly.count("secrets.set")).isEqualTo(1);
      assertThat(world.fly.count("machine.update")).isEqualTo(1);
    }
  }

  private void die(SimulatedFly world, int line, boolean written) {
    try (var ops = ops(world, new DyingJournal(journal, line, written))) {
      var plan = ops.platform().changeSecrets(SecretChange.set(Map.of("KEY", "NEW"))).plan();
      assertThatThrownBy(() -> plan.apply("rotation")).isInstanceOf(Death.class);
    }
  }

  @Test
  void scale_putBackByThePlatform_isFailedAndHoldsTheRest() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(2, world.good);
      try (var ops = ops(world, journal)) {
        var plan = ops.platform().scaleMemory(4096).plan();
        world.fly.add(world.good.unpullable());

        var execution = plan.apply("slow");

        assertThat(execution.done()).as(execution.toString()).isZero();
        assertThat(execution.toString().replaceAll("\\s+", " "))
            .contains("put back by the platform");
      }
      assertThat(world.fly.count("machine.update")).isEqualTo(1);
      assertThat(machines)
          .allSatisfy(one -> assertThat(one.configJson()).contains("2048").doesNotContain("4096"));
    }
  }
}
