package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.fly.MachineChange.Outcome;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.WebFault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlySecretsTest {
  private static final String STORE = "/v1/apps/" + SimulatedFly.APP + "/secrets";

  @Test
  void set_two_isOneCallAndOneRollout() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(2, world.good);
      // Hosts learn of secrets late: without the version a machine would boot with the old ones.
      world.fly.secretsLag(Duration.ofMinutes(1));

      var rollout =
          world.app.secrets().set(Map.of("KEY", Secret.of("k-1"), "SECRET", Secret.of("s-1")));

      assertThat(rollout.complete()).as(rollout.toString()).isTrue();
      assertThat(world.fly.count("secrets.set")).isEqualTo(1);
      assertThat(world.fly.count("machine.update")).isEqualTo(2);
      assertThat(world.fly.count("machine.restart")).isZero();
      assertThat(machines)
          .allSatisfy(
              one -> assertThat(one.secrets()).isEqualTo(world.theirs.secretDigests()).hasSize(2));
    }
  }

  @Test
  void stage_thenDeploy_rollsOutOnce() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);

      world.app.secrets().stage(Map.of("KEY", Secret.of("k-1")));

      assertThat(world.fly.count("machine.update")).isZero();
      assertThat(machine.secrets()).isEmpty();
      assertThat(world.app.secrets().names()).extracting(SecretName::name).containsExactly("KEY");

      assertThat(world.app.secrets().deploy().with(Outcome.CHANGED)).hasSize(1);
      assertThat(machine.secrets()).containsOnlyKeys("KEY");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deploy", "deploy a version", "through the engine"})
  void stage_hostsLearnOfItLate_noMachineBootsWithTheFormerValues(String how) {
    try (var world = new SimulatedFly()) {
      world.theirs.secrets(Map.of("KEY", "former"));
      var machine = world.machines(2, world.good).get(0);
      world.fly.secretsLag(Duration.ofMinutes(1));

      long version = world.app.secrets().stage(Map.of("KEY", Secret.of("k-1")));
      switch (how) {
        case "deploy" -> assertThat(world.app.secrets().deploy().complete()).isTrue();
        case "deploy a version" -> {
          try (var other = world.client(world.time.time())) {
            var rolled = other.app(SimulatedFly.APP).secrets().deploy(version);
            assertThat(rolled.complete()).isTrue();
          }
        }
        default -> {
          try (var ops =
              RunbookProcedures.builder()
                  .time(world.time.time())
                  .operator("sam")
                  .platform(world.app.platform())
                  .build()) {
            assertThat(ops.platform().deploySecrets().plan().apply("staged").done()).isEqualTo(2);
          }
        }
      }

      assertThat(machine.secrets()).isEqualTo(world.theirs.secretDigests());
    }
  }

  @Test
  void unset_removesAndRollsOut() {
    try (var world = new SimulatedFly()) {
      world.theirs.secrets(Map.of("KEY", "k", "OLD", "o"));
      var machine = world.machines(1, world.good).get(0);

      assertThat(world.app.secrets().unset("OLD").complete()).isTrue();

      assertThat(machine.secrets()).containsOnlyKeys("KEY");
      assertThat(world.app.secrets().missing(List.of("OLD", "KEY", "A", "A")))
          .containsExactly("A", "OLD");
    }
  }

  @Test
  void set_answerLost_isStoredOnceAndSaysThatNobodyKnows() {
    try (var world = new SimulatedFly()) {
      world.machines(1, world.good);
      world.fly.site(FlyHost.MACHINES).fault("POST", STORE, 1, WebFault.closeAfter());

      var thrown = catchThrowable(() -> world.app.secrets().set(Map.of("KEY", Secret.of("k-1"))));

      assertThat(thrown)
          .isInstanceOfSatisfying(
              OpsException.class, told -> assertThat(told.outcomeUnknown()).isTrue());
      assertThat(world.fly.site(FlyHost.MACHINES).count("POST", STORE)).isEqualTo(1);
      assertThat(world.fly.count("machine.update")).isZero();
    }
  }

  @Test
  void set_refusalThatQuotesTheValue_keepsItOutOfAllText() {
    var planted = "planted-value-with-no-known-shape";
    for (var answer :
        List.of(
            Answer.text(400, "application/json", "{\"error\":\"bad value " + planted + "\"}"),
            Answer.text(500, "text/plain", "boom " + planted),
            Answer.text(200, "text/html", "<html>" + planted + "</html>"))) {
      try (var world = new SimulatedFly()) {
        world.machines(1, world.good);
        world.fly.site(FlyHost.MACHINES).fault("POST", STORE, 9, WebFault.instead(answer));

        var thrown =
            catchThrowable(() -> world.app.secrets().set(Map.of("KEY", Secret.of(planted))));

        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        assertThat(text.toString()).contains("secret.set").doesNotContain(planted);
        assertThat(world.fly.count("machine.update")).isZero();
      }
    }
  }

  @Test
  void set_nameThatIsNone_isRefusedBeforeAnyCall() {
    try (var world = new SimulatedFly()) {
      assertThatThrownBy(() -> world.app.secrets().set(Map.of("A-B", Secret.of("x"))))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> world.app.secrets().stage(Map.of()))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(world.statuses).isEmpty();
    }
  }

  @Test
  void set_foreignLeaseAfterStoring_isToldByTheRollout() {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(2, world.good);
      machines.get(0).leaseTo("bob@example.com", Duration.ofMinutes(5), "a deploy");
      machines.get(1).leaseTo("bob@example.com", Duration.ofMinutes(5), "a deploy");

      var rollout = world.app.secrets().set(Map.of("KEY", Secret.of("k-1")));

      assertThat(rollout.with(Outcome.FAILED)).hasSize(1);
      assertThat(rollout.toString()).contains("bob@example.com");
      assertThat(world.fly.count("secrets.set")).isEqualTo(1);
      machines.forEach(com.hotdash.ops.testkit.fly.FlyMachine::endLease);
    }
  }
}
