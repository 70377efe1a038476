package com.hotdash.ops.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.github.GitHubServer;
import com.hotdash.ops.testkit.github.JobLog;
import com.hotdash.ops.testkit.github.JobScript;
import com.hotdash.ops.testkit.github.Repository;
import com.hotdash.ops.testkit.github.StepScript;
import com.hotdash.ops.testkit.github.WorkflowFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command that tells of a workflow run, against a simulated GitHub. */
class RunTest {
  private static final String DEPLOY = "deploy-production.yml";
  private static final Secret TOKEN = Secret.of("github_pat_cli_0123456789abc");

  private final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final GitHubServer github = GitHubServer.start(time.time());
  private final Repository hotdash = github.repository("acme", "hotdash");
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void start(@TempDir Path directory) {
    github.grantAll(TOKEN, hotdash);
    variables.put("HOTDASH_OPS_JOURNAL", directory.resolve("j.jsonl").toString());
    variables.put("GITHUB_TOKEN", TOKEN.reveal());
    variables.put("GITHUB_REPOSITORY", "acme/hotdash");
    variables.put("GITHUB_API_URL", github.address().toString());
  }

  @AfterEach
  void stop() {
    github.close();
  }

  private long run(boolean fails, Duration age) {
    var step = fails ? StepScript.failing("npm ci") : StepScript.passing("npm ci");
    var log =
        JobLog.of(
            List.of(
                "token " + TOKEN.reveal(),
                "##[error]src/tiles.ts(12,5): error TS2322: Type 'string' is wrong."));
    hotdash.add(
        WorkflowFile.of(DEPLOY, "Deploy", request -> List.of(JobScript.of("build", log, step))));
    long id = hotdash.push(DEPLOY, "fix tile cache");
    time.advance(age);
    return id;
  }

  @ParameterizedTest
  @CsvSource({"true, PT30M, 1, PROBLEM", "false, PT30M, 0, OK", "false, PT4S, 3, UNKNOWN"})
  void run_state_isTheExitCode(boolean fails, Duration age, int code, String verdict) {
    var id = Long.toString(run(fails, age));

    var ran = Ran.in(variables, "run", id);
    var json = Ran.in(variables, "run", id, "--json");

    assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(code);
    assertThat(ran.out()).contains("[" + verdict + "]", "run " + id);
    assertThat(ran.err()).isEmpty();
    assertThat(json.code()).isEqualTo(code);
    assertThat(json.json().path("kind").asText()).isEqualTo("run");
    assertThat(json.json().path("verdict").asText()).isEqualTo(verdict);
  }

  @Test
  void run_failed_showsJobStepErrorsAndLogWithoutTheToken() {
    var id = Long.toString(run(true, Duration.ofMinutes(30)));

    var ran = Ran.in(variables, "run", id);
    var json = Ran.in(variables, "run", id, "--json");

    assertThat(ran.out())
        .contains(
            "job \"build\"", "npm ci", "TYPE src/tiles.ts:12 TS2322", "##[error]", "token ***")
        .doesNotContain(TOKEN.reveal());
    assertThat(json.json().path("failedStep").asText()).isEqualTo("npm ci");
    assertThat(json.json().at("/errors/0/kind").asText()).isEqualTo("TYPE");
    assertThat(json.json().at("/errors/0/line").asInt()).isEqualTo(12);
    assertThat(json.json().path("log").toString()).contains("TS2322");
    assertThat(json.out()).doesNotContain(TOKEN.reveal());
  }

  @Test
  void run_unknownOrUnreachable_isUnknown() {
    var ran = Ran.in(variables, "run", "4711");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("404", "the token may see");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "run x", "run 0", "run -- -5", "run 1 2"})
  void run_misused_isUsage(String line) {
    assertThat(Ran.in(variables, line.split(" ")).code()).isEqualTo(2);
    assertThat(github.site().requests()).isEmpty();
  }

  @Test
  void run_notConfigured_namesTheVariable() {
    variables.remove("GITHUB_REPOSITORY");

    var ran = Ran.in(variables, "run", "1");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("set GITHUB_REPOSITORY to owner/name");
  }
}
