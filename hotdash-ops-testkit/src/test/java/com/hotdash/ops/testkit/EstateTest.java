package com.hotdash.ops.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.github.JobLog;
import com.hotdash.ops.testkit.github.JobScript;
import com.hotdash.ops.testkit.github.StepScript;
import com.hotdash.ops.testkit.github.WorkflowFile;
import com.hotdash.ops.testkit.hotdash.Behaviour;
import com.hotdash.ops.testkit.hotdash.Release;
import com.hotdash.ops.testkit.web.Raw;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EstateTest {
  private static final String TOKEN = "made-up-token";

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T10:00:00Z"));
  private final Estate estate = Estate.start(time.time());

  @BeforeEach
  void grant() {
    estate.github().grantAll(Secret.of(TOKEN), estate.repository());
  }

  @AfterEach
  void close() {
    estate.close();
  }

  private int health() throws Exception {
    return Raw.get(URI.create(estate.hotdash().address() + "/health")).statusCode();
  }

  private void rollBack(String inputs) throws Exception {
    var path = "/repos/acme/hotdash/actions/workflows/rollback-production.yml/dispatches";
    var answer =
        Raw.send(
            "POST",
            URI.create(estate.github().address() + path),
            "{\"ref\":\"main\",\"inputs\":" + inputs + "}",
            "User-Agent",
            "test",
            "Authorization",
            "Bearer " + TOKEN);
    assertThat(answer.statusCode()).isEqualTo(204);
    time.advance(Duration.ofMinutes(5));
  }

  @Test
  void rollback_toAGoodVersion_curesTheApplication() throws Exception {
    estate.release(Behaviour.healthy().dependency("database", "error"));
    assertThat(health()).isEqualTo(503);

    rollBack("{\"reason\":\"health\",\"target_version\":\"117\"}");

    assertThat(health()).isEqualTo(200);
    assertThat(estate.releases()).extracting(Release::version).containsExactly(117, 118, 119);
    assertThat(estate.releases().get(2).image()).isEqualTo(estate.releases().get(0).image());
  }

  @Test
  void rollback_withoutAVersion_isGreenAndCuresNothing() throws Exception {
    estate.release(Behaviour.healthy().dependency("database", "error"));

    rollBack("{\"reason\":\"health\"}");

    assertThat(health()).isEqualTo(503);
    assertThat(estate.releases().get(2).image()).isEqualTo(estate.releases().get(1).image());
    assertThat(estate.repository().runCount("rollback-production.yml")).isEqualTo(1);
  }

  @Test
  void deploys_firstAttemptFails_releasesOnlyWhenTheSecondSucceeds() throws Exception {
    var slow = Behaviour.healthy().responseTime(Duration.ofSeconds(2));
    estate.deploys(
        request ->
            List.of(
                JobScript.of(
                    "build",
                    JobLog.of(List.of("npm ci")),
                    request.attempt() == 1
                        ? StepScript.failing("npm ci")
                        : StepScript.passing("npm ci"))),
        slow);
    long run = estate.repository().push("deploy-production.yml", "feat: counts");
    time.advance(Duration.ofMinutes(5));
    assertThat(estate.repository().runState(run)).isEqualTo("failure");
    assertThat(estate.releases()).hasSize(1);

    var again =
        Raw.send(
            "POST",
            URI.create(
                estate.github().address()
                    + "/repos/acme/hotdash/actions/runs/"
                    + run
                    + "/rerun-failed-jobs"),
            "",
            "User-Agent",
            "test",
            "Authorization",
            "Bearer " + TOKEN);
    time.advance(Duration.ofMinutes(5));

    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(estate.releases()).extracting(Release::behaviour).last().isEqualTo(slow);
    assertThat(estate.hotdash().machines()).allMatch(machine -> machine.release().version() == 118);
  }

  @Test
  void replace_workflowThatIsNotThere_isRefused() {
    var file = WorkflowFile.of("none.yml", "None", request -> List.of());

    assertThatThrownBy(() -> estate.repository().replace(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.yml");
  }

  @Test
  void memoryMb_machineOfHotdash_isTwoGigabytes() {
    assertThat(estate.flyApp().machines()).allMatch(machine -> machine.memoryMb() == 2_048);
  }

  @Test
  void shopify_pinged_answers() throws Exception {
    var token = estate.shopify().app().token();

    var answer =
        Raw.send(
            "POST",
            URI.create(estate.shopify().address() + "/admin/api/2026-10/graphql.json"),
            "{\"query\":\"{ shop { name myshopifyDomain } }\"}",
            "X-Shopify-Access-Token",
            token.reveal(),
            "Content-Type",
            "application/json");

    assertThat(answer.body()).contains("hotdash-dev.myshopify.com", "\"requestedQueryCost\":1");
  }
}
