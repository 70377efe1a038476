package com.hotdash.ops.runbook;

import static com.hotdash.ops.platform.PlatformWorld.sickPlatform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.MachineCheck;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.platform.SickPlatform;
import com.hotdash.ops.resolution.MemoryJournal;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A secret goes to production after it went to staging, or in spite of an objection. */
class StagingFirstTest {
  private static final String NAME = "SESSION_SECRET";

  private final SickPlatform production = sickPlatform();
  private final SickPlatform there = sickPlatform();
  private final MemoryJournal journal = new MemoryJournal();

  private RunbookProcedures staging() {
    return builder(there).environmentName("test").journal(journal).build();
  }

  private RunbookBuilder builder(SickPlatform platform) {
    return RunbookProcedures.builder()
        .time(there.clock.time())
        .operator("sam")
        .secretSource(name -> Optional.of(Secret.of("planted-value-of-" + name)))
        .platform(platform);
  }

  private List<Objection> objections(RunbookProcedures staging) {
    try (var ops = builder(production).staging(staging).build()) {
      return ops.platform().setSecret(NAME, "NEW").plan().objections();
    }
  }

  @Test
  void setSecret_stagingHasBeenThroughIt_isNotObjectedTo() {
    try (var staging = staging()) {
      assertThat(objections(staging))
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.name()).isEqualTo("not-on-staging");
                assertThat(each.hard()).isFalse();
                assertThat(each.nextStep())
                    .isEqualTo(
                        "ops.staging().platform().setSecret(\""
                            + NAME
                            + "\", \"NEW_"
                            + NAME
                            + "\").plan()");
              });

      staging.platform().setSecret(NAME, "NEW").plan().apply("rehearsal");

      assertThat(objections(staging)).isEmpty();
      there.clock.advance(Duration.ofDays(8));
      assertThat(objections(staging)).as("too long ago").hasSize(1);
    }
  }

  @Test
  void setSecret_stagingWasRotatedHalfWay_isObjectedTo() {
    there.broken.add("m2");
    try (var staging = staging()) {
      staging.platform().setSecret(NAME, "NEW").plan().apply("rehearsal");

      assertThat(objections(staging)).extracting(Objection::name).contains("not-on-staging");
    }
  }

  @Test
  void setSecret_stagingRotatedAnother_isObjectedTo() {
    try (var staging = staging()) {
      staging.platform().setSecret("SCOPES", "NEW").plan().apply("rehearsal");

      assertThat(objections(staging)).extracting(Objection::name).contains("not-on-staging");
    }
  }

  /** Somebody rotated it with another tool, so no journal tells. */
  static Stream<Arguments> seen() {
    return Stream.of(
        Arguments.of("taken and well", true, does(there -> {})),
        Arguments.of("long ago", false, does(there -> there.clock.advance(Duration.ofDays(9)))),
        Arguments.of(
            "staged only",
            false,
            does(
                there ->
                    there.spreads.put(NAME, SecretSpread.of(0, List.of("m1", "m2"), List.of())))),
        Arguments.of(
            "nobody can tell", false, does(there -> there.spreads.put(NAME, SecretSpread.UNKNOWN))),
        Arguments.of(
            "unwell since", false, does(there -> there.check("m1", MachineCheck.Status.CRITICAL))),
        Arguments.of("no time told", false, does(there -> there.storedAt.clear())),
        Arguments.of("unread", false, does(there -> there.unreadable.add("secrets"))));
  }

  private static Consumer<SickPlatform> does(Consumer<SickPlatform> what) {
    return what;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("seen")
  void setSecret_byWhatStagingHas_isJudged(
      String name, boolean proved, Consumer<SickPlatform> happens) {
    there.secrets.put(NAME, "d1");
    there.storedAt.put(NAME, there.clock.now());
    there.spreads.put(NAME, SecretSpread.of(2, List.of(), List.of()));
    happens.accept(there);

    try (var staging = staging()) {
      assertThat(objections(staging)).hasSize(proved ? 0 : 1);
    }
  }

  @Test
  void setSecret_stagingHasItSinceBeforeProduction_isObjectedTo() {
    there.secrets.put(NAME, "d1");
    there.storedAt.put(NAME, there.clock.now());
    there.spreads.put(NAME, SecretSpread.of(2, List.of(), List.of()));
    production.secrets.put(NAME, "d0");
    try (var staging = staging()) {
      assertThat(objections(staging)).as("nobody knows since when production has it").hasSize(1);
      production.storedAt.put(NAME, there.clock.now());
      assertThat(objections(staging)).as("both at first set-up").hasSize(1);
      production.storedAt.put(NAME, there.clock.now().minusSeconds(60));
      assertThat(objections(staging)).isEmpty();
    }
  }

  @Test
  void setSecret_objectionOverridden_isApplied() {
    try (var staging = staging();
        var ops = builder(production).staging(staging).build()) {
      var plan = ops.platform().setSecret(NAME, "NEW").plan();
      assertThatThrownBy(() -> plan.apply("it leaked")).hasMessageContaining("not-on-staging");
      assertThat(production.changed).isEmpty();

      var execution = plan.despite("not-on-staging", "it leaked").apply("it leaked");

      assertThat(execution.stopped()).isEmpty();
      assertThat(plan.toString() + execution).doesNotContain("planted-value");
      assertThat(there.changed).as("staging is only looked at").isEmpty();
    }
  }

  @Test
  void setSecret_noStaging_saysThatItIsNotKnown() {
    try (var ops = builder(production).build()) {
      Plan plan = ops.platform().setSecret(NAME, "NEW").plan();

      assertThat(plan.objections()).isEmpty();
      assertThat(plan.toString()).contains("Not known whether staging has been through it");
      assertThatThrownBy(ops::staging)
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("STAGING_FLY_APP");
    }
  }

  @Test
  void beforeDeploy_stagingIsLookedAtByItsOwnRunbook() {
    there.check("m1", MachineCheck.Status.CRITICAL);
    try (var staging = staging();
        var ops = builder(production).staging(staging).build()) {
      var checkup = ops.beforeDeploy("3f2c9a1");

      assertThat(checkup.verdict()).isEqualTo(Verdict.PROBLEM);
      assertThat(checkup.headline()).startsWith("staging is not well: ");
      assertThat(checkup.notChecked()).anyMatch(each -> each.what().startsWith("staging's "));
      assertThatThrownBy(() -> ops.beforeDeploy("main"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void environment_staging_takesOnlyItsOwnCredentials() {
    var variables =
        Environment.of(
            Map.of(
                "HOTDASH_OPS_APP_URL", "https://production.example.com",
                "HOTDASH_OPS_OPERATOR", "sam",
                "STAGING_HOTDASH_OPS_APP_URL", "https://staging.example.com",
                "STAGING_UNKNOWN", "x"));

    var staging = variables.staging().orElseThrow();

    assertThat(staging.text("HOTDASH_OPS_APP_URL")).contains("https://staging.example.com");
    assertThat(staging.text("HOTDASH_OPS_ENV")).contains("staging");
    assertThat(staging.text("HOTDASH_OPS_OPERATOR")).contains("sam");
    assertThat(staging.text("UNKNOWN")).isEmpty();
    assertThat(staging.staging()).isEmpty();
    assertThat(Environment.of(Map.of("STAGING_UNKNOWN", "x")).staging()).isEmpty();
    try (var ops = RunbookProcedures.fromEnvironment(variables)) {
      assertThat(ops.staging().estate().toString())
          .contains("staging", "staging.example.com")
          .doesNotContain("production");
    }
  }
}
