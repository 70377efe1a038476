package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.web.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs, jobs and workflows as GitHub prints them. */
final class RunJson {
  private RunJson() {}

  static Map<String, @Nullable Object> run(Ask ask, Run run, Attempt attempt) {
    var file = run.workflow.file;
    var url = ask.api("/actions/runs/" + run.id);
    var json = Json.of("id", run.id, "name", file.name(), "display_title", run.title);
    json.putAll(
        Json.of("path", file.path(), "workflow_id", run.workflow.id, "run_number", run.number));
    json.putAll(Json.of("run_attempt", attempt.number, "event", run.event));
    json.put("status", attempt.status(run.needsApproval()));
    json.put("conclusion", attempt.ended ? attempt.conclusion : null);
    json.putAll(Json.of("head_branch", run.ref, "head_sha", run.sha));
    json.put("created_at", Stamps.seconds(run.createdAt));
    json.put("run_started_at", Stamps.seconds(attempt.requestedAt));
    json.put("updated_at", Stamps.seconds(updated(ask, attempt)));
    json.put("actor", Json.of("login", run.actor));
    json.put("triggering_actor", Json.of("login", run.actor));
    json.put("html_url", ask.web("/actions/runs/" + run.id));
    json.putAll(Json.of("url", url, "jobs_url", url + "/jobs", "logs_url", url + "/logs"));
    json.put(
        "previous_attempt_url",
        attempt.number == 1 ? null : url + "/attempts/" + (attempt.number - 1));
    json.put(
        "head_commit",
        Json.of(
            "id",
            run.sha,
            "message",
            run.title,
            "timestamp",
            Stamps.seconds(run.createdAt),
            "author",
            Json.of("name", "Dev One")));
    return json;
  }

  private static Instant updated(Ask ask, Attempt attempt) {
    if (attempt.ended && attempt.endsAt != null) {
      return attempt.endsAt;
    }
    var now = ask.repository().time.now();
    var last = attempt.startedAt == null ? attempt.requestedAt : attempt.startedAt;
    for (var job : attempt.jobs) {
      for (var step : job.steps()) {
        if (!step.endsAt().isAfter(now) && step.endsAt().isAfter(last)) {
          last = step.endsAt();
        }
      }
    }
    return last;
  }

  static Map<String, @Nullable Object> job(Ask ask, Run run, Job job) {
    var now = ask.repository().time.now();
    boolean begun = !job.startedAt().isAfter(now);
    boolean done = !job.endsAt().isAfter(now);
    boolean runner = begun && !job.conclusion().equals("skipped");
    var json = Json.of("id", job.id(), "run_id", run.id, "run_attempt", job.attempt());
    json.put("name", job.script().name());
    json.put("workflow_name", run.workflow.file.name());
    json.putAll(Json.of("head_branch", run.ref, "head_sha", run.sha));
    json.put("status", done ? "completed" : begun ? "in_progress" : "queued");
    json.put("conclusion", done ? job.conclusion() : null);
    json.put("created_at", Stamps.seconds(run.createdAt));
    json.put("started_at", begun ? Stamps.seconds(job.startedAt()) : null);
    json.put("completed_at", done ? Stamps.seconds(job.endsAt()) : null);
    json.put("labels", List.of("ubuntu-latest"));
    json.put("runner_name", runner ? "GitHub Actions 7" : null);
    json.put("html_url", ask.web("/actions/runs/" + run.id + "/job/" + job.id()));
    json.put("check_run_url", ask.api("/check-runs/" + job.id()));
    json.put("steps", begun ? steps(job, now) : List.of());
    return json;
  }

  private static List<Object> steps(Job job, Instant now) {
    var list = new ArrayList<Object>();
    for (var step : job.steps()) {
      boolean begun = !step.startedAt().isAfter(now);
      boolean done = begun && !step.endsAt().isAfter(now);
      boolean skipped = step.conclusion().equals("skipped");
      list.add(
          Json.of(
              "number", step.number(),
              "name", step.name(),
              "status", done ? "completed" : begun ? "in_progress" : "queued",
              "conclusion", done ? step.conclusion() : null,
              "started_at", begun && !skipped ? Stamps.step(step.startedAt(), step.number()) : null,
              "completed_at", done && !skipped ? Stamps.step(step.endsAt(), step.number()) : null));
    }
    return list;
  }

  static Map<String, @Nullable Object> workflow(Ask ask, Workflow workflow) {
    return Json.of(
        "id", workflow.id,
        "name", workflow.file.name(),
        "path", workflow.file.path(),
        "state", workflow.state,
        "url", ask.api("/actions/workflows/" + workflow.id),
        "html_url", ask.web("/blob/main/" + workflow.file.path()));
  }
}
