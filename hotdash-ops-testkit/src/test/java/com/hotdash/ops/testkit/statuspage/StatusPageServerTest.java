package com.hotdash.ops.testkit.statuspage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.statuspage.StatusPageServer.Shape;
import com.hotdash.ops.testkit.web.Raw;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusPageServerTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T10:00:00Z"));
  private final StatusPageServer page = StatusPageServer.start(time.time(), "Database");

  @AfterEach
  void close() {
    page.close();
  }

  private HttpResponse<String> get(String file) throws Exception {
    return Raw.get(URI.create(page.address() + "/api/v2/" + file));
  }

  private JsonNode json(String file) throws Exception {
    return MAPPER.readTree(get(file).body());
  }

  @Test
  void summary_leavesOutWhatIsOver_newestUpdateFirst() throws Exception {
    page.component("us-east-1", "partial_outage");
    var first = page.incident("Connection errors", "minor", "us-east-1");
    var second = page.incident("Elevated latency", "major");
    time.advance(Duration.ofMinutes(5));
    page.update(first, "resolved", "Over.");
    page.update(second, "identified", "<b>A fix</b> is being rolled out.");

    var summary = json("summary.json");

    assertThat(summary.at("/status/indicator").asText()).isEqualTo("major");
    assertThat(summary.get("incidents").findValuesAsText("name"))
        .containsExactly("Elevated latency");
    var incident = summary.at("/incidents/0");
    assertThat(incident.at("/incident_updates/0/status").asText()).isEqualTo("identified");
    assertThat(incident.get("resolved_at").isNull()).isTrue();
    assertThat(summary.at("/components/0/group").asBoolean()).isTrue();
    assertThat(summary.at("/components/0/status").asText()).isEqualTo("partial_outage");
    assertThat(summary.at("/components/1/group_id").asText()).isEqualTo("g1");
    assertThat(summary.at("/page/updated_at").asText()).isEqualTo("2026-11-23T10:05:00.000Z");
    assertThat(json("incidents.json").get("incidents")).hasSize(2);
    assertThat(json("incidents/unresolved.json").get("incidents")).hasSize(1);
    assertThat(json("components.json").get("components")).hasSize(2);
  }

  @Test
  void incident_leavesTheComponentsOperational_untilSomebodySaysSo() throws Exception {
    page.component("Actions", "operational");
    page.incident("Runs are late", "critical", "Actions");

    assertThat(json("status.json").at("/status/indicator").asText()).isEqualTo("critical");
    assertThat(json("components.json").at("/components/1/status").asText())
        .isEqualTo("operational");
  }

  @ParameterizedTest
  @CsvSource({
    "scheduled, 1, 0, 1",
    "in_progress, 0, 1, 1",
    "verifying, 0, 1, 1",
    "completed, 0, 0, 0"
  })
  void maintenance_byItsState_isInTheFileThatNamesIt(
      String status, int upcoming, int active, int summary) throws Exception {
    var from = Instant.parse("2026-11-25T02:00:00Z");
    var id = page.maintenance("Minor upgrade", from, from.plusSeconds(3_600));
    page.update(id, status, "…");

    var list = "scheduled_maintenances";
    assertThat(json("scheduled-maintenances/upcoming.json").get(list)).hasSize(upcoming);
    assertThat(json("scheduled-maintenances/active.json").get(list)).hasSize(active);
    assertThat(json("summary.json").get(list)).hasSize(summary);
    assertThat(json("scheduled-maintenances.json").at("/" + list + "/0/scheduled_for").asText())
        .isEqualTo("2026-11-25T02:00:00.000Z");
  }

  @ParameterizedTest
  @CsvSource({
    "HTML, 200, All good",
    "LOGIN, 302, ''",
    "OTHER_PRODUCT, 200, HASISSUES",
    "LOOK_ALIKE, 200, operational"
  })
  void shape_standsInThePagesPlace(Shape shape, int status, String holds) throws Exception {
    page.shape(shape);

    var answer = get("summary.json");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(holds);
  }

  @Test
  void oversize_isMoreThanTwoMegabytes() throws Exception {
    page.shape(Shape.OVERSIZE);

    assertThat(get("summary.json").body()).hasSizeGreaterThan(4_000_000);
  }
}
