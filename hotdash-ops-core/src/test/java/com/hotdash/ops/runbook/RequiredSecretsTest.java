package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.procedure.DeploymentFailuresThresholds;
import com.hotdash.ops.procedure.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever needs other secrets than HotDash says so once. */
class RequiredSecretsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:30:00Z");

  @ParameterizedTest
  @EnumSource(names = {"DEPLOYMENT_FAILURES", "HEALTH_CHECK_FAILURES", "SECRET_ROTATION_ISSUES"})
  void diagnose_otherSecretsAreRequired_asksForTheseAndNoOthers(Incident incident) {
    assertThat(told(incident, "STRIPE_KEY", "MAIL_KEY"))
        .contains("MAIL_KEY")
        .doesNotContain("STRIPE_KEY", "DATABASE_URL", "SESSION_SECRET");
    assertThat(told(incident, "STRIPE_KEY")).doesNotContain("missing", "not stored", "KEY");
  }

  /** What is found while one of the required ones is stored. */
  private static String told(Incident incident, String stored, String... more) {
    var names = Stream.concat(Stream.of(stored), Stream.of(more)).toList();
    var base = DeploymentFailuresThresholds.DEFAULT;
    var limits =
        Thresholds.DEFAULT.with(
            new DeploymentFailuresThresholds(
                names,
                base.hangs(),
                base.afterRelease(),
                base.leastRefusals(),
                base.rollbackWorkflow(),
                base.ref()));
    var secret =
        new SecretDigest(
            stored, "d", NOW.minus(Duration.ofDays(9)), SecretSpread.of(2, List.of(), List.of()));
    var seen =
        Observation.at(NOW)
            .with(PlatformLook.SECRETS, Reading.of(List.of(secret), Evidence.of("", "test", NOW)))
            .build();
    return new Procedures(limits)
        .of(incident).diagnose(seen, new Estate("production", List.of())).findings().stream()
            .map(Finding::summary)
            .collect(Collectors.joining("\n"));
  }
}
