package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.runbook.Environment;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.text.Page;
import com.hotdash.ops.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubPortTest {
  @StartStop private final MockWebServer server = new MockWebServer();

  private static void look(Hub hub, Consumer<PipelineLook> eyes) {
    try (var client = hub.client();
        var look = client.pipeline().look(Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
      eyes.accept(look);
    }
  }

  private static Hub nothingActive(Hub hub) {
    for (var status : new String[] {"in_progress", "queued", "waiting", "pending", "requested"}) {
      hub.on(active(status), Hub.runs(0));
    }
    return hub;
  }

  private static String active(String status) {
    return "/actions/runs?status=" + status + "&exclude_pull_requests=true&per_page=100";
  }

  @Test
  void inFlight_oldQueuedDeploy_isFoundAndOthersLeftOut() {
    var hub = nothingActive(new Hub(server));
    var other = Hub.run(9, "queued", null, "").replace("deploy-production", "smoke-tests");
    hub.on(active("queued"), Hub.runs(2, Hub.run(8, "queued", null, ""), other));
    look(
        hub,
        look -> {
          var runs = look.inFlight().toOptional().orElseThrow();
          assertThat(runs.runs()).extracting(run -> run.id()).containsExactly(8L);
          assertThat(look.inFlight().evidenceIfRead().orElseThrow().byHand())
              .contains("gh run list");
        });
  }

  @Test
  void inFlight_oneStateNotHad_isUnreadAsAWhole() {
    var hub = nothingActive(new Hub(server));
    hub.on(active("waiting"), Hub.response(403, "{\"message\":\"no\"}").build());
    look(
        hub,
        look ->
            assertThat(look.inFlight().obstacle().orElseThrow().why())
                .isEqualTo(Why.NOT_PERMITTED));
  }

  @Test
  void deploys_oneWorkflowMissing_saysSo() {
    var hub = new Hub(server);
    hub.on(
        "/actions/workflows/deploy-production.yml/runs",
        Hub.runs(1, Hub.run(8, "completed", "startup_failure", "")));
    hub.on("/actions/runs/8/attempts/2/jobs", Hub.jobs());
    look(
        hub,
        look -> {
          assertThat(look.deploys().evidenceIfRead().orElseThrow().coverage())
              .contains("no such workflow: rollback-production.yml");
          var latest = look.latest().toOptional().orElseThrow();
          assertThat(latest.problem()).isEqualTo(RunProblem.STARTUP_FAILURE);
          assertThat(look.latest().evidenceIfRead().orElseThrow().byHand())
              .isEqualTo("gh run view 8 --log-failed -R acme/hotdash");
        });
  }

  @Test
  void watches_runs_areThoseOfTheWatchingWorkflows() {
    var hub = new Hub(server);
    hub.on(
        "/actions/workflows/production-monitoring.yml/runs",
        Hub.runs(1, Hub.run(8, "completed", "failure", "")));
    hub.on(
        "/actions/workflows/smoke-tests.yml/runs",
        Hub.runs(1, Hub.run(9, "completed", "success", "")));
    look(
        hub,
        look -> {
          assertThat(look.watches().toOptional().orElseThrow().runs())
              .extracting(run -> run.id() + " " + run.state().succeeded())
              .containsExactly("9 true", "8 false");
          assertThat(look.watches().evidenceIfRead().orElseThrow().byHand())
              .isEqualTo("gh run list -w production-monitoring.yml -R acme/hotdash");
        });
  }

  @Test
  void watches_otherWorkflows_areAskedForAndTheMissingNamed() {
    var hub = new Hub(server);
    hub.on(
        "/actions/workflows/probe.yml/runs", Hub.runs(1, Hub.run(8, "completed", "success", "")));
    try (var client =
            GitHubClient.builder()
                .token(Secret.of(Hub.TOKEN))
                .repository("acme/hotdash")
                .baseUrl(server.url("/").toString())
                .watchWorkflows("probe.yml", "gone.yml")
                .build();
        var look = client.pipeline().look(Time.SYSTEM.deadline(Duration.ofSeconds(10)))) {
      var read = look.watches();

      assertThat(read.toOptional().orElseThrow().runs()).hasSize(1);
      assertThat(read.evidenceIfRead().orElseThrow().coverage()).contains("gone.yml");
      assertThatThrownBy(() -> GitHubClient.builder().watchWorkflows())
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void staging_itsWorkflows_areAskedForAndNoOthers() {
    var hub = new Hub(server);
    hub.on(
        "/actions/workflows/deploy-staging.yml/runs",
        Hub.runs(1, Hub.run(8, "completed", "success", "")));
    look(
        hub,
        look -> {
          var read = look.staging();

          assertThat(read.toOptional().orElseThrow().runs())
              .extracting(run -> run.id())
              .containsExactly(8L);
          assertThat(read.evidenceIfRead().orElseThrow().coverage())
              .contains("rollback-staging.yml");
        });
    assertThatThrownBy(() -> GitHubClient.builder().stagingWorkflows())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deploys_noWorkflowSeen_isUnread() {
    look(
        new Hub(server),
        look -> {
          assertThat(look.watches().obstacle().orElseThrow().why()).isEqualTo(Why.NOT_PERMITTED);
          assertThat(look.deploys().obstacle().orElseThrow().why()).isEqualTo(Why.NOT_PERMITTED);
          assertThat(look.latest().obstacle()).isPresent();
        });
  }

  @Test
  void readings_serverGone_areUnread() {
    var hub = new Hub(server);
    server.close();
    look(
        hub,
        look -> {
          assertThat(look.inFlight().obstacle().orElseThrow().why()).isEqualTo(Why.UNREACHABLE);
          assertThat(look.deploys().obstacle()).isPresent();
          assertThat(look.latest().obstacle()).isPresent();
          assertThat(look.watches().obstacle()).isPresent();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"inFlight", "deploys", "latest", "watches"})
  void close_readingUnderWay_endsItAtOnceAndLeavesTheThreadAsItWas(String which) throws Exception {
    var asked = new CountDownLatch(1);
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            asked.countDown();
            return new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE).build();
          }
        });
    try (var client =
        GitHubClient.builder()
            .token(Secret.of(Hub.TOKEN))
            .repository("acme/hotdash")
            .baseUrl(server.url("/").toString())
            .callTimeout(Duration.ofMinutes(5))
            .build()) {
      var look = client.pipeline().look(Time.SYSTEM.deadline(Duration.ofMinutes(5)));
      var thread = Executors.newSingleThreadExecutor();
      try {
        var reading =
            thread.submit(
                () ->
                    switch (which) {
                      case "inFlight" -> look.inFlight().obstacle();
                      case "deploys" -> look.deploys().obstacle();
                      case "watches" -> look.watches().obstacle();
                      default -> look.latest().obstacle();
                    });
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        look.close();

        var obstacle = reading.get(20, TimeUnit.SECONDS).orElseThrow();
        assertThat(obstacle.why()).isEqualTo(Why.CANCELLED);
        assertThat(obstacle.detail()).isEqualTo("the look was closed");
        assertThat(thread.submit(() -> Thread.currentThread().isInterrupted()).get()).isFalse();
      } finally {
        thread.shutdownNow();
      }
    }
  }

  @Test
  void latest_waitingRun_saysWhoMayApprove() {
    var hub = new Hub(server);
    hub.on(
        "/actions/workflows/deploy-production.yml/runs",
        Hub.runs(1, Hub.run(8, "waiting", null, "")));
    hub.on("/actions/runs/8/attempts/2/jobs", Hub.jobs(Hub.job(1, "build", "success", "[]")));
    hub.on(
        "/actions/runs/8/pending_deployments",
        """
        [{"environment":{"id":1,"name":"production"},"current_user_can_approve":false,
          "wait_timer":0,"reviewers":[{"type":"User","reviewer":{"login":"lead1"}}]}]""");
    look(
        hub,
        look -> {
          var latest = look.latest().toOptional().orElseThrow();
          assertThat(latest.problem()).isEqualTo(RunProblem.WAITING_FOR_APPROVAL);
          assertThat(latest.toString())
              .contains("waits for approval of environment production by lead1");
        });
  }

  @Test
  void readings_closed_areCancelled() {
    look(
        new Hub(server),
        look -> {
          look.close();
          assertThat(look.inFlight().obstacle().orElseThrow().why()).isEqualTo(Why.CANCELLED);
        });
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      quoteCharacter = '`',
      value = {
        "ghp_x, -, GITHUB_REPOSITORY is not set",
        "-, acme/hotdash, GITHUB_TOKEN is not set",
        "ghp_x, acme, GITHUB_REPOSITORY is not owner/name",
        "ghp_x, ../.., GITHUB_REPOSITORY is not owner/name",
        "ghp_\u00e4\u00e4secretive, acme/hotdash, GITHUB_TOKEN or GITHUB_API_URL cannot be used"
      })
  void vendorModule_badSetting_showsUpAndDoesNotThrow(
      @Nullable String token, @Nullable String repository, String told) {
    var variables = new HashMap<String, String>();
    if (token != null) {
      variables.put("GITHUB_TOKEN", token);
    }
    if (repository != null) {
      variables.put("GITHUB_REPOSITORY", repository);
    }
    try (var runbook = runbook(variables)) {
      assertThat(runbook.estate().toString()).contains(told);
      assertThat(runbook.checkAccess().toString()).contains(told).doesNotContain("secretive");
      assertThat(runbook.checkAccess().complete()).isFalse();
    }
  }

  @Test
  void vendorModule_nothingSet_addsNothing() {
    try (var runbook = runbook(Map.of())) {
      assertThat(runbook.estate().parts()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "- | - | www.githubstatus.com",
        "https://api.github.com | - | www.githubstatus.com",
        "https://ghes.example.com/api/v3 | - | -",
        "- | github=https://status.example.com | status.example.com",
        "- | other=https://status.example.com | www.githubstatus.com"
      })
  void vendorModule_statusPage_isGitHubsOwnUnlessSaidOtherwise(
      @Nullable String api,
      @Nullable String pages,
      @Nullable String page,
      @TempDir Path directory) {
    var variables = new HashMap<String, String>();
    variables.put("GITHUB_TOKEN", Hub.TOKEN);
    variables.put("GITHUB_REPOSITORY", "acme/hotdash");
    variables.put("HOTDASH_OPS_JOURNAL", directory.resolve("j.jsonl").toString());
    if (api != null) {
      variables.put("GITHUB_API_URL", api);
    }
    if (pages != null) {
      variables.put("HOTDASH_OPS_STATUSPAGE_URLS", pages);
    }
    try (var runbook = RunbookProcedures.fromEnvironment(Environment.of(variables))) {
      var estate = runbook.estate().toString();
      assertThat(estate.contains("www.githubstatus.com"))
          .isEqualTo("www.githubstatus.com".equals(page));
      assertThat(estate).contains(page == null ? "acme/hotdash" : page);
    }
  }

  @Test
  void vendorModule_badSetting_alertsSayThatNobodyWasTold() {
    try (var runbook = runbook(Map.of("GITHUB_TOKEN", Hub.TOKEN))) {
      var delivery =
          runbook.escalation().over(Incident.HIGH_ERROR_RATE, "", Page.builder().build());

      assertThat(delivery.delivered()).isFalse();
      assertThat(delivery.toString()).contains("GITHUB_REPOSITORY is not set");
    }
  }

  private static RunbookProcedures runbook(Map<String, String> variables) {
    var builder = RunbookProcedures.builder();
    new GitHubVendorModule().configure(Environment.of(variables), builder);
    return builder.build();
  }

  @Test
  void runbook_fromVariables_hasTheRepositoryAndItsAccess() {
    var hub = new Hub(server);
    hub.on(
        "",
        Hub.response(200, "{\"default_branch\":\"main\",\"permissions\":{\"push\":true}}")
            .addHeader("Github-Authentication-Token-Expiration", "2026-11-30 15:04:05 -0700")
            .addHeader("X-OAuth-Scopes", "gist, repo")
            .build());
    hub.on("/actions/runs", Hub.runs(0));
    hub.on("/issues", "[]");
    var variables =
        Map.of(
            "GITHUB_TOKEN",
            Hub.TOKEN,
            "GITHUB_REPOSITORY",
            "acme/hotdash",
            "GITHUB_API_URL",
            server.url("/").toString());
    try (var runbook = runbook(variables)) {
      assertThat(runbook.estate().toString()).contains("repository acme/hotdash");
      assertThat(runbook.redactor().redact("a " + Hub.TOKEN)).isEqualTo("a ***");
      assertThat(runbook.checkAccess().toString())
          .contains("see acme/hotdash", "read runs", "read issues", "scope repo, push")
          .contains("read annotations (checks: read): ")
          .doesNotContain(Hub.TOKEN);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-01 15:04:05 UTC, 2026-12-01T15:04:05Z",
    "2026-12-01 15:04:05 -0700, 2026-12-01T22:04:05Z",
    "2026-12-01 15:04:05 +02:00, 2026-12-01T13:04:05Z",
    "2026-12-01T15:04:05Z, 2026-12-01T15:04:05Z"
  })
  void expiry_everyForm_isUnderstood(String header, Instant at) {
    assertThat(GitHubAccess.expiry(header)).isEqualTo(at);
  }

  @Test
  void expiry_otherForm_isNotGuessed() {
    assertThat(GitHubAccess.expiry("soon")).isNull();
    assertThat(GitHubAccess.expiry(null)).isNull();
  }
}
