package com.hotdash.ops.escalation;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.escalation.Delivery.Status;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Deadline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscalationTest {
  private static final Secret SECRET = Secret.of("canary-of-escalation");

  private final List<Alert> raised = new ArrayList<>();
  private final List<String> over = new ArrayList<>();

  private record Found(String id, Severity weight, Verdict verdict, String summary)
      implements Finding {
    @Override
    public List<Evidence> evidence() {
      return List.of();
    }
  }

  private static Diagnosis diagnosis(Verdict verdict, Finding... findings) {
    return new Diagnosis(
        Incident.DATABASE_CONNECTION_ISSUES,
        new Estate("production", List.of()),
        Instant.parse("2026-11-23T03:00:00Z"),
        verdict,
        List.of(findings),
        List.of(),
        List.of(),
        List.of());
  }

  private RunbookProcedures runbook(@Nullable String environment, Status... places) {
    var builder = RunbookProcedures.builder().secret(SECRET);
    if (environment != null) {
      builder.environmentName(environment);
    }
    for (var status : places) {
      builder.alerts(place(status));
    }
    return builder.build();
  }

  private AlertSink place(Status status) {
    return new AlertSink() {
      @Override
      public String name() {
        return "place " + status;
      }

      @Override
      public Delivery raise(Alert alert, Deadline deadline) {
        assertThat(deadline.expired()).isFalse();
        raised.add(alert);
        return Delivery.of(status, name(), "as told");
      }

      @Override
      public Delivery resolve(AlertKey key, Page figures, Deadline deadline) {
        over.add(key + " " + figures);
        return Delivery.of(Status.CLOSED, name(), "as told");
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "PROBLEM, CRITICAL, CRITICAL, priority:high, P1",
    "PROBLEM, WARNING, WARNING, priority:medium, P2",
    "PROBLEM, INFO, INFO, priority:low, P3",
    "UNKNOWN, CRITICAL, WARNING, priority:medium, P3",
    "UNKNOWN, INFO, WARNING, priority:medium, P3"
  })
  void escalate_diagnosis_isOneAlertByItsWorstProblem(
      Verdict verdict, Severity severity, Severity expected, String label, String letter) {
    var found = new Found("db.x", severity, verdict, "97 of 97 slots " + SECRET.reveal());
    var fine = new Found("db.y", Severity.CRITICAL, Verdict.OK, "fine");
    try (var runbook = runbook("production", Status.CREATED)) {
      var delivery = runbook.escalate(diagnosis(verdict, fine, found));

      assertThat(delivery.status()).isEqualTo(Status.CREATED);
      var alert = raised.get(0);
      assertThat(alert.severity()).isEqualTo(expected);
      assertThat(alert.labels()).containsExactly("monitoring", label, letter);
      assertThat(alert.title())
          .isEqualTo("[production] Database connection issues: 97 of 97 slots ***");
      assertThat(alert.body().toMarkdown())
          .contains("97 of 97", "Priority", letter)
          .doesNotContain(SECRET.reveal());
    }
  }

  @Test
  void escalate_sameIncidentWithOtherFindings_isTheSameProblem() {
    try (var runbook = runbook("production", Status.CREATED)) {
      runbook.escalate(
          diagnosis(
              Verdict.PROBLEM, new Found("a", Severity.CRITICAL, Verdict.PROBLEM, "3 stuck")));
      runbook.escalate(
          diagnosis(Verdict.PROBLEM, new Found("b", Severity.WARNING, Verdict.PROBLEM, "9 slow")));
      runbook.escalation().issue(diagnosis(Verdict.UNKNOWN), "replica");
    }

    assertThat(raised).extracting(alert -> alert.key().fingerprint()).hasSize(3);
    assertThat(raised.get(0).key()).isEqualTo(raised.get(1).key());
    assertThat(raised.get(0).key()).isNotEqualTo(raised.get(2).key());
  }

  @Test
  void escalate_ok_tellsNobody() {
    try (var runbook = runbook("production", Status.CREATED)) {
      assertThat(runbook.escalate(diagnosis(Verdict.OK)).status()).isEqualTo(Status.SUPPRESSED);
    }
    assertThat(raised).isEmpty();
  }

  @Test
  void escalate_firstPlaceFails_usesTheLastResortAndTellsBoth() {
    try (var runbook = runbook(null, Status.FAILED, Status.UNCERTAIN, Status.CREATED);
        var other = runbook.as("sam")) {
      var delivery = other.escalate(diagnosis(Verdict.UNKNOWN));

      assertThat(delivery.sink()).isEqualTo("place CREATED");
      assertThat(delivery.before())
          .extracting(Delivery::status)
          .containsExactly(Status.FAILED, Status.UNCERTAIN);
      assertThat(raised.get(0).title()).startsWith("[unnamed] ");
    }
  }

  @Test
  void escalate_noPlace_saysThatNobodyWasToldAndWhatToSet() {
    try (var runbook = runbook("production")) {
      var delivery = runbook.escalate(diagnosis(Verdict.UNKNOWN));

      assertThat(delivery.delivered()).isFalse();
      assertThat(delivery.toString()).startsWith("NOBODY WAS TOLD").contains("GITHUB_TOKEN");
      assertThat(
              runbook
                  .escalation()
                  .over(Incident.HIGH_ERROR_RATE, "", Page.builder().build())
                  .delivered())
          .isFalse();
    }
  }

  @Test
  void over_figures_areRedactedAndOfTheSameProblem() {
    var figures = Page.builder().paragraph("0 of 97 " + SECRET.reveal()).build();
    try (var runbook = runbook("production", Status.CREATED)) {
      var delivery =
          runbook.escalation().over(Incident.DATABASE_CONNECTION_ISSUES, "replica", figures);

      assertThat(delivery.status()).isEqualTo(Status.CLOSED);
    }
    assertThat(over)
        .singleElement()
        .asString()
        .startsWith("[production] Database connection issues: replica")
        .contains("0 of 97 ***");
  }
}
