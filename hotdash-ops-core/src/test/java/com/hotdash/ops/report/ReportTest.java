package com.hotdash.ops.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hotdash.ops.database.FailureKind;
import com.hotdash.ops.database.Session;
import com.hotdash.ops.database.SickDatabase;
import com.hotdash.ops.database.Stage;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.text.Page;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final String CANARY = "c@nary:74/21";

  private final SickDatabase sick = new SickDatabase();
  private final Redactor redactor = Redactor.of(List.of(Secret.of(CANARY)));

  @Test
  void json_ofADiagnosis_hasTheFieldsThatProgramsReadForYears() throws Exception {
    sick.idleInTransaction(11, Duration.ofMinutes(6));

    var json = json(diagnosis());

    assertThat(json.path("schemaVersion").asInt()).isEqualTo(1);
    assertThat(json.path("kind").asText()).isEqualTo("diagnosis");
    assertThat(json.path("estate").path("environment").asText()).isEqualTo("production");
    assertThat(json.path("estate").path("database").asText())
        .isEqualTo("db.example.com:5432/hotdash");
    assertThat(json.path("incident").asText()).isEqualTo("database-connection-issues");
    assertThat(json.path("verdict").asText()).isEqualTo("PROBLEM");
    var finding = json.path("findings").get(0);
    assertThat(finding.path("id").asText()).isEqualTo("db.sessions.idle-in-transaction");
    assertThat(finding.path("severity").asText()).isEqualTo("WARNING");
    assertThat(finding.path("verdict").asText()).isEqualTo("PROBLEM");
    assertThat(finding.path("evidence").get(0).path("source").asText()).isEqualTo("test");
    assertThat(json.path("notChecked").get(0).path("what").asText())
        .isEqualTo("application's connection pool");
    assertThat(json.path("notChecked").get(0).path("why").asText()).isEqualTo("NOT_CONFIGURED");
    assertThat(json.path("recommendations").get(0).path("id").asText())
        .isEqualTo("database.end-sessions");
    assertThat(json.path("recommendations").get(0).path("line").asText())
        .isEqualTo("ops.databaseConnectionIssues().endSessions().plan()");
    assertThat(texts(json.path("contraindications"), "id")).contains("database.end-idle");
  }

  @Test
  void json_ofPlanExecutionAndVerification_tellWhatWasDone() throws Exception {
    sick.idleInTransaction(11, Duration.ofMinutes(6));
    try (var runbook = runbook()) {
      var plan = runbook.databaseConnectionIssues().endSessions().plan();
      var execution = plan.apply("checkout hangs");
      sick.clock.advance(Duration.ofSeconds(1));
      var all =
          Report.of(
                  "Game day",
                  Page.builder().paragraph("What happened").build(),
                  List.of(Report.of(plan), Report.of(execution), Report.of(execution.verify())))
              .with("exitCode", 0);

      var json = json(all);

      assertThat(json.path("exitCode").asInt(-1)).isZero();
      assertThat(texts(json.path("parts"), "kind"))
          .containsExactly("plan", "execution", "verification");
      assertThat(json.path("parts").get(0).path("digest").asText()).isEqualTo(plan.digest());
      assertThat(json.path("parts").get(1).path("steps").get(0).path("outcome").asText())
          .isEqualTo("DONE");
      assertThat(json.path("parts").get(2).path("result").asText()).isEqualTo("CURED");
      assertThat(all.text(redactor)).contains("Game day", "What happened", plan.digest(), "CURED");
    }
  }

  @Test
  void report_plantedSecret_isInNoFormOfIt() throws Exception {
    sick.identity = new Estate.Part("database", "db.example.com/" + CANARY, "production");
    sick.add(
        11, Session.IDLE_IN_TRANSACTION, Duration.ofHours(1), Duration.ofHours(1), CANARY, CANARY);
    sick.add(
        12, Session.IDLE_IN_TRANSACTION, Duration.ofHours(1), Duration.ofHours(1), CANARY, null);
    sick.failing("DIRECT_URL " + CANARY, Stage.LOGIN, FailureKind.PASSWORD_REFUSED, false);
    try (var runbook = runbook()) {
      var report =
          Report.of(
                  "About " + CANARY,
                  Page.builder().code("sh", "psql postgres://u:" + CANARY + "@h/d").build(),
                  List.of(
                      diagnosis(),
                      Report.of(runbook.databaseConnectionIssues().endSessions().plan())))
              .with("note", List.of("password is " + CANARY));
      assertThat(report.page().toString()).contains(CANARY);

      var forms =
          List.of(
              report.text(redactor),
              report.markdown(redactor),
              report.html(redactor),
              report.json(redactor));

      assertThat(forms)
          .allSatisfy(
              form ->
                  assertThat(form)
                      .contains("***")
                      .doesNotContain(CANARY, "c%40nary%3A74%2F21", "nary:74", "74/21"));
    }
  }

  @Test
  void html_ofADiagnosis_hasItsVerdictAndNoScript() {
    sick.idleInTransaction(11, Duration.ofMinutes(6));

    assertThat(diagnosis().html(redactor))
        .startsWith("<!DOCTYPE html>")
        .contains("PROBLEM", "Database connection issues")
        .doesNotContain("<script");
    assertThat(diagnosis().markdown(redactor)).startsWith("# Database connection issues");
  }

  private Report diagnosis() {
    try (var runbook = runbook()) {
      return Report.of(runbook.databaseConnectionIssues().diagnose());
    }
  }

  private RunbookProcedures runbook() {
    return RunbookProcedures.builder()
        .time(sick.clock.time())
        .environmentName("production")
        .operator("sam")
        .database(sick)
        .build();
  }

  private JsonNode json(Report report) throws Exception {
    return new ObjectMapper().readTree(report.json(redactor));
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(each -> each.path(field).asText())
        .toList();
  }
}
