package com.hotdash.ops.github;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** A GitHub that answers each path as it was told, and 404 as GitHub does else. */
final class Hub extends Dispatcher {
  static final String TOKEN = "ghp_canary0123456789abcdef";
  static final Instant NOW = Instant.parse("2026-11-23T10:20:00Z");
  static final String REPO = "/repos/acme/hotdash";

  final FakeTime time = FakeTime.startingAt(NOW);
  final List<RecordedRequest> asked = new CopyOnWriteArrayList<>();
  private final Map<String, MockResponse> answers = new ConcurrentHashMap<>();
  private final MockWebServer server;

  Hub(MockWebServer server) {
    this.server = server;
    server.setDispatcher(this);
  }

  /** Answers a path below the repository; one with a query is preferred to one without. */
  Hub on(String path, String json) {
    return on(path, response(200, json).build());
  }

  Hub on(String path, MockResponse answer) {
    answers.put(REPO + path, answer);
    return this;
  }

  /** Answers a path that is not below the repository. */
  Hub page(String path, String json) {
    return page(path, response(200, json).build());
  }

  Hub page(String path, MockResponse answer) {
    answers.put(path, answer);
    return this;
  }

  static MockResponse.Builder response(int status, String body) {
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Type", "application/json; charset=utf-8")
        .addHeader("X-GitHub-Request-Id", "0F0F:1234")
        .body(body);
  }

  GitHubClient.Builder builder() {
    return GitHubClient.builder()
        .token(Secret.of(TOKEN))
        .repository("acme/hotdash")
        .baseUrl(server.url("/").toString())
        .time(time.time());
  }

  GitHubClient client() {
    return builder().build();
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    asked.add(request);
    var target = request.getTarget();
    var whole = answers.get(target);
    int query = target.indexOf('?');
    var plain = answers.get(query < 0 ? target : target.substring(0, query));
    if (whole != null) {
      return whole;
    }
    return plain == null
        ? response(404, "{\"message\":\"Not Found\",\"status\":\"404\"}").build()
        : plain;
  }

  static String run(long id, String status, @Nullable String conclusion, String more) {
    return """
        {"id": %d, "name": "Deploy production", "display_title": "Deploy: fix tile cache",
         "path": ".github/workflows/deploy-production.yml", "workflow_id": 4242,
         "run_number": 118, "run_attempt": 2, "event": "push",
         "status": "%s", "conclusion": %s,
         "head_branch": "main", "head_sha": "5f0c1d2e3a4b5c6d7e8f90112233445566778899",
         "created_at": "2026-11-23T10:00:02Z", "run_started_at": "2026-11-23T10:06:40Z",
         "updated_at": "2026-11-23T10:11:09Z",
         "actor": {"login": "dev1"}, "triggering_actor": {"login": "oncall1"},
         "html_url": "https://github.com/acme/hotdash/actions/runs/%d", "head_commit": null%s}"""
        .formatted(id, status, conclusion == null ? "null" : '"' + conclusion + '"', id, more);
  }

  static String runs(int total, String... runs) {
    return "{\"total_count\": " + total + ", \"workflow_runs\": [" + String.join(",", runs) + "]}";
  }

  static String jobs(String... jobs) {
    return "{\"total_count\": " + jobs.length + ", \"jobs\": [" + String.join(",", jobs) + "]}";
  }

  static String job(long id, String name, String conclusion, String steps) {
    return """
        {"id": %d, "run_id": 7, "run_attempt": 2, "name": "%s", "status": "completed",
         "conclusion": "%s", "started_at": "2026-11-23T10:06:44Z",
         "completed_at": "2026-11-23T10:08:01Z", "labels": ["ubuntu-latest"],
         "html_url": "https://github.com/acme/hotdash/actions/runs/7/job/%d", "steps": %s}"""
        .formatted(id, name, conclusion, id, steps);
  }

  /** A step that failed after ones that did not, and one that failed as its result. */
  static final String FAILED_STEPS =
      """
      [{"number": 1, "name": "Set up job", "status": "completed", "conclusion": "success",
        "started_at": "2026-11-23T10:06:44.000Z", "completed_at": "2026-11-23T10:06:46.000Z"},
       {"number": 5, "name": "npm run build", "status": "completed", "conclusion": "failure",
        "started_at": "2026-11-23T11:07:10.000+01:00", "completed_at": "2026-11-23T10:07:59Z"},
       {"number": 6, "name": "Upload", "status": "completed", "conclusion": "failure",
        "started_at": "2026-11-23T10:07:59Z", "completed_at": "2026-11-23T10:08:00Z"},
       {"number": 9, "name": "Later", "status": "completed", "conclusion": "skipped",
        "started_at": null, "completed_at": null}]""";
}
