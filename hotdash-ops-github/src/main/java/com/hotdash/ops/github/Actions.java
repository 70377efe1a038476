package com.hotdash.ops.github;

import com.hotdash.ops.github.GitHubException.Kind;
import com.hotdash.ops.pipeline.Annotation;
import com.hotdash.ops.pipeline.Job;
import com.hotdash.ops.pipeline.PendingDeployment;
import com.hotdash.ops.pipeline.Phases;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.pipeline.State;
import com.hotdash.ops.pipeline.StepRun;
import com.hotdash.ops.pipeline.WorkflowState;
import com.hotdash.ops.time.Deadline;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The workflow runs of one repository, as GitHub tells them. Thread-safe. */
final class Actions {
  static final int MOST_RUNS = 1000;
  private static final int MOST_PAGES = 10;

  private final GitHubApi api;
  private final Phases phases;

  Actions(GitHubApi api, Phases phases) {
    this.api = api;
    this.phases = phases;
  }

  Run run(long id, Deadline deadline) {
    var call = api.get("run.get", "run " + id, "actions", "runs", Long.toString(id));
    return whole(call, deadline);
  }

  Run attempt(long id, int attempt, Deadline deadline) {
    var call =
        api.get(
            "run.attempt",
            "attempt " + attempt + " of run " + id,
            "actions",
            "runs",
            Long.toString(id),
            "attempts",
            Integer.toString(attempt));
    return whole(call, deadline);
  }

  private Run whole(Call call, Deadline deadline) {
    var run = run(Fields.of(api.read(call, deadline)));
    if (run == null) {
      throw api.notUnderstood(call.operation(), "a run without id");
    }
    return run;
  }

  Runs runs(RunQuery query, Deadline deadline) {
    var request =
        query.workflow() == null
            ? api.get("runs.list", "runs", "actions", "runs")
            : api.get(
                "runs.list",
                "runs of workflow " + query.workflow(),
                "actions",
                "workflows",
                query.workflow(),
                "runs");
    param(request, "branch", query.branch());
    param(request, "head_sha", query.sha());
    param(request, "event", query.event());
    param(request, "status", query.status());
    var since = query.createdSince();
    param(request, "created", since == null ? null : ">=" + since.truncatedTo(ChronoUnit.SECONDS));
    param(request, "exclude_pull_requests", "true");
    int pages = (query.most() + GitHubApi.PER_PAGE - 1) / GitHubApi.PER_PAGE;
    var answer = api.pages(request, "workflow_runs", pages, deadline);
    var runs =
        answer.items().stream()
            .map(Actions::run)
            .filter(Objects::nonNull)
            .limit(query.most())
            .toList();
    return new Runs(runs, cut(answer, runs.size()));
  }

  private static @Nullable String cut(GitHubApi.Pages answer, int kept) {
    if (answer.total() > kept && kept >= MOST_RUNS) {
      return "GitHub gives 1,000 runs at most and counts %,d".formatted(answer.total());
    }
    if (kept < answer.items().size() || answer.cut() != null || answer.total() > kept) {
      return "%,d of %,d runs".formatted(kept, Math.max(answer.total(), answer.items().size()))
          + (answer.cut() == null ? "" : ", " + answer.cut());
    }
    return null;
  }

  private static void param(Call request, String name, @Nullable String value) {
    if (value != null) {
      request.param(name, value);
    }
  }

  static @Nullable Run run(Fields json) {
    if (json.number("id") == 0) {
      return null;
    }
    var trigger = json.object("triggering_actor").text("login");
    return new Run(
        json.number("id"),
        file(json.text("path", "")),
        json.text("name"),
        json.text("display_title"),
        json.count("run_number"),
        Math.max(1, json.count("run_attempt")),
        json.text("event", ""),
        State.of(json.text("status"), json.text("conclusion")),
        json.text("head_branch"),
        json.text("head_sha"),
        json.instant("created_at"),
        json.instant("run_started_at"),
        json.instant("updated_at"),
        trigger == null ? json.object("actor").text("login") : trigger,
        json.text("html_url", ""));
  }

  // A reusable workflow's path carries a ref: .github/workflows/deploy.yml@refs/heads/main.
  private static String file(String path) {
    int at = path.indexOf('@');
    var clean = at < 0 ? path : path.substring(0, at);
    return clean.substring(clean.lastIndexOf('/') + 1);
  }

