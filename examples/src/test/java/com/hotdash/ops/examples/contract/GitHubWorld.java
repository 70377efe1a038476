package com.hotdash.ops.examples.contract;

import com.hotdash.ops.github.GitHubClient;
import com.hotdash.ops.runbook.RunbookBuilder;
import com.hotdash.ops.runbook.RunbookProcedures;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.testkit.github.GitHubServer;
import com.hotdash.ops.testkit.github.JobLog;
import com.hotdash.ops.testkit.github.JobScript;
import com.hotdash.ops.testkit.github.Repository;
import com.hotdash.ops.testkit.github.StepScript;
import com.hotdash.ops.testkit.github.WorkflowFile;
import com.hotdash.ops.testkit.github.WorkflowInput;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** HotDash's workflows at a simulated GitHub, after a deploy that failed in passing. */
final class GitHubWorld implements World {
  static final Secret TOKEN = Secret.of("github_pat_contract_0123456789");
  static final String DEPLOY = "deploy-production.yml";

  final FakeTime time = FakeTime.startingAt(Instant.parse("2026-11-23T03:00:00Z"));
  private final GitHubServer github = GitHubServer.start(time.time());
  final Repository hotdash = github.repository("acme", "hotdash");
  private final WorkflowFile file;
  private boolean again;
  private Duration lag = Duration.ZERO;
  private final long run;
  private int theirs;

  private GitHubWorld(boolean over) {
    github.grantAll(TOKEN, hotdash);
    file =
        WorkflowFile.of(DEPLOY, "Deploy", request -> List.of(job(over)))
            .dispatchable(WorkflowInput.optional("reason"));
    hotdash.add(file);
    run = hotdash.push(DEPLOY, "faster orders");
    time.advance(over ? Duration.ofMinutes(30) : Duration.ofSeconds(12));
    hotdash.settle();
    again = true;
  }

  static GitHubWorld failed() {
    return new GitHubWorld(true);
  }

  static GitHubWorld running() {
    return new GitHubWorld(false);
  }

  static GitHubWorld disabled() {
    var world = failed();
    world.switchWorkflow("disable");
    return world;
  }

  /** What failed in passing passes when it is made again; what runs does so for hours. */
  private JobScript job(boolean over) {
    var fails = over && !again;
    var takes = over ? Duration.ofSeconds(10) : Duration.ofHours(2);
    var work = new StepScript("npm ci", fails ? "failure" : "success", takes, false);
    return JobScript.of("build", JobLog.of(List.of("npm ci")), work);
  }

  String run() {
    return Long.toString(run);
  }

  void rerun() {
    call("POST", "runs/" + run + "/rerun-failed-jobs");
  }

  void switchWorkflow(String verb) {
    call("PUT", "workflows/" + DEPLOY + "/" + verb);
  }

  /** Somebody deletes the workflow's file and writes one of that name again. */
  void writeAnew() {
    hotdash.remove(DEPLOY);
    hotdash.add(file);
  }

  private String call(String method, String path) {
    theirs += method.equals("GET") ? 0 : 1;
    var request =
        HttpRequest.newBuilder(URI.create(github.address() + "/repos/acme/hotdash/actions/" + path))
            .header("Authorization", "Bearer " + TOKEN.reveal())
            .header("Accept", "application/vnd.github+json")
            .header("User-Agent", "somebody")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public RunbookBuilder process(Life life) {
    var late = new Time(() -> time.now().minus(lag), time.time().ticker(), time.time().sleeper());
    var client =
        GitHubClient.builder()
            .token(TOKEN)
            .repository("acme/hotdash")
            .baseUrl(github.address().toString())
            .transport(life.transport())
            .time(late)
            .build();
    return RunbookProcedures.builder().time(time.time()).pipeline(client.pipeline()).owns(client);
  }

  /** Whoever else changed something did so with requests that were counted. */
  @Override
  public List<String> effects() {
    return github.site().requests().stream()
        .filter(each -> !each.method().equals("GET"))
        .skip(theirs)
        .map(each -> each.method() + " " + each.path())
        // A workflow is switched off once, however often somebody says so.
        .collect(ArrayList::new, GitHubWorld::add, ArrayList::addAll);
  }

  private static void add(List<String> effects, String request) {
    if (!request.startsWith("PUT") || !effects.contains(request)) {
      effects.add(request);
    }
  }

  @Override
  public String state() {
    var workflow =
        call("GET", "workflows/" + DEPLOY).replaceAll(".*\"state\":\"([a-z_]*)\".*", "$1");
    return workflow + " " + hotdash.runCount(DEPLOY) + " " + hotdash.runState(run);
  }

  @Override
  public void pass(Duration by) {
    time.advance(by);
  }

  @Override
  public void readOldData() {
    lag = Duration.ofHours(2);
  }

  @Override
  public List<String> secrets() {
    return List.of(TOKEN.reveal());
  }

  @Override
  public void close() {
    github.close();
  }
}
