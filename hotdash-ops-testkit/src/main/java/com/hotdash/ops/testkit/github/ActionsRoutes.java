package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes of workflows, runs, jobs and their logs. */
final class ActionsRoutes {
  private static final Duration KEPT = Duration.ofDays(90);
  private static final Set<String> FILTERS =
      Set.of("actor", "branch", "check_suite_id", "created", "event", "head_sha", "status");
  private static final int MOST_FILTERED = 1_000;

  private final LogSite logs;

  private ActionsRoutes(LogSite logs) {
    this.logs = logs;
  }

  static void addTo(Routes routes, LogSite logs) {
    var actions = new ActionsRoutes(logs);
    var read = Right.ACTIONS_READ;
    var write = Right.ACTIONS_WRITE;
    routes.add("GET", "actions/workflows", read, ActionsRoutes::workflows);
    routes.add(
        "GET",
        "actions/workflows/*",
        read,
        a -> Answer.json(200, RunJson.workflow(a, workflow(a))));
    routes.add("GET", "actions/workflows/*/runs", read, a -> runs(a, workflow(a)));
    routes.add("PUT", "actions/workflows/*/enable", write, a -> state(a, "active"));
    routes.add("PUT", "actions/workflows/*/disable", write, a -> state(a, "disabled_manually"));
    routes.add("POST", "actions/workflows/*/dispatches", write, Dispatch::answer);
    routes.add("GET", "actions/runs", read, a -> runs(a, null));
    routes.add("GET", "actions/runs/*", read, ActionsRoutes::run);
    routes.add("GET", "actions/runs/*/attempts/*", read, ActionsRoutes::attempt);
    routes.add("GET", "actions/runs/*/jobs", read, ActionsRoutes::jobs);
    routes.add("GET", "actions/runs/*/attempts/*/jobs", read, ActionsRoutes::attemptJobs);
    routes.add("POST", "actions/runs/*/rerun", write, a -> rerun(a, false));
    routes.add("POST", "actions/runs/*/rerun-failed-jobs", write, a -> rerun(a, true));
    routes.add("POST", "actions/runs/*/cancel", write, ActionsRoutes::cancel);
    routes.add("GET", "actions/runs/*/pending_deployments", read, ActionsRoutes::pending);
    routes.add("POST", "actions/runs/*/pending_deployments", write, ActionsRoutes::approve);
    routes.add("GET", "actions/jobs/*", read, ActionsRoutes::job);
    routes.add("GET", "actions/jobs/*/logs", read, actions::log);
    routes.add("GET", "check-runs/*/annotations", Right.CHECKS_READ, ActionsRoutes::annotations);
    routes.add("GET", "commits/*/check-runs", Right.CHECKS_READ, ActionsRoutes::checkRuns);
    routes.add("GET", "git/ref/heads/*", Right.CONTENTS_READ, ActionsRoutes::ref);
    routes.add("GET", "contents/.github/workflows", Right.CONTENTS_READ, ActionsRoutes::files);
    routes.add("GET", "contents/.github/workflows/*", Right.CONTENTS_READ, ActionsRoutes::file);
  }

  static Workflow workflow(Ask ask) {
    return ask.repository().findWorkflow(ask.part(0)).orElseThrow(Problem::notFound);
  }

  private static Answer ref(Ask ask) {
    var sha = ask.repository().refs.get(ask.part(0));
    if (sha == null) {
      throw Problem.notFound();
    }
    return Answer.json(
        200,
        Json.of(
            "ref", "refs/heads/" + ask.part(0), "object", Json.of("type", "commit", "sha", sha)));
  }

  private static Answer files(Ask ask) {
    return Answer.json(
        200,
        ask.repository().workflows.stream()
            .map(w -> Json.of("type", "file", "name", w.file.file(), "path", w.file.path()))
            .toList());
  }

