package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.testkit.fly.FlyHost;
import com.hotdash.ops.testkit.fly.FlyMachine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody else does while we wait for their lease counts, and a lease outlasts its calls. */
class LeasedStepsTest {
  private static final String ONE = SimulatedFly.MACHINES + "/[^/]+";

  /** What is asked for, and what the holder of the lease does first. */
  enum Case {
    RESTART_OF_WHAT_WAS_STOPPED,
    RESTART_WITHOUT_ANOTHER,
    RESTART_OF_WHAT_WAS_CHANGED,
    CORDON_OF_WHAT_IS_OUT,
    UNCORDON_OF_WHAT_IS_IN,
    DESTROY_OF_WHAT_WOKE_UP,
    DESTROY_OF_WHAT_WAS_STOPPED,
    DESTROY_WITHOUT_ANOTHER;

    Step step(com.hotdash.ops.platform.Machine machine) {
      return switch (this) {
        case RESTART_OF_WHAT_WAS_STOPPED, RESTART_WITHOUT_ANOTHER, RESTART_OF_WHAT_WAS_CHANGED ->
            MachineSteps.restart(machine, true);
        case CORDON_OF_WHAT_IS_OUT -> MachineSteps.cordon(machine, true);
        case UNCORDON_OF_WHAT_IS_IN -> MachineSteps.cordon(machine, false);
        default -> MachineSteps.destroy(machine, true);
      };
    }

    void before(FlyMachine machine, FlyApp app) {
      if (this == DESTROY_OF_WHAT_WOKE_UP) {
        machine.autostop();
      } else if (this == UNCORDON_OF_WHAT_IS_IN) {
        app.machines().cordon(machine.id());
      }
    }

