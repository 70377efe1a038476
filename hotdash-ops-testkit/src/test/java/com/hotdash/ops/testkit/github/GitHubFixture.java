package com.hotdash.ops.testkit.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.web.Raw;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One GitHub with HotDash's repository, and a raw way to ask it. */
final class GitHubFixture implements AutoCloseable {
  static final String TOKEN = "made-up-token";
  static final String ROLLBACK = "rollback-production.yml";
  static final String REPO = "/repos/acme/hotdash";
  static final ObjectMapper MAPPER = new ObjectMapper();

  final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T10:00:00Z"));
  final GitHubServer github = GitHubServer.start(time.time());
  final Repository hotdash = github.repository("acme", "hotdash");

  GitHubFixture() {
    github.grantAll(Secret.of(TOKEN), hotdash);
    hotdash.add(
        WorkflowFile.of(ROLLBACK, "Rollback production", r -> List.of(passing("rollback")))
            .dispatchable(
                WorkflowInput.required("reason"), WorkflowInput.optional("target_version"))
            .concurrency("rollback-production")
            .titled("reason"));
  }

  static JobScript passing(String name) {
    return JobScript.of(name, JobLog.of(List.of("ok")), StepScript.passing("run"));
  }

  HttpResponse<String> ask(String method, String path, String body, String... more)
      throws IOException, InterruptedException {
    var headers = new String[4 + more.length];
    headers[0] = "Authorization";
    headers[1] = "Bearer " + TOKEN;
    headers[2] = "User-Agent";
    headers[3] = "test";
    System.arraycopy(more, 0, headers, 4, more.length);
    return Raw.send(method, URI.create(github.address() + path), body, headers);
  }

  HttpResponse<String> get(String path, String... more) throws IOException, InterruptedException {
    return ask("GET", path, "", more);
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return MAPPER.readTree(get(path).body());
  }

  HttpResponse<String> dispatch(String body) throws IOException, InterruptedException {
    return ask("POST", REPO + "/actions/workflows/" + ROLLBACK + "/dispatches", body);
  }

  void pass(int seconds) {
    time.advance(Duration.ofSeconds(seconds));
  }

  @Override
  public void close() {
    github.close();
  }
}