  /** Only in raw form, at a ref that is there; every ref holds the same files. */
  private static Answer file(Ask ask) {
    var ref = ask.query("ref");
    if (ref != null && !ask.repository().refs.containsKey(ref)) {
      throw Problem.of(404, "No commit found for the ref " + ref);
    }
    var accept = String.valueOf(ask.call().header("accept"));
    if (!accept.startsWith("application/vnd.github.raw")) {
      throw Problem.of(415, "The simulator gives files as application/vnd.github.raw+json only");
    }
    return Answer.text(200, accept + "; charset=utf-8", workflow(ask).file.yaml());
  }

  private static Answer workflows(Ask ask) {
    var all = ask.repository().workflows;
    var pages = Pages.of(ask);
    var list = pages.cut(all).stream().map(w -> RunJson.workflow(ask, w)).toList();
    return pages.link(
        Answer.json(200, Json.of("total_count", all.size(), "workflows", list)), all.size());
  }

  private static Answer state(Ask ask, String state) {
    workflow(ask).state = state;
    return Answer.empty(204);
  }

  private static Answer runs(Ask ask, @Nullable Workflow of) {
    var found = new ArrayList<Run>();
    for (var run : ask.repository().runs.all()) {
      if ((of == null || run.workflow == of) && wanted(ask, run)) {
        found.add(0, run);
      }
    }
    boolean filtered = ask.call().query().keySet().stream().anyMatch(FILTERS::contains);
    var reachable = filtered ? found.subList(0, Math.min(MOST_FILTERED, found.size())) : found;
    var pages = Pages.of(ask);
    var list = pages.cut(reachable).stream().map(r -> RunJson.run(ask, r, r.latest())).toList();
    return pages.link(
        Answer.json(200, Json.of("total_count", found.size(), "workflow_runs", list)),
        reachable.size());
  }

  private static boolean wanted(Ask ask, Run run) {
    var status = ask.query("status");
    var created = ask.query("created");
    var latest = run.latest();
    return fits(ask, "actor", run.actor)
        && fits(ask, "branch", run.ref)
        && fits(ask, "event", run.event)
        && fits(ask, "head_sha", run.sha)
        && (created == null || Stamps.within(created, run.createdAt))
        && (status == null
            || status.equals(run.status())
            || (latest.ended && status.equals(latest.conclusion)));
  }

  private static boolean fits(Ask ask, String filter, String value) {
    var wanted = ask.query(filter);
    return wanted == null || wanted.equals(value);
  }

  private static Run found(Ask ask) {
    return ask.repository().run(ask.number(0)).orElseThrow(Problem::notFound);
  }

  private static Attempt foundAttempt(Ask ask) {
    return found(ask).attempts.stream()
        .filter(a -> a.number == ask.number(1))
        .findFirst()
        .orElseThrow(Problem::notFound);
  }

  private static Answer run(Ask ask) {
    var run = found(ask);
    return Answer.json(200, RunJson.run(ask, run, run.latest()));
  }

  private static Answer attempt(Ask ask) {
    return Answer.json(200, RunJson.run(ask, found(ask), foundAttempt(ask)));
  }

  private static Answer jobs(Ask ask) {
    var run = found(ask);
    var jobs = new ArrayList<Job>();
    if ("all".equals(ask.query("filter"))) {
      run.attempts.forEach(a -> jobs.addAll(a.jobs));
    } else {
      jobs.addAll(run.latest().jobs);
    }
    return jobList(ask, run, jobs);
  }

  private static Answer attemptJobs(Ask ask) {
    return jobList(ask, found(ask), foundAttempt(ask).jobs);
  }

  private static Answer jobList(Ask ask, Run run, List<Job> jobs) {
    var pages = Pages.of(ask);
    var list = pages.cut(jobs).stream().map(j -> RunJson.job(ask, run, j)).toList();
    return pages.link(
        Answer.json(200, Json.of("total_count", jobs.size(), "jobs", list)), jobs.size());
  }

  private static Answer rerun(Ask ask, boolean failedOnly) {
    var run = found(ask);
    var before = run.latest();
    if (!before.ended) {
      throw Problem.of(403, "This workflow is already running");
    }
    if (failedOnly && before.jobs.stream().noneMatch(Job::fails)) {
      throw Problem.of(403, "This workflow run has no failed jobs to rerun");
    }
    ask.repository().runs.rerun(run, failedOnly ? before.jobs : List.of());
    return Answer.json(201, Json.of());
  }

