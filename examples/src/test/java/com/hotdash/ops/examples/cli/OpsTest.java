package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.runbook.RunbookProcedures;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpsTest {
  private static final String PASSWORD = "Kanarienvogel-4711";
  private static final Map<String, String> NOTHING_LISTENS =
      Map.of("DATABASE_URL", "postgres://ops:" + PASSWORD + "@127.0.0.1:1/hotdash");

  @Test
  void help_listsCommandsSettingsAndExitCodes() {
    var ran = Ran.in(Map.of(), "--help");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("diagnose", "check", "pending", "3   UNKNOWN: could not look");
    assertThat(RunbookProcedures.settings()).hasSizeGreaterThan(4);
    for (var setting : RunbookProcedures.settings()) {
      assertThat(ran.out()).contains("  " + setting.name() + " ");
    }
    assertThat(ran.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "diagnose",
        "diagnosis",
        "diagnose nothing-of-the-kind",
        "diagnose R4 --within=soon",
        "diagnose R4 --within=0s",
        "diagnose R4 --within=11m",
        "diagnose R4 --apply=0123456789abcdef --by=sam",
        "diagnose R4 --by=sam",
        "diagnose R4 --apply=latest --by=sam --because=x",
        "diagnose R4 --apply=0123456789abcdef --because=x",
        "diagnose R4 --colour"
      })
  void run_misused_isUsageAndSaysHowToGoOn(String line) {
    var ran = Ran.in(Map.of(), line.isEmpty() ? new String[0] : line.split(" ", -1));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("Try: hotdash-ops").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource({
    "R1, slow-response-times",
    "deploy, deployment-failures",
    "R8, secret-rotation-issues"
  })
  void diagnose_incidentWithoutProcedure_saysWhichOneThereIs(String typed, String incident) {
    var ran = Ran.in(Map.of(), "diagnose", typed);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .contains(incident + " has no procedure yet", "database-connection-issues (R4)");
  }

  @Test
  void diagnose_nothingConfigured_isUnknownAndNamesTheVariable() {
    var ran = Ran.in(Map.of(), "diagnose", "R4");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).contains("[UNKNOWN]", "set DATABASE_URL");
  }

  @Test
  void apply_nothingConfigured_appliesNothing() {
    var ran =
        Ran.in(
            Map.of(),
            "diagnose",
            "R4",
            "--apply=0123456789abcdef",
            "--by=sam",
            "--because=test",
            "--json");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.json().path("diagnosis").path("verdict").asText()).isEqualTo("UNKNOWN");
    assertThat(ran.json().has("execution")).isFalse();
  }

  @Test
  void diagnose_nobodyListens_isProblemAndTellsWhere() {
    var ran = Ran.in(NOTHING_LISTENS, "diagnose", "R4", "--within=5s");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("[PROBLEM]", "127.0.0.1:1").doesNotContain(PASSWORD);
    assertThat(ran.err()).doesNotContain(PASSWORD);
  }

  @Test
  void check_nobodyListens_isProblemInOneObject() {
    var ran = Ran.in(NOTHING_LISTENS, "check", "--json");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.json().path("kind").asText()).isEqualTo("access");
    assertThat(ran.json().path("complete").asBoolean()).isFalse();
    assertThat(ran.out() + ran.err()).doesNotContain(PASSWORD);
  }

  @Test
  void check_nothingConfigured_isUnknown() {
    assertThat(Ran.in(Map.of(), "check").code()).isEqualTo(3);
  }

  @Test
  void pending_secretsTypedOnTheCommandLine_areNotRepeated() {
    var ran = Ran.in(NOTHING_LISTENS, "pending", "--url=" + NOTHING_LISTENS.get("DATABASE_URL"));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out() + ran.err()).doesNotContain(PASSWORD);
  }
}
