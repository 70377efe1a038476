package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.hotdash.ops.github.GitHubException.Kind;
import com.hotdash.ops.http.HttpProtocolException;
import com.hotdash.ops.pipeline.WorkflowStart;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.junit5.StartStop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GitHubErrorsTest {
  @StartStop private final MockWebServer server = new MockWebServer();

  private GitHubException refusal(MockResponse answer) {
    var hub = new Hub(server).on("/actions/runs/1", answer);
    try (var client = hub.client()) {
      var thrown = catchThrowableOfType(GitHubException.class, () -> client.run(1));
      assertThat(thrown.getMessage()).doesNotContain(Hub.TOKEN);
      return thrown;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          401 | {"message":"Bad credentials","status":"401"} | NOT_AUTHENTICATED | Bad credentials
          403 | {"message":"Resource not accessible by personal access token"} | NOT_PERMITTED | not accessible
          404 | {"message":"Not Found"} | NOT_FOUND | Not Found
          410 | {"message":"Gone"} | GONE | Gone
          409 | {"message":"Cannot cancel a workflow run"} | CONFLICT | Cannot cancel
          422 | {"message":"Validation Failed","errors":[{"resource":"Issue","field":"title","code":"missing_field"}]} | INVALID | title: missing_field
          422 | {"message":"Validation Failed","errors":[{"field":"body","code":"custom","message":"body is too long"}]} | INVALID | body: custom, body is too long
          422 | {"message":"Unexpected","errors":["one","two"]} | INVALID | one; two
          422 | {"message":"Unexpected","errors":"just text"} | INVALID | just text
          422 | {"message":null,"errors":7} | INVALID | errors
          400 | {"message":"Problems parsing JSON"} | INVALID | Problems
          451 | {} | REFUSED | 451
          500 | `` | UNAVAILABLE | empty body
          502 | <html><title>Unicorn!</title></html> | UNAVAILABLE | HTML page "Unicorn!"
          401 | {"message": "cut | NOT_AUTHENTICATED | cut
          403 | {"message":"token ghp_canary0123456789abcdef is bad"} | NOT_PERMITTED | *** is bad
          """)
  void refusal_anyShape_isTold(int status, String body, Kind kind, String told) {
    var thrown = refusal(Hub.response(status, body).build());

    assertThat(thrown.kind()).isEqualTo(kind);
    assertThat(thrown.status()).isEqualTo(status);
    assertThat(thrown).hasMessageContaining(told).hasMessageContaining("acme/hotdash");
    assertThat(thrown.nextStep()).isPresent();
    assertThat(thrown.outcomeUnknown()).isFalse();
  }

  @Test
  void refusal_acceptedPermissions_standInTheNextStep() {
    var thrown =
        refusal(
            Hub.response(403, "{\"message\":\"Resource not accessible by integration\"}")
                .addHeader("X-Accepted-GitHub-Permissions", "actions=read")
                .build());

    assertThat(thrown.nextStep().orElseThrow()).contains("actions=read").contains("classic");
    assertThat(thrown.requestId()).contains("0F0F:1234");
  }

  static List<Arguments> callsForWhatIsNotThere() {
    return List.of(
        asking("run 42", client -> client.run(42)),
        asking("attempt 3 of run 42", client -> client.attempt(42, 3)),
        asking("run 42", client -> client.failedLog(42)),
        asking("workflow nope.yml", client -> client.workflow("nope.yml")),
        asking(
            "runs of workflow nope.yml", client -> client.runs(RunQuery.ALL.workflow("nope.yml"))),
        asking("approvals of run 42", client -> client.pendingDeployments(42)),
        asking("run 42", client -> client.rerunFailedJobs(42)),
        asking("run 42", client -> client.cancel(42)),
        asking("workflow nope.yml", client -> client.disable("nope.yml")),
        asking("workflow nope.yml", client -> client.enable("nope.yml")),
        asking(
            "workflow nope.yml at main",
            client -> client.dispatch(WorkflowStart.of("nope.yml", "main"))),
        asking("a new issue", client -> client.createIssue("title", "body")));
  }

  private static Arguments asking(String about, Consumer<GitHubClient> call) {
    return Arguments.of(about, call);
  }

  /** Facts 1: no such thing, no such repository, or a token that may not see it: all are 404. */
  @ParameterizedTest
  @MethodSource("callsForWhatIsNotThere")
  void refusal_notFound_namesWhatWasAskedForAndBothReasons(
      String about, Consumer<GitHubClient> call) {
    var hub = new Hub(server);
    try (var client = hub.client()) {
      var thrown = catchThrowableOfType(GitHubException.class, () -> call.accept(client));

      assertThat(thrown.problem())
          .isEqualTo(about + " of acme/hotdash: GitHub answered 404: Not Found");
      assertThat(thrown.nextStep().orElseThrow())
          .isEqualTo(
              "check that there is such a thing as "
                  + about
                  + " of acme/hotdash, and that the token may see it: GitHub answers 404 to both");
      assertThat(thrown.outcomeUnknown()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          403 | x-ratelimit-remaining: 0 | x-ratelimit-reset: 1795429500 | API rate limit exceeded | RATE_LIMITED | 301
          429 | x-ratelimit-remaining: 0 | retry-after: 20 | too many | RATE_LIMITED | 20
          403 | retry-after: 90 | x-ratelimit-remaining: 4000 | slow down | SECONDARY_RATE_LIMITED | 90
          403 | x-ratelimit-remaining: 4000 | - | You have exceeded a secondary rate limit. | SECONDARY_RATE_LIMITED | 60
          403 | - | - | You have triggered an abuse detection mechanism | SECONDARY_RATE_LIMITED | 60
          403 | gh-limited-by: search-elapsed-time-shared-grouped | - | no | SECONDARY_RATE_LIMITED | 60
          429 | - | - | no | SECONDARY_RATE_LIMITED | 60
          403 | retry-after: Mon, 23 Nov 2026 10:21:30 GMT | Date: Mon, 23 Nov 2026 10:20:00 GMT | no | SECONDARY_RATE_LIMITED | 90
          """)
  void refusal_limit_tellsTheWaitAndSendsNoFurtherCall(
      int status, String one, String two, String message, Kind kind, long seconds) {
    var answer = Hub.response(status, "{\"message\":\"" + message + "\"}");
    if (one != null) {
      answer.addHeader(one);
    }
    if (two != null) {
      answer.addHeader(two);
    }
    var hub = new Hub(server).on("/actions/runs/1", answer.build());
    hub.on("/actions/runs/2", Hub.run(2, "completed", "success", ""));
    try (var client = hub.client()) {
      var thrown = catchThrowableOfType(GitHubException.class, () -> client.run(1));

      assertThat(thrown.kind()).isEqualTo(kind);
      assertThat(thrown.rateLimited()).isTrue();
      assertThat(thrown.retryable()).isTrue();
      assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(seconds));
      assertThatThrownBy(() -> client.run(2)).hasMessageContaining("not sent");
      assertThat(hub.asked).hasSize(1);
      hub.time.advance(Duration.ofSeconds(seconds));
      assertThat(client.run(2).id()).isEqualTo(2);
    }
  }

  @Test
  void refusal_secondaryLimitAgain_waitsTwiceAsLong() {
    var hub = new Hub(server).on("/actions/runs/1", Hub.response(429, "{}").build());
    try (var client = hub.client()) {
      assertThatThrownBy(() -> client.run(1)).hasMessageContaining("wait 60 s");
      hub.time.advance(Duration.ofSeconds(60));
      assertThatThrownBy(() -> client.run(1)).hasMessageContaining("wait 120 s");
    }
  }

  /** Facts 4: a read is made again, two or three times; a start, comment or re-run never is. */
  @ParameterizedTest
  @CsvSource({"502", "503", "504"})
  void call_githubNotWell_onlyReadsAreMadeAgain(int status) {
    var unwell = Hub.response(status, "<title>Unicorn!</title>").build();
    var hub = new Hub(server).on("/actions/runs/1", unwell);
    hub.on("/actions/runs/1/rerun-failed-jobs", unwell).on("/issues", unwell);
    hub.on("/actions/workflows/a.yml/dispatches", unwell);
    try (var client = hub.client()) {
      assertThatThrownBy(() -> client.run(1)).isInstanceOf(GitHubException.class);
      assertThat(hub.asked).hasSizeBetween(2, 4);
      hub.asked.clear();

      var writes =
          List.<Runnable>of(
              () -> client.rerunFailedJobs(1),
              () -> client.createIssue("title", "body"),
              () -> client.dispatch(WorkflowStart.of("a.yml", "main")));
      for (var write : writes) {
        var thrown = catchThrowableOfType(GitHubException.class, write::run);
        assertThat(thrown.outcomeUnknown()).isTrue();
        assertThat(thrown.nextStep()).contains("look whether the change was made");
      }
      assertThat(hub.asked).hasSize(writes.size());
    }
  }

  static List<Arguments> slips() {
    return List.of(
        asking("a run's id is 1 or more, not -1", client -> client.run(-1)),
        asking("an attempt is 1 or more, not 0", client -> client.attempt(7, 0)),
        asking("an attempt is 1 or more, not 0", client -> client.failedLog(7, 0)),
        asking("a run's id is 1 or more, not 0", client -> client.failedLog(0)),
        asking("a run's id is 1 or more, not 0", client -> client.cancel(0)),
        asking("a run's id is 1 or more, not 0", client -> client.rerunFailedJobs(0)),
        asking("a job's id is 1 or more, not 0", client -> client.annotations(0)),
        asking("a workflow is named by its file", client -> client.workflow("")),
        asking("a workflow is named by its file", client -> client.enable("../x")),
        asking("a workflow is named by its file", client -> client.disable("Deploy")));
  }

  @ParameterizedTest
  @MethodSource("slips")
  void call_cannotBeMeant_isRefusedBeforeAnyRequest(String told, Consumer<GitHubClient> call) {
    var hub = new Hub(server);
    try (var client = hub.client()) {
      assertThatThrownBy(() -> call.accept(client))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(told);
    }
    assertThat(hub.asked).isEmpty();
  }

  /** GitHub answers 403 also where it is the state, and not the token, that does not allow it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "This workflow run has no failed jobs to rerun. | its state does not allow this, or",
        "This workflow is already running | its state does not allow this, or",
        "Resource not accessible by personal access token | give the token the permission",
        "Must have admin rights to Repository. | give the token the permission"
      })
  void refusal_403_tellsRightsFromState(String message, String next) {
    var thrown = refusal(Hub.response(403, "{\"message\":\"" + message + "\"}").build());

    assertThat(thrown.nextStep().orElseThrow()).startsWith(next);
    assertThat(thrown.problem()).doesNotEndWith(".");
  }

  @Test
  void read_plain500_isMadeOnceMore() {
    var hub = new Hub(server).on("/actions/runs/1", Hub.response(500, "").build());
    try (var client = hub.client()) {
      assertThatThrownBy(() -> client.run(1)).isInstanceOf(GitHubException.class);
    }
    assertThat(hub.asked).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"``", "<html>proxy</html>", "{\"id\": 1", "[]", "null"})
  void read_notGitHubsJson_isNotTakenForAnAnswer(String body) {
    var hub = new Hub(server).on("/actions/runs/1", body);
    try (var client = hub.client()) {
      assertThatThrownBy(() -> client.run(1)).isInstanceOf(HttpProtocolException.class);
    }
  }

  @Test
  void read_objectWithoutId_isNotUnderstood() {
    var hub = new Hub(server).on("/actions/runs/1", "{\"id\": \"abc\"}");
    try (var client = hub.client()) {
      assertThatThrownBy(() -> client.run(1))
          .isInstanceOfSatisfying(
              GitHubException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_UNDERSTOOD));
    }
  }

  @Test
  void everyCall_carriesGitHubsHeaders() {
    var hub = new Hub(server).on("/actions/runs/1", Hub.run(1, "queued", null, ""));
    try (var client = hub.client()) {
      client.run(1);
    }
    var headers = hub.asked.get(0).getHeaders();
    assertThat(headers.get("Accept")).isEqualTo("application/vnd.github+json");
    assertThat(headers.get("Authorization")).isEqualTo("Bearer " + Hub.TOKEN);
    assertThat(headers.get("X-GitHub-Api-Version")).isEqualTo("2022-11-28");
    assertThat(headers.get("User-Agent")).isNotBlank();
  }
}
