package com.hotdash.ops.fly;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.procedure.ErrorShares.ErrorRate;
import com.hotdash.ops.resolution.Verification.Result;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.secret.SecretSource;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import java.time.Duration;
import java.util.Optional;
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
      var change = diagnosis.changes().get(0);
      assertThat(change.kind()).isEqualTo(NearbyChange.Kind.RELEASE);
      assertThat(change.fit()).isEqualTo(NearbyChange.Fit.STRONG);
      assertThat(change.what()).contains("v118");
      assertThat(diagnosis.toString()).contains("What changed").contains("release v118 of");
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

  @Test
  void setSecret_afterARotationThatBreaks_isAdvisedAppliedAndCures() {
    try (var world = new FlyEstate()) {
      world.pass(Duration.ofMinutes(10));
      world.estate.release(Behaviour.healthy());
      world.pass(Duration.ofMinutes(20));
      world.estate.needs("SHOPIFY_API_SECRET", BAD);
      world.estate.rotate("SHOPIFY_API_SECRET", "one that the other side does not know");
      world.pass(Duration.ofMinutes(6));
      SecretSource kept =
          place ->
              place.equals("OLD_SHOPIFY_API_SECRET")
                  ? Optional.of(Secret.of("first value of SHOPIFY_API_SECRET"))
                  : Optional.empty();
      try (var runbook = world.runbook().secretSource(kept).build()) {
        var diagnosis = runbook.highErrorRate().diagnose();

        assertThat(diagnosis.verdict()).as(diagnosis.toString()).isEqualTo(Verdict.PROBLEM);
        var change = diagnosis.changes().get(0);
        assertThat(change.kind()).as(diagnosis.toString()).isEqualTo(NearbyChange.Kind.SECRET);
        assertThat(change.fit()).isEqualTo(NearbyChange.Fit.STRONG);
        assertThat(change.what()).contains("SHOPIFY_API_SECRET");
        assertThat(diagnosis.changes())
            .as("the release that brought the secret is no second change")
            .extracting(NearbyChange::kind)
            .containsExactly(NearbyChange.Kind.SECRET, NearbyChange.Kind.RELEASE);
        assertThat(diagnosis.contraindications())
            .extracting(Contraindication::id)
            .containsExactly("platform.roll-back");
        var line = "ops.platform().setSecret(\"SHOPIFY_API_SECRET\", \"OLD_SHOPIFY_API_SECRET\")";
        assertThat(diagnosis.next()).contains(line + ".plan()");

        var cure =
            runbook.platform().setSecret("SHOPIFY_API_SECRET", "OLD_SHOPIFY_API_SECRET").plan();
        var execution = cure.apply("the rotation broke logins");

        assertThat(execution.verify().result()).isEqualTo(Result.CURED);
        world.pass(Duration.ofMinutes(7));
        var after = runbook.highErrorRate().diagnose();
        assertThat(after.finding(ErrorRate.class).orElseThrow().verdict())
            .as(after.toString())
            .isEqualTo(Verdict.OK);
      }
    }
  }
}
