package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SecretSteps;
import com.hotdash.ops.platform.SickPlatform;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.RefusedException;
import com.hotdash.ops.secret.Secret;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A former value is no new one: it may have leaked, and needs no rehearsal. */
class PutBackTest {
  private static final String NAME = "SESSION_SECRET";

  private final SickPlatform production = world();
  private final SickPlatform there = world();
  private final Map<String, String> places =
      new TreeMap<>(Map.of("NEW_" + NAME, "value-two", "OLD_" + NAME, "value-one", "A", "a"));

  private static SickPlatform world() {
    return new SickPlatform()
        .release(118, Release.Status.COMPLETE, "aa")
        .machine("m1", "aa", MachineState.STARTED)
        .machine("m2", "aa", MachineState.STARTED);
  }

  @BeforeEach
  void stored() {
    production.secrets.put(NAME, "d0");
  }

  private RunbookBuilder builder(SickPlatform platform) {
    return RunbookProcedures.builder()
        .time(platform.clock.time())
        .operator("tests")
        .environmentName("test")
        .platform(platform)
        .secretSource(name -> Optional.ofNullable(places.get(name)).map(Secret::of));
  }

  private static String told(Plan plan) {
    return plan.toString().replaceAll("\\s+", " ");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "the value leaked in a CI log, true",
    "Exposure: it stood in a screenshot, true",
    "compromised laptop, true",
    "rotation is due, false",
    "stale sessions, false",
  })
  void setSecret_formerValue_isRefusedWhereItWasReplacedForExposure(
      String reason, boolean exposed) {
    try (var ops = builder(production).build()) {
      ops.platform().setSecret(NAME, "NEW_" + NAME).plan().apply(reason);
      int stored = production.secretVersions;

      var plan = ops.platform().setSecret(NAME, "OLD_" + NAME).plan();

      assertThat(plan.objections())
          .extracting(Objection::name)
          .filteredOn(PutBack.EXPOSED::equals)
          .hasSize(exposed ? 1 : 0);
      assertThat(told(plan)).contains("was replaced for this reason: " + reason);
      if (exposed) {
        assertThatThrownBy(() -> plan.apply("it worked before"))
            .isInstanceOf(RefusedException.class)
            .hasMessageContaining("exposed");
        assertThat(production.secretVersions).isEqualTo(stored);
      }
      assertThat(ops.platform().setSecret(NAME, "A").plan().objections())
          .as("a new value")
          .extracting(Objection::name)
          .doesNotContain(PutBack.EXPOSED);
    }
  }

  @Test
  void setSecret_formerValue_changedElsewhere_saysThatNobodyKnowsWhy() {
    try (var ops = builder(production).build()) {
      assertThat(told(ops.platform().setSecret(NAME, "OLD_" + NAME).plan()))
          .contains(
              "Why SESSION_SECRET was replaced is not known: not if it leaked or was revoked");
      assertThat(told(ops.platform().setSecret(NAME, "NEW_" + NAME).plan()))
          .doesNotContain("was replaced");
    }
  }

  /** Undoing it stores the newer one again, if its place still holds it. */
  @Test
  void setSecret_formerValue_keepsWhereTheNewerOneIs() {
    try (var ops = builder(production).build()) {
      var undo =
          ops.platform().setSecret(NAME, "OLD_" + NAME).plan().proposal().steps().get(0).undo();
      assertThat(undo).isNotNull();
      assertThat(SecretSteps.places(Objects.requireNonNull(undo).target()))
          .containsEntry(NAME, "NEW_" + NAME);

      places.remove("NEW_" + NAME);
      assertThat(
              ops.platform().setSecret(NAME, "OLD_" + NAME).plan().proposal().steps().get(0).undo())
          .isNull();
    }
  }

  @Test
  void setSecret_placeOfAnEarlierChange_isAFormerValue() {
    try (var ops = builder(production).build()) {
      ops.platform().setSecret(NAME, "A").plan().apply("first");
      production.clock.advance(Duration.ofMinutes(30));
      ops.platform().setSecret(NAME, "NEW_" + NAME).plan().apply("A leaked");

      assertThat(ops.platform().setSecret(NAME, "A").plan().objections())
          .extracting(Objection::name)
          .contains(PutBack.EXPOSED);
    }
  }

  /** At night nobody rehearses what production has had for months. */
  @Test
  void setSecret_formerValue_needsNoStaging() {
    try (var staging = builder(there).build();
        var ops = builder(production).staging(staging).build()) {
      assertThat(ops.platform().setSecret(NAME, "NEW_" + NAME).plan().objections())
          .extracting(Objection::name)
          .containsExactly("not-on-staging");
      assertThat(ops.platform().setSecret(NAME, "OLD_" + NAME).plan().objections()).isEmpty();
    }
  }
}