  /** The jobs of one attempt, and why there may be more. */
  Jobs jobs(long runId, int attempt, Deadline deadline) {
    var request =
        api.get(
            "jobs.list",
            "jobs of run " + runId + ", attempt " + attempt + ",",
            "actions",
            "runs",
            Long.toString(runId),
            "attempts",
            Integer.toString(attempt),
            "jobs");
    var answer = api.pages(request, "jobs", MOST_PAGES, deadline);
    var jobs = new ArrayList<Job>();
    for (var json : answer.items()) {
      jobs.add(job(json));
    }
    return new Jobs(jobs, answer.cut());
  }

  private Job job(Fields json) {
    var name = json.text("name", "");
    var steps = new ArrayList<StepRun>();
    for (var step : json.objects("steps")) {
      steps.add(
          new StepRun(
              step.count("number"),
              step.text("name", ""),
              State.of(step.text("status"), step.text("conclusion")),
              step.instant("started_at"),
              step.instant("completed_at")));
    }
    return new Job(
        json.number("id"),
        json.number("run_id"),
        Math.max(1, json.count("run_attempt")),
        name,
        phases.of(name),
        State.of(json.text("status"), json.text("conclusion")),
        json.instant("started_at"),
        json.instant("completed_at"),
        steps,
        json.text("html_url", ""));
  }

  /** What tools remarked on a job; a job's id is its check run's id too. 404 means none. */
  Annotations annotations(long jobId, Deadline deadline) {
    try {
      var id = Long.toString(jobId);
      var request =
          api.get("annotations.list", "annotations of job " + id, "check-runs", id, "annotations");
      var pages = api.pages(request, null, 2, deadline);
      return new Annotations(pages.items().stream().map(this::annotation).toList(), pages.cut());
    } catch (GitHubException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return new Annotations(List.of(), null);
      }
      throw e;
    }
  }

  private Annotation annotation(Fields json) {
    var title = json.text("title");
    return new Annotation(
        json.text("path", ""),
        json.count("start_line"),
        json.count("end_line"),
        json.text("annotation_level", ""),
        title == null ? null : api.redactor().redact(title),
        api.redactor().redact(shortened(json.text("message", ""))));
  }

  private static String shortened(String text) {
    return text.length() > LogLines.LONGEST ? text.substring(0, LogLines.LONGEST) + "…" : text;
  }

  List<PendingDeployment> pendingDeployments(long runId, Deadline deadline) {
    var request =
        api.get(
            "run.pendingDeployments",
            "approvals of run " + runId,
            "actions",
            "runs",
            Long.toString(runId),
            "pending_deployments");
    return Fields.array(api.read(request, deadline)).stream().map(Actions::pending).toList();
  }

  private static PendingDeployment pending(Fields json) {
    var environment = json.object("environment");
    var reviewers = new ArrayList<String>();
    for (var each : json.objects("reviewers")) {
      var who = each.object("reviewer");
      var name = who.text("login", who.text("slug", who.text("name", "")));
      if (!name.isEmpty()) {
        reviewers.add(name);
      }
    }
    return new PendingDeployment(
        environment.number("id"),
        environment.text("name", ""),
        json.flag("current_user_can_approve"),
        reviewers);
  }

  /** The text of a workflow's file at a ref. Needs {@code contents: read}. */
  String workflowFile(String file, String ref, Deadline deadline) {
    var about = "file .github/workflows/" + file + " at " + ref;
    var call =
        api.get("workflow.file", about, "contents", ".github", "workflows", file)
            .param("ref", ref)
            .header("Accept", "application/vnd.github.raw+json");
    return api.read(call, deadline).text();
  }

  WorkflowState workflow(String file, Deadline deadline) {
    var request = api.get("workflow.get", "workflow " + file, "actions", "workflows", file);
    var json = Fields.of(api.read(request, deadline));
    return new WorkflowState(
        json.number("id"),
        json.has("path") ? file(json.text("path", file)) : file,
        json.text("name", ""),
        json.text("state", "no state"));
  }

  /**
   * Annotations.
   *
   * @param cut why there may be more, or {@code null}
   */
  record Annotations(List<Annotation> all, @Nullable String cut) {
    Annotations {
      all = List.copyOf(all);
    }
  }

  /**
   * Jobs.
   *
   * @param cut why there may be more, or {@code null}
   */
  record Jobs(List<Job> jobs, @Nullable String cut) {
    Jobs {
      jobs = List.copyOf(jobs);
    }
  }
}
