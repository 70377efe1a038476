package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.procedure.HighErrorRateFinding.ErrorRate;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The second incident from end to end: over HTTP, on machines that answer as their image does. */
class HighErrorRateOnFlyTest {
  private static final Behaviour BAD = Behaviour.healthy().failing(FlyEstate.ROUTE, 0.4);

  @Test
  void rollBack_afterBadRelease_isRecommendedAppliedAndCures() {
    try (var world = new FlyEstate().badRelease(BAD, Duration.ofMinutes(6));
        var runbook = world.runbook().build()) {
      var diagnosis = runbook.highErrorRate().diagnose();

      assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.PROBLEM);
      var before = diagnosis.finding(ErrorRate.class).orElseThrow();
      assertThat(before.share()).as(diagnosis.toString()).isBetween(0.1, 0.5);
      assertThat(diagnosis.notChecked()).isEmpty();
      var remedy =
          diagnosis.recommendations().stream()
              .flatMap(each -> Stream.ofNullable(each.remedy()))
              .findFirst()
              .orElseThrow();
      assertThat(remedy.line()).contains("rollBack");
      assertThat(world.estate.fly().changes()).as("changed by looking").isEmpty();

      var plan = runbook.resolution(remedy).plan();
      assertThat(plan.steps()).as(plan.toString()).hasSize(2);
      assertThat(world.estate.fly().changes()).as("changed by planning").isEmpty();
      var execution = plan.apply("v118 fails");

      assertThat(execution.done()).as(execution.toString()).isEqualTo(2);
      assertThat(world.estate.fly().count("machine.update")).isEqualTo(2);
      assertThat(world.estate.flyApp().machines())
          .allSatisfy(
              machine ->
                  assertThat(machine.image().orElseThrow().reference()).endsWith("deployment-117"))
          .noneSatisfy(machine -> assertThat(machine.leased()).isTrue());
      var verification = execution.verify();
      assertThat(verification.result()).as(verification.toString()).isEqualTo(Result.CURED);
      world.pass(Duration.ofMinutes(6));
      var after = runbook.highErrorRate().diagnose().finding(ErrorRate.class).orElseThrow();
      assertThat(after.traffic().last(Duration.ofMinutes(4)).errors()).isZero();
    }
  }
}
