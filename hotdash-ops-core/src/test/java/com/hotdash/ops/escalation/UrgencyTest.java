package com.hotdash.ops.escalation;

import static com.hotdash.ops.escalation.Diagnoses.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.Traffic;
import com.hotdash.ops.procedure.ErrorShares.ErrorRate;
import com.hotdash.ops.procedure.ErrorShares.OwnProbes;
import com.hotdash.ops.procedure.ErrorSigns.Fleet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class UrgencyTest {
  private static final Incident ERRORS = Incident.HIGH_ERROR_RATE;

  private static ErrorRate errors(double share) {
    var point = new Traffic.Point(Diagnoses.AT, 1_000, 1_000 * share);
    return new ErrorRate(new Traffic(Duration.ofMinutes(5), List.of(point)), 0.05, List.of());
  }

  static List<Arguments> findings() {
    return List.of(
        Arguments.of(new Fleet(new Machines(List.of()), true, List.of()), "P0", "nobody is served"),
        Arguments.of(new OwnProbes(20, 20, 0.05, List.of()), "P0", "nobody is served"),
        Arguments.of(new OwnProbes(40, 20, 0.05, List.of()), "P2", "20 of 40"),
        Arguments.of(errors(0.6), "P0", "more than half"),
        Arguments.of(errors(0.2), "P1", "too many answers"),
        Arguments.of(problem(Severity.CRITICAL, "97 of 97 slots"), "P1", "users are hurt now"),
        Arguments.of(problem(Severity.WARNING, "90 of 97 slots"), "P2", "90 of 97"),
        Arguments.of(problem(Severity.INFO, "an old version"), "P3", "worth knowing"));
  }

  @ParameterizedTest
  @MethodSource("findings")
  void of_problem_isAsUrgentAsWhatItDoesToUsers(Finding found, Priority expected, String because) {
    var urgency = Urgency.of(Diagnoses.of(ERRORS, found));

    assertThat(urgency.priority()).isEqualTo(expected);
    assertThat(urgency.because().get(0)).contains(because);
    assertThat(urgency.toString()).startsWith(expected + ": ");
  }

  @ParameterizedTest
  @CsvSource({
    "p95 of /app/orders is 4.1 s, P1",
    "p95 of GET /api/checkout is 4.1 s, P1",
    "POST /webhooks/orders/create fails, P1",
    "/api/v1/carts/:id is slow, P1",
    "p95 of /app/inventory is 4.1 s, P2",
    "in the order of 4 s, P2",
    "/app/reorders is slow, P2",
    "/app/orders-archive is slow, P2"
  })
  void of_warningOnTheWayOfOrders_isForTheManager(String summary, Priority expected) {
    var slow = problem(Severity.WARNING, summary);

    assertThat(Urgency.of(Diagnoses.of(Incident.SLOW_RESPONSE_TIMES, slow)).priority())
        .isEqualTo(expected);
  }

  @Test
  void of_routeInTheEvidence_counts() {
    var slow =
        new Diagnoses.Found(
            "slow",
            Severity.WARNING,
            Verdict.PROBLEM,
            "three routes are slow",
            List.of(Evidence.of("/app/payments 4 s", "metrics", Diagnoses.AT)));

    assertThat(Urgency.of(Diagnoses.of(Incident.SLOW_RESPONSE_TIMES, slow)).because().get(0))
        .contains("/app/payments");
  }

  @Test
  void of_unknown_isTheLastAndSaysWhy() {
    var urgency = Urgency.of(Diagnoses.of(ERRORS, Verdict.UNKNOWN));

    assertThat(urgency.priority()).isEqualTo(Priority.P3);
    assertThat(urgency.toString()).contains("nobody could look");
  }

  @Test
  void of_several_isTheMostUrgent() {
    var all =
        List.of(
            Diagnoses.of(ERRORS, Verdict.OK),
            Diagnoses.of(Incident.MEMORY_CPU_ISSUES, problem(Severity.CRITICAL, "killed")),
            Diagnoses.of(Incident.SLOW_RESPONSE_TIMES, Verdict.PROBLEM));

    assertThat(Urgency.of(all).toString()).isEqualTo("P1: users are hurt now: killed");
    assertThat(Urgency.of(List.of()).priority()).isEqualTo(Priority.P3);
  }
}
