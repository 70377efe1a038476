package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.pipeline.Conclusion;
import com.hotdash.ops.pipeline.Phase;
import com.hotdash.ops.pipeline.RunStatus;
import java.time.Duration;
import java.time.Instant;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubRunsTest {
  @StartStop private final MockWebServer server = new MockWebServer();

  @Test
  void run_asDocumented_isReadWhole() {
    var hub = new Hub(server).on("/actions/runs/7", Hub.run(7, "completed", "failure", ""));
    try (var client = hub.client()) {
      var run = client.run(7);

      assertThat(run.file()).isEqualTo("deploy-production.yml");
      assertThat(run.attempt()).isEqualTo(2);
      assertThat(run.actor()).isEqualTo("oncall1");
      assertThat(run.state().conclusion()).isEqualTo(Conclusion.FAILURE);
      // From the attempt's start, not from the creation of the run.
      assertThat(run.duration()).contains(Duration.ofSeconds(269));
      assertThat(run)
          .hasToString(
              "deploy-production.yml #118 run 7 attempt 2: completed/failure, main@5f0c1d2, since"
                  + " 2026-11-23T10:06:40Z");
    }
  }

  @Test
  void run_nullsAndUnknownWords_areKept() {
    var hub =
        new Hub(server)
            .on(
                "/actions/runs/7",
                "{\"id\":7,\"name\":null,\"status\":\"teleporting\",\"conclusion\":\"sideways\","
                    + "\"actor\":null,\"head_commit\":null,\"created_at\":\"yesterday\"}");
    try (var client = hub.client()) {
      var run = client.run(7);

      assertThat(run.state().status()).isEqualTo(RunStatus.UNKNOWN);
      assertThat(run.state().conclusion()).isEqualTo(Conclusion.UNKNOWN);
      assertThat(run.state().raw()).isEqualTo("teleporting/sideways");
      assertThat(run.state().succeeded()).isFalse();
      assertThat(run.createdAt()).isNull();
      assertThat(run.duration()).isEmpty();
    }
  }

  @Test
  void runs_query_isSentEncoded() {
    var hub = new Hub(server).on("/actions/workflows/deploy-production.yml/runs", Hub.runs(0));
    try (var client = hub.client()) {
      var runs =
          client.runs(
              RunQuery.ALL
                  .workflow("deploy-production.yml")
                  .branch("main")
                  .sha("abc")
                  .event("push")
                  .status("queued")
                  .createdSince(Instant.parse("2026-11-23T10:00:00.5Z"))
                  .most(10));

      assertThat(runs.runs()).isEmpty();
      assertThat(runs.cut()).isNull();
      assertThat(hub.asked.get(0).getUrl().queryParameter("created"))
          .isEqualTo(">=2026-11-23T10:00:00Z");
      assertThat(hub.asked.get(0).getTarget()).contains("created=%3E%3D2026");
    }
  }

  @Test
  void runs_nextPage_isFollowedAsGivenAndCapped() {
    var next = server.url("/repositories/77/actions/runs?after=c2&per_page=100");
    var hub = new Hub(server);
    hub.on(
        "/actions/runs",
        Hub.response(200, Hub.runs(2, Hub.run(1, "queued", null, "")))
            .addHeader("Link", "<" + next + ">; rel=\"next\", <" + next + ">; rel=\"last\"")
            .build());
    hub.page("/repositories/77/actions/runs", Hub.runs(2, Hub.run(2, "queued", null, "")));
    try (var client = hub.client()) {
      assertThat(client.runs(RunQuery.ALL.most(200)).runs()).hasSize(2);
      var capped = client.runs(RunQuery.ALL.most(100));
      assertThat(capped.runs()).hasSize(1);
      assertThat(capped.cut()).contains("1 of 2 runs").contains("cut after 1 pages");
    }
  }

  /** Facts 2: with a condition GitHub gives 1,000 runs at most, whatever it counts. */
  @Test
  void runs_moreThanGitHubGives_sayHowManyThereAre() {
    var hub = new Hub(server);
    for (int page = 1; page <= 10; page++) {
      var runs = new String[100];
      for (int i = 0; i < 100; i++) {
        runs[i] = Hub.run(page * 1000L + i, "completed", "success", "");
      }
      var answer = Hub.response(200, Hub.runs(4321, runs));
      if (page < 10) {
        var next = server.url("/repositories/77/runs?page=" + (page + 1));
        answer.addHeader("Link", "<" + next + ">; rel=\"next\"");
      }
      if (page == 1) {
        hub.on("/actions/runs", answer.build());
      } else {
        hub.page("/repositories/77/runs?page=" + page, answer.build());
      }
    }
    try (var client = hub.client()) {
      var runs = client.runs(RunQuery.ALL.status("success").most(1000));

      assertThat(runs.runs()).hasSize(1000);
      assertThat(runs.cut()).isEqualTo("GitHub gives 1,000 runs at most and counts 4,321");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example.com/x?page=2", "http://127.0.0.1:1/x", "::not an address"})
  void runs_nextPageElsewhere_getsNoToken(String next) {
    var hub = new Hub(server);
    hub.on(
        "/actions/runs",
        Hub.response(200, Hub.runs(2, Hub.run(1, "queued", null, "")))
            .addHeader("Link", "<" + next + ">; rel=\"next\"")
            .build());
    try (var client = hub.client()) {
      assertThat(client.runs(RunQuery.ALL.most(500)).cut()).contains("another host");
      assertThat(hub.asked).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"10, 0", "11, 1"})
  void jobs_manyPages_areAllReadUpToTheCapWhichIsTold(int pages, int told) {
    var hub = new Hub(server).on("/actions/runs/7", Hub.run(7, "completed", "success", ""));
    for (int page = 1; page <= pages; page++) {
      var next = server.url("/repositories/77/jobs?page=" + (page + 1));
      var answer = Hub.response(200, Hub.jobs(Hub.job(page, "build " + page, "success", "[]")));
      if (page < pages) {
        answer.addHeader("Link", "<" + next + ">; rel=\"next\"");
      }
      if (page == 1) {
        hub.on("/actions/runs/7/attempts/2/jobs", answer.build());
      } else {
        hub.page("/repositories/77/jobs?page=" + page, answer.build());
      }
    }
    try (var client = hub.client()) {
      var detail = client.failedLog(7);

      assertThat(detail.jobs()).extracting(job -> job.name()).hasSize(10).contains("build 10");
      assertThat(detail.notFatal()).hasSize(told);
      assertThat(
              String.join("", detail.notFatal()).contains("not all jobs were read: cut after 10"))
          .isEqualTo(told == 1);
      assertThat(detail.toString().contains("not all jobs were read")).isEqualTo(told == 1);
    }
  }

  @Test
  void jobs_asDocumented_haveStepsAndPhase() {
    var hub = new Hub(server).on("/actions/runs/7", Hub.run(7, "completed", "failure", ""));
    hub.on(
        "/actions/runs/7/attempts/2/jobs",
        Hub.jobs(
            Hub.job(25001, "build (20.x)", "failure", Hub.FAILED_STEPS),
            Hub.job(25002, "caller / deploy", "skipped", "null")));
    try (var client = hub.client()) {
      var jobs = client.jobs(client.run(7));

      assertThat(jobs.get(0).phase()).isEqualTo(Phase.BUILD);
      assertThat(jobs.get(0).failedStep().orElseThrow().number()).isEqualTo(5);
      assertThat(jobs.get(0).failedStep().orElseThrow().startedAt())
          .isEqualTo(Instant.parse("2026-11-23T10:07:10Z"));
      assertThat(jobs.get(1).steps()).isEmpty();
      assertThat(jobs.get(1).phase()).isEqualTo(Phase.DEPLOY);
    }
  }

  @Test
  void pendingDeployments_tellWhoMayApprove() {
    var hub =
        new Hub(server)
            .on(
                "/actions/runs/7/pending_deployments",
                """
                [{"environment":{"id":1,"name":"production"},"current_user_can_approve":false,
                  "wait_timer":0,"reviewers":[{"type":"User","reviewer":{"login":"boss"}},
                  {"type":"Team","reviewer":{"slug":"ops"}},{"reviewer":null}]}]""");
    try (var client = hub.client()) {
      assertThat(client.pendingDeployments(7))
          .singleElement()
          .hasToString("waits for approval of environment production by boss, ops");
    }
  }

  @Test
  void workflow_disabled_isNotActive() {
    var hub =
        new Hub(server)
            .on(
                "/actions/workflows/deploy-production.yml",
                "{\"id\":4242,\"path\":\".github/workflows/deploy-production.yml\","
                    + "\"state\":\"disabled_inactivity\"}");
    try (var client = hub.client()) {
      var workflow = client.workflow("deploy-production.yml");
      assertThat(workflow.active()).isFalse();
      assertThat(workflow).hasToString("deploy-production.yml: disabled_inactivity");
    }
  }

  @Test
  void rateLimit_withAndWithoutTopLevelRate_isRead() {
    var hub = new Hub(server);
    hub.page(
        "/rate_limit",
        "{\"resources\":{\"core\":{\"limit\":5000,\"remaining\":4999,\"used\":1,"
            + "\"reset\":1795429500}}}");
    try (var client = hub.client()) {
      assertThat(client.rateLimit().remaining()).isEqualTo(4999);
      assertThat(client.rateLimit().resetsAt()).isEqualTo(Instant.ofEpochSecond(1795429500));
    }
  }
}
