package com.hotdash.ops.platform;

import static com.hotdash.ops.platform.MachineState.STARTED;
import static com.hotdash.ops.platform.MachineState.STOPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.platform.Release.Status;
import com.hotdash.ops.resolution.Engine;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.StalePlanException;
import com.hotdash.ops.resolution.Verification.Patience;
import com.hotdash.ops.resolution.Verification.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollBackTest {
  private final SickPlatform sick = new SickPlatform();

  @BeforeEach
  void badRelease() {
    sick.release(61, Status.COMPLETE, "a")
        .release(62, Status.COMPLETE, "b")
        .release(63, Status.COMPLETE, "c")
        .machine("m1", "c", STARTED)
        .machine("m2", "c", STARTED)
        .machine("m3", "c", STOPPED)
        .machine("m4", "b", STARTED);
    sick.errors.put("c", 0.4);
  }

  @Test
  void plan_badRelease_changesEachMachineThatHasItAndNoOther() {
    var plan = plan();

    assertThat(plan.steps())
        .extracting(each -> each.target().id())
        .containsExactly("m1", "m2", "m3");
    assertThat(plan.steps())
        .allSatisfy(
            step -> {
              assertThat(step.after()).containsEntry("image", "registry/app@b");
              assertThat(step.undo()).isNotNull();
            });
    assertThat(plan.proposal().pace().first()).isEqualTo(1);
    assertThat(plan.objections()).isEmpty();
    assertThat(plan.toString()).contains("Migrations", "environment");
  }

  @Test
  void apply_badRelease_isCuredAndCanBeTakenBack() {
    var execution = plan().apply("5xx since v63");

    assertThat(execution.done()).isEqualTo(3);
    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
    assertThat(sick.get("m3").state()).isEqualTo(STOPPED);

    assertThat(execution.undo().apply("b was worse").done()).isEqualTo(3);
    assertThat(sick.get("m1").image().digest()).isEqualTo("c");
  }

  @Test
  void apply_oneMachineFails_stopsAndHolds() {
    sick.broken.add("m2");

    var execution = plan().apply("5xx since v63");

    assertThat(execution.stopped()).isPresent();
    assertThat(sick.changed).containsExactly("m1");
  }

  @Test
  void apply_deployedMeanwhile_isRefusedWithAFreshPlan() {
    var plan = plan();
    sick.release(64, Status.COMPLETE, "d");

    assertThatThrownBy(() -> plan.apply("5xx since v63")).isInstanceOf(StalePlanException.class);
    assertThat(sick.changed).isEmpty();
  }

  @Test
  void verify_thinTraffic_neverSaysCured() {
    sick.requestsPerSecond = 0.01;

    assertThat(plan().apply("5xx since v63").verify().result()).isEqualTo(Result.INCONCLUSIVE);
  }

  @Test
  void verify_oldImageFailsToo_isNotCured() {
    sick.errors.put("b", 0.2);

    assertThat(plan().apply("5xx since v63").verify().result()).isEqualTo(Result.NOT_CURED);
  }

  @Test
  void plan_deployRunning_isObjectedTo() {
    sick.release(64, Status.RUNNING, "d");

    assertThat(plan().objections()).extracting(Objection::name).containsExactly("deploy-running");
    assertThatThrownBy(() -> plan().apply("5xx")).hasMessageContaining("deploy-running");
  }

  @Test
  void plan_imageCannotBeTold_isObjectedTo() {
    sick.available.remove("b");

    assertThat(plan().objections())
        .extracting(Objection::name)
        .containsExactly("image-not-checked");
  }

  @Test
  void plan_nowhereToGo_hasNoStepAndSaysWhy() {
    sick.available.put("a", false);
    sick.available.put("b", false);

    var plan = plan();

    assertThat(plan.steps()).isEmpty();
    assertThat(plan.toString()).contains("nowhere to go", "cannot be fetched");
  }

  @Test
  void plan_hostOutOfReach_leavesItsMachineAndSaysSo() {
    sick.machines.put("m2", sick.machine("m2", SickPlatform.image("c"), STARTED, false));

    var plan = plan();

    assertThat(plan.steps()).extracting(each -> each.target().id()).containsExactly("m1", "m3");
    assertThat(plan.toString()).contains("Out of reach: machine m2");
  }

  @Test
  void plan_allAtOnce_isOneWave() {
    assertThat(plan(RollBackLimits.DEFAULT.withAllAtOnce(true)).proposal().pace().first())
        .isEqualTo(3);
  }

  @Test
  void apply_allAtOnce_changesAllMachinesSideBySide() {
    List.of("m1", "m2").forEach(id -> sick.check(id, MachineCheck.Status.CRITICAL));
    var together = new CyclicBarrier(3);
    sick.meeting = () -> await(together);

    var plan = plan(RollBackLimits.DEFAULT.withAllAtOnce(true));
    var execution = plan.apply("all down since v63");

    assertThat(execution.done()).isEqualTo(3);
    assertThat(sick.changed).containsExactlyInAnyOrder("m1", "m2", "m3");
  }

  @Test
  void apply_allAtOnceOneFails_tellsOfEach() {
    List.of("m1", "m2").forEach(id -> sick.check(id, MachineCheck.Status.CRITICAL));
    sick.broken.add("m2");

    var execution = plan(RollBackLimits.DEFAULT.withAllAtOnce(true)).apply("all down since v63");

    assertThat(execution.results().get(1).done()).isFalse();
    assertThat(sick.get("m2").image().digest()).isEqualTo("c");
  }

  @Test
  void plan_machineIsHealthyOnAnotherImage_staysAsItIs() {
    sick.machine("m9", "older", MachineState.STARTED);
    sick.check("m9", MachineCheck.Status.PASSING);

    assertThat(plan().steps()).noneMatch(step -> step.target().id().equals("m9"));
  }

  @Test
  void plan_noneHealthy_offersAllAtOnceWithTheMinutesOfBothWays() {
    assertThat(plan().toString()).contains("about 3 min").doesNotContain("rollBackAllAtOnce");

    List.of("m1", "m2").forEach(id -> sick.check(id, MachineCheck.Status.CRITICAL));

    assertThat(plan().toString().replaceAll("\\s+", " "))
        .contains(
            "about 3 min", "protects nobody", "all at once: about 1 min", "rollBackAllAtOnce");
  }

  @Test
  void plan_allAtOnceWhileSomeAreHealthy_isObjectedTo() {
    assertThat(plan(RollBackLimits.DEFAULT.withAllAtOnce(true)).objections())
        .extracting(Objection::name)
        .containsExactly("healthy-machines");
  }

  @Test
  void verify_noPatienceConfigured_waitsUntilAWholeWindowIsYoungerThanTheChange() {
    var action = new RollBack(sick);
    var engine = Engine.builder().time(sick.clock.time()).operator("sam").action(action).build();
    var execution =
        engine
            .resolution(RollBack.ID, each -> action.propose(RollBackLimits.DEFAULT, each))
            .plan()
            .apply("5xx since v63");

    assertThat(execution.verify().result()).isEqualTo(Result.CURED);
  }

  /**
   * How long ago v63 came and, where there is one, v64 with the same image; since when requests
   * fail; whether machines fail their checks; and what is said against going back.
   */
  @ParameterizedTest
  @CsvSource({
    "10, , 9, false, ''",
    "10, , 11, false, ''",
    "10, , 25, false, not-since-the-release",
    "10, , 25, true, ''",
    "10, , 60, false, not-since-the-release",
    "30, 10, 25, false, ''",
    "70, , 5, false, not-since-the-release",
    "70, , 60, false, ''",
    "10, , 0, false, ''",
  })
  void plan_requestsOfTheLastHour_speakForItOrAgainst(
      int came, @Nullable Integer again, int since, boolean checksFail, String objection) {
    var now = sick.clock.now();
    sick.releases.clear();
    sick.releases.add(release(62, "b", Duration.ofHours(5)));
    sick.releases.add(release(63, "c", Duration.ofMinutes(came)));
    if (again != null) {
      sick.releases.add(release(64, "c", Duration.ofMinutes(again)));
    }
    if (checksFail) {
      sick.check("m1", MachineCheck.Status.CRITICAL);
      sick.check("m2", MachineCheck.Status.CRITICAL);
    }
    var points = new ArrayList<Traffic.Point>();
    for (int i = 60; i > 0; i--) {
      points.add(
          new Traffic.Point(now.minus(Duration.ofMinutes(i - 1L)), 100, i <= since ? 40 : 0));
    }
    sick.byTheMinute = points;

    var plan = plan();

    assertThat(plan.objections().stream().map(Objection::name))
        .containsExactlyElementsOf(objection.isEmpty() ? List.of() : List.of(objection));
    if (came < 60 && since <= came) {
      assertThat(plan.toString()).contains("With v62, 0.0 % of");
    }
  }

  @Test
  void plan_secretsChangedSinceTheTarget_areNamedAsWhatStays() {
    var now = sick.clock.now();
    sick.releases.clear();
    sick.releases.add(release(62, "b", Duration.ofHours(5)));
    sick.releases.add(release(63, "c", Duration.ofMinutes(10)));
    sick.secrets.putAll(Map.of("SUPABASE_URL", "d1", "SESSION_SECRET", "d2", "SCOPES", "d3"));
    sick.storedAt.put("SUPABASE_URL", now.minus(Duration.ofHours(1)));
    sick.storedAt.put("SESSION_SECRET", now.minus(Duration.ofHours(9)));

    assertThat(plan().proposal().notPromised())
        .contains("Secrets changed since v62 stay, and its code gets them: SUPABASE_URL.");
    sick.unreadable.add("secrets");
    assertThat(plan().proposal().notPromised()).noneMatch(each -> each.startsWith("Secrets ch"));
  }

  private Release release(int version, String digest, Duration ago) {
    return new Release(
        version,
        Release.Status.COMPLETE,
        "complete",
        SickPlatform.image(digest),
        sick.clock.now().minus(ago),
        "alice",
        "Release");
  }

  private static void await(CyclicBarrier together) {
    try {
      together.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("they do not go side by side", e);
    }
  }

  private Plan plan() {
    return plan(RollBackLimits.DEFAULT);
  }

  private Plan plan(RollBackLimits limits) {
    var action = new RollBack(sick);
    return Engine.builder()
        .time(sick.clock.time())
        .operator("sam")
        .patience(
            new Patience(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofSeconds(10)))
        .action(action)
        .build()
        .resolution(RollBack.ID, deadline -> action.propose(limits, deadline))
        .plan();
  }
}