  private static Answer cancel(Ask ask) {
    var run = found(ask);
    if (ask.repository().runs.cancel(run)) {
      return Answer.json(202, Json.of());
    }
    throw Problem.of(
        409,
        run.latest().ended
            ? "Cannot cancel a workflow run that is completed."
            : "Cannot cancel a workflow run that has not been queued yet.");
  }

  private static Answer pending(Ask ask) {
    var run = found(ask);
    if (!run.status().equals("waiting")) {
      return Answer.json(200, List.of());
    }
    var environment = Json.of("id", 1, "name", run.workflow.file.environment());
    var reviewer = Json.of("type", "User", "reviewer", Json.of("login", "manager1"));
    return Answer.json(
        200,
        List.of(
            Json.of(
                "environment",
                environment,
                "wait_timer",
                0,
                "wait_timer_started_at",
                null,
                "current_user_can_approve",
                false,
                "reviewers",
                List.of(reviewer))));
  }

  private static Answer approve(Ask ask) {
    var run = found(ask);
    var state = ask.body().get("state");
    if (!run.status().equals("waiting")) {
      throw Problem.of(422, "No pending deployment requests to approve or reject");
    }
    if ("approved".equals(state)) {
      run.latest().approvedAt = ask.repository().time.now();
    } else if ("rejected".equals(state)) {
      ask.repository().runs.reject(run);
    } else {
      throw Problem.of(422, "Invalid request.\n\nInvalid input: state");
    }
    return Answer.json(200, List.of());
  }

  private record Found(Run run, Job job) {}

  private static Found foundJob(Ask ask) {
    long id = ask.number(0);
    for (var run : ask.repository().runs.all()) {
      for (var attempt : run.attempts) {
        Optional<Job> job = attempt.jobs.stream().filter(j -> j.id() == id).findFirst();
        if (job.isPresent()) {
          return new Found(run, job.get());
        }
      }
    }
    throw Problem.notFound();
  }

  private static Answer job(Ask ask) {
    var found = foundJob(ask);
    return Answer.json(200, RunJson.job(ask, found.run(), found.job()));
  }

  private static Answer annotations(Ask ask) {
    var job = foundJob(ask).job();
    boolean done = !job.endsAt().isAfter(ask.repository().time.now());
    var list = new ArrayList<Object>();
    for (var pinned : done ? job.script().annotations() : List.<Annotation>of()) {
      list.add(
          Json.of(
              "path", pinned.path(),
              "start_line", pinned.line(),
              "end_line", pinned.line(),
              "annotation_level", pinned.level(),
              "title", null,
              "message", pinned.message()));
    }
    var pages = Pages.of(ask);
    return pages.link(Answer.json(200, pages.cut(list)), list.size());
  }

  /** A check run is a job under another name; of a branch, those of its newest commit. */
  private static Answer checkRuns(Ask ask) {
    var given = ask.part(0);
    var sha = ask.repository().refs.getOrDefault(given, given);
    var jobs =
        ask.repository().runs.all().stream()
            .filter(run -> run.sha.equals(sha))
            .flatMap(run -> run.latest().jobs.stream())
            .toList();
    var pages = Pages.of(ask);
    var list =
        pages.cut(jobs).stream()
            .map(job -> Json.of("id", job.id(), "name", job.script().name(), "head_sha", sha))
            .toList();
    return pages.link(
        Answer.json(200, Json.of("total_count", jobs.size(), "check_runs", list)), jobs.size());
  }

  private Answer log(Ask ask) {
    var job = foundJob(ask).job();
    var now = ask.repository().time.now();
    if (job.endsAt().isAfter(now) || job.conclusion().equals("skipped")) {
      throw Problem.notFound();
    }
    if (job.endsAt().plus(KEPT).isBefore(now)) {
      throw Problem.of(410, "Gone");
    }
    var address = Objects.requireNonNull(logs.sign(job));
    return Answer.empty(302).with("Location", address.toString());
  }
}
