package com.hotdash.ops.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.diagnosis.Contraindication;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.diagnosis.NearbyChange.Fit;
import com.hotdash.ops.diagnosis.NearbyChange.Kind;
import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.diagnosis.TriageReport.Ranked;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Severity;
import com.hotdash.ops.evidence.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriageTest {
  private static final Instant AT = Instant.parse("2026-11-23T03:00:00Z");
  private static final Estate ESTATE = new Estate("production", List.of());

  @Test
  void of_effectPointsToItsCause_causeComesFirstThoughItWeighsLess() {
    var errors =
        diagnosis(
            Incident.HIGH_ERROR_RATE,
            sign(Severity.CRITICAL),
            look("ops.databaseConnectionIssues().diagnose()"));
    var database = diagnosis(Incident.DATABASE_CONNECTION_ISSUES, sign(Severity.WARNING));

    var report = report(errors, database);

    assertThat(order(report)).containsExactly("R4", "R2");
    assertThat(report.ranked().get(1).effectOf())
        .containsExactly(Incident.DATABASE_CONNECTION_ISSUES);
    assertThat(report.first()).contains(database);
  }

  @Test
  void of_causeIsNoProblem_doesNotCount() {
    var errors =
        diagnosis(
            Incident.HIGH_ERROR_RATE,
            sign(Severity.WARNING),
            look("ops.databaseConnectionIssues().diagnose()"));

    var report = report(errors, fine(Incident.DATABASE_CONNECTION_ISSUES));

    assertThat(order(report)).containsExactly("R2", "R4");
    assertThat(report.ranked().get(0).effectOf()).isEmpty();
  }

  @Test
  void of_twoPointToEachOther_theWorseIsFirstAndNothingIsLost() {
    var slow =
        diagnosis(
            Incident.SLOW_RESPONSE_TIMES,
            sign(Severity.WARNING),
            look("ops.memoryCpuIssues().diagnose()"));
    var memory =
        diagnosis(
            Incident.MEMORY_CPU_ISSUES,
            sign(Severity.CRITICAL),
            look("ops.slowResponseTimes().diagnose()"));

    assertThat(order(report(slow, memory))).containsExactly("R6", "R1");
  }

  @Test
  void of_onlyExplaining_comesAfterASymptomOfLessWeight() {
    var errors =
        diagnosis(
            Incident.HIGH_ERROR_RATE,
            new Sign(Severity.CRITICAL, Verdict.PROBLEM, false),
            List.of(),
            List.of());
    var health = diagnosis(Incident.HEALTH_CHECK_FAILURES, sign(Severity.WARNING));

    assertThat(order(report(errors, health))).containsExactly("R7", "R2");
  }

  @Test
  void of_secretFitsTheOnset_rotationIsTheCause() {
    var shop =
        diagnosis(
            Incident.SHOPIFY_API_ERRORS,
            sign(Severity.CRITICAL),
            List.of(),
            List.of(change(Kind.SECRET, Fit.STRONG)));
    var rotation = diagnosis(Incident.SECRET_ROTATION_ISSUES, sign(Severity.WARNING));

    assertThat(order(report(shop, rotation))).containsExactly("R8", "R5");
  }

  @Test
  void of_sameChangeInTwo_isSaidOnce() {
    var change = List.of(change(Kind.RELEASE, Fit.STRONG), change(Kind.RESTART, Fit.NONE));

    var report =
        report(
            diagnosis(Incident.HIGH_ERROR_RATE, sign(Severity.WARNING), List.of(), change),
            diagnosis(Incident.SLOW_RESPONSE_TIMES, sign(Severity.WARNING), List.of(), change));

    assertThat(report.shared())
        .singleElement()
        .satisfies(
            shared -> {
              assertThat(shared.what()).contains("RELEASE", "v118");
              assertThat(shared.incidents())
                  .containsExactly(Incident.SLOW_RESPONSE_TIMES, Incident.HIGH_ERROR_RATE);
            });
  }

  @Test
  void verdict_incomplete_isNeverOk() {
    var fine = List.of(fine(Incident.HIGH_ERROR_RATE));

    assertThat(Triage.of(fine, ESTATE, AT, false).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(Triage.of(fine, ESTATE, AT, true).verdict()).isEqualTo(Verdict.OK);
    assertThat(Triage.of(List.of(), ESTATE, AT, true).verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void toString_firstScreenHoldsEstateVerdictNextAndNotChecked() {
    var report =
        report(
            diagnosis(
                Incident.HIGH_ERROR_RATE,
                sign(Severity.CRITICAL),
                look("ops.databaseConnectionIssues().diagnose()")),
            diagnosis(
                Incident.DATABASE_CONNECTION_ISSUES,
                sign(Severity.CRITICAL),
                look("ops.databaseConnectionIssues().endSessions().plan()")),
            unknown(Incident.SHOPIFY_API_ERRORS));

    assertThat(report.toString())
        .contains("production", "PROBLEM", "logs", "after R4")
        .contains("ops.databaseConnectionIssues().endSessions().plan()");
    assertThat(report.toString().lines().count()).isLessThanOrEqualTo(24);
    assertThat(report.toString().lines().allMatch(line -> line.length() <= 100)).isTrue();
  }

  private static TriageReport report(Diagnosis... all) {
    return Triage.of(List.of(all), ESTATE, AT, true);
  }

  private static List<String> order(TriageReport report) {
    return report.ranked().stream()
        .map(Ranked::diagnosis)
        .map(each -> each.incident().id())
        .toList();
  }

  private static NearbyChange change(Kind kind, Fit fit) {
    return new NearbyChange(kind, "v118 of sam", AT, Duration.ofMinutes(3), fit, null);
  }

  private static List<Recommendation> look(String line) {
    return List.of(Recommendation.advice("look", "look there", "it is first", line));
  }

  private static Sign sign(Severity weight) {
    return new Sign(weight, Verdict.PROBLEM, true);
  }

  private static Diagnosis diagnosis(Incident incident, Sign sign) {
    return diagnosis(incident, sign, List.of(), List.of());
  }

  private static Diagnosis diagnosis(Incident incident, Sign sign, List<Recommendation> advice) {
    return diagnosis(incident, sign, advice, List.of());
  }

  private static Diagnosis diagnosis(
      Incident incident, Sign sign, List<Recommendation> advice, List<NearbyChange> changes) {
    return new Diagnosis(
        incident,
        ESTATE,
        AT,
        sign.verdict(),
        List.of(sign),
        List.of(),
        changes,
        advice,
        List.of(new Contraindication("x." + incident, "nothing of " + incident, "no")));
  }

  private static Diagnosis fine(Incident incident) {
    return diagnosis(incident, new Sign(Severity.INFO, Verdict.OK, true));
  }

  private static Diagnosis unknown(Incident incident) {
    return new Diagnosis(
        incident,
        ESTATE,
        AT,
        Verdict.UNKNOWN,
        List.of(),
        List.of(new NotChecked("logs", Why.TIMED_OUT, "no answer", "look again")),
        List.of(),
        List.of());
  }

  private record Sign(Severity weight, Verdict verdict, boolean symptom) implements Finding {
    @Override
    public String id() {
      return "sign";
    }

    @Override
    public String summary() {
      return "something is " + verdict;
    }

    @Override
    public List<Evidence> evidence() {
      return List.of();
    }
  }
}
