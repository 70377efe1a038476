package com.hotdash.ops.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.report.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminPageTest {
  private static final String WHY = "orders fail";

  private final EstateWorld world = new EstateWorld();
  private final AdminPage page = new AdminPage(world.ops(), Runnable::run);

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void triage_badRelease_putsItFirst() throws JsonProcessingException {
    world.badRelease();

    var json = json(page.triage());

    assertThat(json.path("kind").asText()).isEqualTo("triage");
    assertThat(json.path("verdict").asText()).isEqualTo("PROBLEM");
    assertThat(json.findValuesAsText("incident")).first().isEqualTo("high-error-rate");
  }

  @Test
  void apply_theShownPlan_curesAndTheSecondPressChangesNothing() throws JsonProcessingException {
    world.badRelease();
    var digest = json(page.incident(Incident.HIGH_ERROR_RATE)).findValue("digest").asText();

    var first = json(page.apply(Incident.HIGH_ERROR_RATE, digest, "kim", WHY).join());
    long changes = world.changes();
    var second = json(page.apply(Incident.HIGH_ERROR_RATE, digest, "kim", WHY).join());

    assertThat(first.at("/parts/1/kind").asText()).isEqualTo("execution");
    assertThat(first.at("/parts/2/result").asText()).isEqualTo("CURED");
    assertThat(changes).isEqualTo(2);
    assertThat(second.path("outcome").asText()).isEqualTo("NOT DONE");
    assertThat(world.changes()).isEqualTo(changes);
  }

  @Test
  void apply_anotherPlan_isRefusedAndShowsTheFreshOne() throws JsonProcessingException {
    world.badRelease();

    var answer = page.apply(Incident.HIGH_ERROR_RATE, "0123456789abcdef", "kim", WHY).join();

    assertThat(json(answer).path("outcome").asText()).isEqualTo("REFUSED");
    assertThat(json(answer).at("/parts/0/digest").asText()).hasSize(16);
    assertThat(world.changes()).isZero();
  }

  @Test
  void incident_nothingConfigured_isUnknownAndSaysWhyThereIsNoPlan()
      throws JsonProcessingException {
    var report = page.incident(Incident.DATABASE_CONNECTION_ISSUES);

    assertThat(json(report).at("/parts/0/verdict").asText()).isEqualTo("UNKNOWN");
    assertThat(json(report).path("why").asText()).contains("nothing to plan", "DATABASE_URL");
    assertThat(page.html(report)).startsWith("<!DOCTYPE html>").contains("DATABASE_URL");
  }

  private JsonNode json(Report report) throws JsonProcessingException {
    return JsonMapper.builder().build().readTree(page.json(report));
  }
}