    void meanwhile(FlyMachine machine, FlyMachine other, FlyApp app) {
      switch (this) {
        case RESTART_OF_WHAT_WAS_STOPPED, DESTROY_OF_WHAT_WAS_STOPPED -> machine.autostop();
        case RESTART_WITHOUT_ANOTHER, DESTROY_WITHOUT_ANOTHER -> other.autostop();
        case DESTROY_OF_WHAT_WOKE_UP -> machine.autostart();
        default -> {
          machine.endLease();
          if (this == RESTART_OF_WHAT_WAS_CHANGED) {
            app.scaleMemory(4096);
          } else if (this == CORDON_OF_WHAT_IS_OUT) {
            app.machines().cordon(machine.id());
          } else {
            app.machines().uncordon(machine.id());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  void make_targetMovedWhileTheLeaseWasWaitedFor_asksForNothing(Case what) {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(2, world.good);
      var machine = machines.get(0);
      what.before(machine, world.app);
      world.time.advance(Duration.ofSeconds(5));
      var step = what.step(read(world, machine));
      machine.leaseTo("bob@example.com", Duration.ofSeconds(10), "by hand");
      var meanwhile = new FirstConflict(() -> what.meanwhile(machine, machines.get(1), world.app));
      var site = world.fly.site(FlyHost.MACHINES);
      long before = asked(world);

      var outcome = make(world, step, meanwhile::send);

      assertThat(meanwhile.happened).isTrue();
      assertThat(outcome.status()).as(outcome.toString()).isEqualTo(Status.MOVED);
      // Bob's own call, where he made one.
      long bobs = what.name().contains("CORDON") ? 1 : 0;
      assertThat(asked(world) - before).as(site.requests().toString()).isEqualTo(bobs);
      assertThat(world.theirs.machines()).hasSize(2);
    }
  }

  /** How often it was asked to restart, stop, take out, put in or do away with a machine. */
  private static long asked(SimulatedFly world) {
    var site = world.fly.site(FlyHost.MACHINES);
    return site.count("POST", ONE + "/(restart|stop|cordon|uncordon)") + site.count("DELETE", ONE);
  }

  private static com.hotdash.ops.platform.Machine read(SimulatedFly world, FlyMachine machine) {
    var deadline = world.time.time().deadline(Duration.ofSeconds(30));
    try (var look = world.app.platform().look(deadline)) {
      return look.machines().toOptional().orElseThrow().all().stream()
          .filter(one -> one.id().equals(machine.id()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static StepOutcome make(SimulatedFly world, Step step, Interceptor network) {
    var transport = new OkHttpClient.Builder().addInterceptor(network).build();
    try (var client = world.builder(world.time.time()).transport(transport).build();
        var control = client.app(SimulatedFly.APP).platform().control()) {
      return control.make(step, world.time.time().deadline(Duration.ofMinutes(5)));
    }
  }

  /** Does something once, when somebody else's lease is met. */
  private static final class FirstConflict {
    private final Runnable act;
    private boolean happened;

    FirstConflict(Runnable act) {
      this.act = act;
    }

    Response send(Interceptor.Chain chain) throws IOException {
      var answer = chain.proceed(chain.request());
      if (answer.code() == 409 && !happened) {
        happened = true;
        act.run();
      }
      return answer;
    }
  }

  /** Writes that arrive as late as their own limit allows still find the lease in force. */
  @ParameterizedTest
  @CsvSource({"image, 29", "restart, 59", "destroy, 29"})
  void make_writeThatTakesAllItsTime_isCoveredByTheLease(String kind, int seconds) {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(2, world.good).get(0);
      var now = read(world, machine);
      var step =
          switch (kind) {
            case "image" ->
                MachineSteps.image(
                    now,
                    new com.hotdash.ops.platform.Image(world.bad.reference(), world.bad.digest()));
            case "restart" -> MachineSteps.restart(now, true);
            default -> MachineSteps.destroy(now, true);
          };
      var leased = new ArrayList<Boolean>();

      var outcome =
          make(
              world,
              step,
              chain -> {
                var path = chain.request().url().encodedPath();
                if (chain.request().method().equals("POST")
                    && path.matches(ONE + "(/(restart|stop))?")) {
                  world.time.advance(Duration.ofSeconds(seconds));
                  leased.add(machine.leased());
                }
                return chain.proceed(chain.request());
              });

      assertThat(leased).containsExactly(true);
      assertThat(outcome.status()).as(outcome.toString()).isEqualTo(Status.DONE);
    }
  }

  /** A machine that woke up, or was given something else, is looked at before it is stopped. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void scaleCount_chosenMachineMovedMeanwhile_isNeitherStoppedNorDestroyed(boolean wakes) {
    try (var world = new SimulatedFly()) {
      var machines = world.machines(3, world.good);
      var spare = Objects.requireNonNull(machines.get(0));
      spare.autostop();
      world.time.advance(Duration.ofSeconds(5));
      var moved = new boolean[1];
      var transport =
          new OkHttpClient.Builder()
              .addInterceptor(
                  chain -> {
                    var path = chain.request().url().encodedPath();
                    if (path.endsWith("/lease") && !moved[0]) {
                      moved[0] = true;
                      if (wakes) {
                        spare.autostart();
                        world.time.advance(Duration.ofSeconds(3));
                      } else {
                        world.app.scaleMemory(4096);
                      }
                    }
                    return chain.proceed(chain.request());
                  })
              .build();
      try (var client = world.builder(world.time.time()).transport(transport).build()) {
        var thrown =
            org.assertj.core.api.Assertions.catchThrowable(
                () -> client.app(SimulatedFly.APP).scaleCount(2));

        assertThat(thrown).isInstanceOf(FlyPreconditionException.class);
      }
      assertThat(asked(world)).isZero();
      assertThat(world.theirs.machines()).hasSize(3);
    }
  }

  @Test
  void stop_sentAndNotSeen_isNoFailureButUnknown() {
    try (var world = new SimulatedFly()) {
      var machine = world.machines(1, world.good).get(0);
      var site = world.fly.site(FlyHost.MACHINES);
      var unheard =
          List.of(
              com.hotdash.ops.testkit.web.Answer.text(503, "text/plain", "no"),
              com.hotdash.ops.testkit.web.Answer.json(200, Map.of("ok", true)));
      for (var answer : unheard) {
        site.fault("POST", ONE + "/stop", 4, com.hotdash.ops.testkit.web.WebFault.instead(answer));

        var thrown =
            org.assertj.core.api.Assertions.catchThrowableOfType(
                FlyException.class, () -> world.app.machines().stop(machine.id()));

        site.clearFaults();
        assertThat(thrown.outcomeUnknown()).as(thrown.toString()).isTrue();
        assertThat(thrown.nextStep()).isPresent();
      }
    }
  }
}
