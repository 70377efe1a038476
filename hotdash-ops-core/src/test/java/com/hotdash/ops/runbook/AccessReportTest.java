package com.hotdash.ops.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessReportTest {
  @ParameterizedTest
  @CsvSource({
    "true,  false, false, OK",
    "true,  true,  false, PROBLEM",
    "true,  false, true,  UNKNOWN",
    "true,  true,  true,  PROBLEM",
    "false, false, true,  UNKNOWN",
    "false, false, false, UNKNOWN",
  })
  void verdict_isOkOnlyIfAllWasLookedAt(
      boolean works, boolean missing, boolean unknown, Verdict expected) {
    var report =
        report(
            new AccessCheck(
                "TOKEN",
                works ? List.of("log in") : List.of(),
                missing ? List.of("write") : List.of(),
                unknown ? List.of("delete") : List.of(),
                List.of()));

    assertThat(report.verdict()).isEqualTo(expected);
    assertThat(report.complete()).isEqualTo(expected == Verdict.OK);
  }

  @Test
  void verdict_oneGoodOneOutOfReach_isUnknown() {
    var report =
        report(
            new AccessCheck("A", List.of("log in"), List.of(), List.of()),
            AccessCheck.unknown("B", "no route to host", "check the network"));

    assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void verdict_noCredential_isUnknown() {
    assertThat(report().verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void toString_everyKind_standsApartAndOnlyWhatCanBeTypedIsCode() {
    var check =
        new AccessCheck(
                "DATABASE_URL",
                List.of("log in as hotdash"),
                List.of("see other roles' sessions"),
                List.of(
                    "grant pg_monitor to hotdash;",
                    "-- ask who runs the server",
                    "$ psql -c 'select 1'",
                    "make a token with more rights"))
            .withUnknown(List.of("end sessions: cannot be tried without ending one"));

    assertThat(report(check).toString())
        .contains(
            "[OK] log in as hotdash",
            "[MISSING] see other roles' sessions",
            "[UNKNOWN] end sessions: cannot be tried",
            "- ask who runs the server",
            "- make a token with more rights",
            "\n  grant pg_monitor to hotdash;",
            "\n  psql -c 'select 1'")
        .doesNotContain("-- ask", "$ psql");
  }

  private static AccessReport report(AccessCheck... checks) {
    return new AccessReport(new Estate("production", List.of()), Arrays.asList(checks));
  }
}
