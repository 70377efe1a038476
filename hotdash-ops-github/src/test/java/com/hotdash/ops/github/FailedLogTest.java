package com.hotdash.ops.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.pipeline.BuildError;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.secret.Secret;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import mockwebserver3.junit5.StartStop;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailedLogTest {
  private static final String LOG =
      "\uFEFF2026-11-23T10:06:45.0000001Z ##[group]Run actions/setup-node\r\n"
          + "2026-11-23T10:06:46.0000001Z ##[error]noise of an earlier step\r\n"
          + "2026-11-23T10:07:10.1000000Z last line of the step before\r\n"
          + "2026-11-23T10:07:10.2000000Z ##[group]Run npm run build\r\n"
          + "2026-11-23T10:07:10.3000000Z ##[endgroup]\r\n"
          + "2026-11-23T10:07:50.0000000Z \u001b[36;1mtoken ghp_canary0123456789abcdef\u001b[0m\r\n"
          + "2026-11-23T10:07:58.0000000Z ##[error]src/tiles.ts(12,5): error TS2322: Type"
          + " 'string' is not assignable to type 'number'.\r\n"
          + "2026-11-23T10:07:59.0000000Z ##[error]Process completed with exit code 2.\r\n"
          + "2026-11-23T10:07:59.5000000Z ##[group]Run actions/upload-artifact\r\n"
          + "2026-11-23T10:07:59.6000000Z ##[error]No files were found\r\n";

  @StartStop private final MockWebServer server = new MockWebServer();
  @StartStop private final MockWebServer store = new MockWebServer();

  private Hub failed() {
    var hub = new Hub(server).on("/actions/runs/7", Hub.run(7, "completed", "failure", ""));
    hub.on(
        "/actions/runs/7/attempts/2/jobs",
        Hub.jobs(
            Hub.job(25000, "pre-deploy", "success", "[]"),
            Hub.job(25001, "build", "failure", Hub.FAILED_STEPS)));
    hub.on(
        "/actions/jobs/25001/logs",
        redirect(store.url("/log?sig=abcdefghijklmnop1234").toString()));
    return hub;
  }

  private static MockResponse redirect(String location) {
    return Hub.response(302, "").addHeader("Location", location).build();
  }

  private void stored(int status, String body) {
    store.enqueue(new MockResponse.Builder().code(status).body(body).build());
  }

  private static RunDetail detail(Hub hub) {
    try (var client = hub.client()) {
      return client.failedLog(7);
    }
  }

  private static <T> T had(@Nullable T value) {
    assertThat(value).isNotNull();
    return Objects.requireNonNull(value);
  }

  @Test
  void failedLog_redirected_goesWithoutCredentialsAndFindsTheStep() throws Exception {
    stored(200, LOG);

    var detail = detail(failed());

    var asked = store.takeRequest();
    assertThat(asked.getHeaders().names())
        .doesNotContain("Authorization", "X-GitHub-Api-Version", "Cookie");
    assertThat(detail.problem()).isEqualTo(RunProblem.FAILED);
    assertThat(had(detail.failedJob()).name()).isEqualTo("build");
    assertThat(had(detail.failedStep()).number()).isEqualTo(5);
    var log = had(detail.log()).toOptional().orElseThrow();
    assertThat(log.totalLines()).isEqualTo(10);
    assertThat(log.stepLines()).isEqualTo(5);
    assertThat(log.truncated()).isFalse();
    assertThat(log.lines()).extracting(line -> line.number()).containsExactly(4L, 5L, 6L, 7L, 8L);
    assertThat(log.lines().get(2).text()).isEqualTo("token ***");
    assertThat(log.lines().get(0).at()).isEqualTo("2026-11-23T10:07:10.200Z");
    assertThat(detail.errors())
        .containsExactly(
            new BuildError(
                BuildError.Kind.TYPE,
                "src/tiles.ts",
                12,
                "TS2322: Type 'string' is not assignable to type 'number'."));
    assertThat(detail.worthOneRerun()).isFalse();
    assertThat(had(detail.log()).evidenceIfRead().orElseThrow().byHand())
        .isEqualTo("gh run view 7 --log-failed -R acme/hotdash");
    assertThat(detail.toString()).contains("npm run build").doesNotContain("canary", "sig=");
    assertThat(detail.toString().lines().count()).isLessThanOrEqualTo(24);
  }

  @ParameterizedTest
  @CsvSource({
    "404, TOO_LITTLE_DATA",
    "410, TOO_LITTLE_DATA",
    "403, UNREACHABLE",
    "400, UNREACHABLE"
  })
  void failedLog_storeRefuses_isNoEvidenceAndKeepsTheAddressSecret(int status, Why why) {
    stored(status, "<Error>String to sign was abcdefghijklmnop1234</Error>");

    var detail = detail(failed());

    assertThat(had(detail.failedStep()).number()).isEqualTo(5);
    var obstacle = had(detail.log()).obstacle().orElseThrow();
    assertThat(obstacle.why()).isEqualTo(why);
    assertThat(detail.toString()).doesNotContain("abcdefghijklmnop1234");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void failedLog_expired_isNoEvidence(int status) {
    var hub = failed().on("/actions/jobs/25001/logs", Hub.response(status, "{}").build());

    var obstacle = had(detail(hub).log()).obstacle().orElseThrow();
    assertThat(obstacle.why()).isEqualTo(Why.TOO_LITTLE_DATA);
    assertThat(obstacle.remedy()).contains("expired");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ftp://x/y", "http://", "::"})
  void failedLog_redirectNowhere_isRefused(String location) {
    var hub = failed().on("/actions/jobs/25001/logs", redirect(location));

    assertThat(had(detail(hub).log()).obstacle().orElseThrow().detail()).contains("not followed");
  }

  @Test
  void failedLog_breaksOff_keepsWhatCame() {
    store.enqueue(
        new MockResponse.Builder()
            .body(LOG.repeat(50))
            .onResponseBody(new SocketEffect.CloseSocket())
            .build());

    var log = had(detail(failed()).log()).toOptional().orElseThrow();

    assertThat(log.incomplete()).contains("gave no answer");
    assertThat(log.lines())
        .extracting(line -> line.text())
        .anyMatch(text -> text.contains("TS2322"));
    assertThat(store.getRequestCount()).as("what was read in part is not asked for again").isOne();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void failedLog_overTheBound_keepsWhatCameAndSaysSo(boolean announced) {
    var answer = new MockResponse.Builder();
    store.enqueue(
        (announced ? answer.body(LOG.repeat(50)) : answer.chunkedBody(LOG.repeat(50), 1000))
            .build());
    try (var client = failed().builder().maxLogBytes(4096).build()) {
      var detail = client.failedLog(7);

      var log = had(detail.log()).toOptional().orElseThrow();
      assertThat(log.incomplete()).isEqualTo("it has more than 4,096 bytes, the bound");
      assertThat(log.truncated()).isTrue();
      assertThat(log.totalLines()).isBetween(40L, 60L);
      assertThat(detail.errors()).extracting(BuildError::kind).contains(BuildError.Kind.TYPE);
      assertThat(had(detail.log()).evidenceIfRead().orElseThrow().coverage())
          .contains("log not read to its end");
    }
  }

  @Test
  void failedLog_storeBusyAtFirst_asksAgainAndNeverShowsWhoWeAre() throws Exception {
    store.enqueue(
        new MockResponse.Builder().code(503).addHeader("Set-Cookie", "id=1; Path=/").build());
    stored(200, LOG);

    assertThat(had(detail(failed()).log()).toOptional()).isPresent();

    for (int i = 0; i < 2; i++) {
      nobody(store.takeRequest());
    }
  }

  @Test
  void failedLog_storeLeadsOn_isFollowedAndNeverShowsWhoWeAre() throws Exception {
    var third = new MockWebServer();
    try (third) {
      third.start();
      third.enqueue(new MockResponse.Builder().body(LOG).build());
      store.enqueue(
          new MockResponse.Builder()
              .code(307)
              .addHeader("Set-Cookie", "id=1; Path=/")
              .addHeader("Location", third.url("/moved?sig=zyxwvutsrqponmlk98").toString())
              .build());

      var detail = detail(failed());

      assertThat(had(detail.log()).toOptional()).isPresent();
      nobody(store.takeRequest());
      nobody(third.takeRequest());
      assertThat(detail.toString()).doesNotContain("sig=", "zyxwvutsrqponmlk98");
    }
  }

  private static void nobody(RecordedRequest asked) {
    assertThat(asked.getHeaders().names())
        .allSatisfy(
            name ->
                assertThat(name.toLowerCase(Locale.ROOT))
                    .isIn("host", "user-agent", "connection", "accept", "accept-encoding"));
    assertThat(asked.getHeaders().toString()).doesNotContain(Hub.TOKEN);
  }

  @Test
  void failedLog_fromHttpsToHttp_isRefusedAndTheStoreIsNotAsked() {
    var location = store.url("/log?sig=abcdefghijklmnop1234").toString();
    // A GitHub by https without certificates: each answer comes from the transport itself.
    var https =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  var path = chain.request().url().encodedPath();
                  boolean log = path.endsWith("/logs");
                  return new Response.Builder()
                      .request(chain.request())
                      .protocol(Protocol.HTTP_1_1)
                      .code(log ? 302 : 200)
                      .message("")
                      .headers(log ? Headers.of("Location", location) : Headers.of())
                      .body(
                          ResponseBody.create(
                              path.endsWith("/jobs")
                                  ? Hub.jobs(Hub.job(25001, "build", "failure", Hub.FAILED_STEPS))
                                  : path.endsWith("/annotations")
                                      ? "[]"
                                      : Hub.run(7, "completed", "failure", ""),
                              MediaType.get("application/json")))
                      .build();
                })
            .build();
    try (var client =
        new Hub(server).builder().baseUrl("https://github.invalid").transport(https).build()) {
      var detail = client.failedLog(7);

      var obstacle = had(detail.log()).obstacle().orElseThrow();
      assertThat(obstacle.detail()).contains("it leads from https to http, to host");
      assertThat(detail.toString()).doesNotContain("abcdefghijklmnop1234");
      assertThat(store.getRequestCount()).isZero();
    }
  }

  @Test
  void failedLog_annotations_areJoined() {
    stored(200, "2026-11-23T10:07:59.0Z ##[error]Process completed with exit code 1.\n");
    var hub =
        failed()
            .on(
                "/check-runs/25001/annotations",
                """
                [{"path":"app/root.tsx","start_line":4,"end_line":4,"annotation_level":"failure",
                  "title":null,"message":"error TS2304: Cannot find name 'x'."},
                 {"path":".github","start_line":1,"annotation_level":"failure",
                  "message":"Process completed with exit code 1."},
                 {"path":"a.ts","start_line":1,"annotation_level":"warning","message":"unused"}]""");

    assertThat(detail(hub).errors())
        .singleElement()
        .isEqualTo(
            new BuildError(
                BuildError.Kind.TYPE, "app/root.tsx", 4, "error TS2304: Cannot find name 'x'."));
  }

  /** Facts 4: put a cap on pages, and say when it was hit. */
  @Test
  void failedLog_annotationsBeyondTheCap_areCutAndItIsSaid() {
    stored(200, LOG);
    var path = "/check-runs/25001/annotations";
    var one = "[{\"path\":\"a.ts\",\"annotation_level\":\"warning\",\"message\":\"unused\"}]";
    var next = "<" + server.url(Hub.REPO + path + "?page=2") + ">; rel=\"next\"";
    var hub = failed().on(path, Hub.response(200, one).addHeader("Link", next).build());

    var annotations = had(detail(hub).annotations());

    assertThat(annotations.toOptional().orElseThrow()).hasSize(2);
    assertThat(((Reading.Read<?>) annotations).evidence().coverage())
        .isEqualTo("cut after 2 pages");
  }

  /** Facts 2: steps may be missing or empty, for a job that never got a runner. */
  @Test
  void failedLog_jobWithoutSteps_isReadAsAWhole() {
    stored(200, LOG);
    var hub = failed();
    hub.on(
        "/actions/runs/7/attempts/2/jobs",
        "{\"total_count\":1,\"jobs\":[{\"id\":25001,\"name\":\"build\",\"status\":\"completed\","
            + "\"conclusion\":\"failure\",\"started_at\":null,\"completed_at\":null}]}");

    var detail = detail(hub);

    assertThat(detail.failedStep()).isNull();
    assertThat(had(detail.log()).toOptional().orElseThrow().lines()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({"403, true", "404, false"})
  void failedLog_annotationsNotHad_areNotFatal(int status, boolean unread) {
    stored(200, LOG);
    var hub = failed().on("/check-runs/25001/annotations", Hub.response(status, "{}").build());

    var detail = detail(hub);

    assertThat(had(detail.annotations()).obstacle().isPresent()).isEqualTo(unread);
    assertThat(detail.errors()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "completed, success, 1, NONE",
        "completed, failure, 1, FAILED",
        "completed, cancelled, 1, CANCELLED",
        "completed, timed_out, 1, TIMED_OUT",
        "completed, startup_failure, 0, STARTUP_FAILURE",
        "completed, action_required, 0, ACTION_REQUIRED",
        "completed, skipped, 0, NOTHING_DONE",
        "completed, stale, 0, NOTHING_DONE",
        "completed, neutral, 0, NOTHING_DONE",
        "completed, exploded, 1, UNKNOWN",
        "completed, -, 1, UNKNOWN",
        "teleporting, -, 1, UNKNOWN",
        "in_progress, -, 1, RUNNING",
        "waiting, -, 1, WAITING_FOR_APPROVAL",
        "pending, -, 0, HELD_BY_CONCURRENCY",
        "queued, -, 0, STUCK_IN_QUEUE",
        "requested, -, 0, STUCK_IN_QUEUE",
        "queued, -, 1, QUEUED"
      })
  void failedLog_everyState_isToldApart(
      String status, @Nullable String conclusion, int jobs, RunProblem problem) {
    var hub = new Hub(server).on("/actions/runs/7", Hub.run(7, status, conclusion, ""));
    hub.on(
        "/actions/runs/7/attempts/2/jobs",
        jobs == 0 ? Hub.jobs() : Hub.jobs(Hub.job(1, "build", "success", "[]")));

    var detail = detail(hub);

    assertThat(detail.problem()).isEqualTo(problem);
    assertThat(detail.waitingFor() != null).isEqualTo(status.equals("waiting"));
    // Facts 2: stuck runs are GitHub's own trouble, so its status page is where to look.
    assertThat(detail.toString().contains("status page"))
        .isEqualTo(problem == RunProblem.STUCK_IN_QUEUE);
  }

  @Test
  void failedLog_queuedNotForLong_isOnlyQueued() {
    var hub = new Hub(server).on("/actions/runs/7", Hub.run(7, "queued", null, ""));
    hub.on("/actions/runs/7/attempts/2/jobs", Hub.jobs());
    try (var client = hub.builder().queuedTooLong(Duration.ofHours(1)).build()) {
      assertThat(client.failedLog(7).problem()).isEqualTo(RunProblem.QUEUED);
    }
  }

  @Test
  void failedLog_greenRunWithFailures_namesThemAsNotFatal() {
    var hub = new Hub(server).on("/actions/runs/7", Hub.run(7, "completed", "success", ""));
    hub.on(
        "/actions/runs/7/attempts/2/jobs",
        Hub.jobs(
            Hub.job(1, "lint", "failure", Hub.FAILED_STEPS),
            Hub.job(2, "build", "success", Hub.FAILED_STEPS)));

    var detail = detail(hub);

    assertThat(detail.failedJob()).isNull();
    assertThat(detail.problem()).isEqualTo(RunProblem.NONE);
    assertThat(detail.notFatal()).hasSize(2);
    assertThat(hub.asked).hasSize(2);
  }

  @Test
  void client_text_holdsNoToken() {
    try (var client = new Hub(server).builder().token(Secret.of(Hub.TOKEN)).build()) {
      assertThat(client.toString()).contains("acme/hotdash").doesNotContain(Hub.TOKEN);
    }
  }
}
