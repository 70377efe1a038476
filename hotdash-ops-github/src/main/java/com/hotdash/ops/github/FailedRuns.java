package com.hotdash.ops.github;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.pipeline.Annotation;
import com.hotdash.ops.pipeline.BuildError;
import com.hotdash.ops.pipeline.Conclusion;
import com.hotdash.ops.pipeline.Job;
import com.hotdash.ops.pipeline.LogExcerpt;
import com.hotdash.ops.pipeline.PendingDeployment;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.pipeline.RunStatus;
import com.hotdash.ops.pipeline.StepRun;
import com.hotdash.ops.time.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out what is the matter with a run. Thread-safe. */
final class FailedRuns {
  private static final int MOST_NOT_FATAL = 20;

  private final GitHubApi api;
  private final Actions actions;
  private final JobLog logs;
  private final Duration queuedTooLong;

  FailedRuns(GitHubApi api, Actions actions, JobLog logs, Duration queuedTooLong) {
    this.api = api;
    this.actions = actions;
    this.logs = logs;
    this.queuedTooLong = queuedTooLong;
  }

  RunDetail detail(Run run, Deadline deadline) {
    var listed = actions.jobs(run.id(), run.attempt(), deadline);
    var jobs = listed.jobs();
    var problem = problem(run, jobs);
    var failed = run.state().succeeded() ? null : firstFailed(jobs);
    var step = failed == null ? null : failed.failedStep().orElse(null);
    var notFatal = new ArrayList<>(notFatal(run, jobs));
    if (listed.cut() != null) {
      notFatal.add(0, "not all jobs were read: " + listed.cut());
    }
    Reading<List<PendingDeployment>> waiting =
        run.state().status() == RunStatus.WAITING ? waiting(run, deadline) : null;
    if (failed == null) {
      return new RunDetail(
          run, problem, jobs, null, null, notFatal, waiting, null, null, List.of());
    }
    var annotations = annotations(run, failed, deadline);
    var errors = new ArrayList<BuildError>();
    var log = log(run, failed, step, errors, deadline);
    var all =
        BuildErrors.join(
            errors,
            annotations.toOptional().orElse(List.of()),
            errorLines(log.toOptional().orElse(null)));
    return new RunDetail(
        run, problem, jobs, failed, step, notFatal, waiting, log, annotations, all);
  }

  private RunProblem problem(Run run, List<Job> jobs) {
    var conclusion = run.state().conclusion();
    if (conclusion != null) {
      return ended(conclusion);
    }
    return switch (run.state().status()) {
      case WAITING -> RunProblem.WAITING_FOR_APPROVAL;
      case PENDING -> RunProblem.HELD_BY_CONCURRENCY;
      case QUEUED, REQUESTED -> stuck(run, jobs) ? RunProblem.STUCK_IN_QUEUE : RunProblem.QUEUED;
      case IN_PROGRESS -> RunProblem.RUNNING;
      case COMPLETED, UNKNOWN -> RunProblem.UNKNOWN;
    };
  }

  private boolean stuck(Run run, List<Job> jobs) {
    return jobs.isEmpty()
        && run.age(api.time().now()).map(age -> age.compareTo(queuedTooLong) > 0).orElse(false);
  }

  private static RunProblem ended(Conclusion conclusion) {
    return switch (conclusion) {
      case SUCCESS -> RunProblem.NONE;
      case FAILURE -> RunProblem.FAILED;
      case CANCELLED -> RunProblem.CANCELLED;
      case TIMED_OUT -> RunProblem.TIMED_OUT;
      case STARTUP_FAILURE -> RunProblem.STARTUP_FAILURE;
      case ACTION_REQUIRED -> RunProblem.ACTION_REQUIRED;
      case SKIPPED, NEUTRAL, STALE -> RunProblem.NOTHING_DONE;
      case UNKNOWN -> RunProblem.UNKNOWN;
    };
  }

  /** The job that failed first: those after it may have failed as its result. */
  private static @Nullable Job firstFailed(List<Job> jobs) {
    return jobs.stream()
        .filter(job -> job.state().failed())
        .min(Comparator.comparing(FailedRuns::failedAt))
        .orElse(null);
  }

  private static Instant failedAt(Job job) {
    var inStep = job.failedStep().map(StepRun::completedAt).orElse(null);
    var at = inStep == null ? job.completedAt() : inStep;
    return at == null ? Instant.MAX : at;
  }

  /** {@code continue-on-error}: it failed, and the whole is counted as a success all the same. */
  private static List<String> notFatal(Run run, List<Job> jobs) {
    var all = new ArrayList<String>();
    for (var job : jobs) {
      if (job.state().failed() && run.state().succeeded()) {
        all.add(job + job.failedStep().map(step -> ", " + step).orElse(""));
      } else if (job.state().succeeded()) {
        job.failedStep().ifPresent(step -> all.add(job + ", " + step));
      }
    }
    return all.size() > MOST_NOT_FATAL ? List.copyOf(all.subList(0, MOST_NOT_FATAL)) : all;
  }

  private Reading<List<PendingDeployment>> waiting(Run run, Deadline deadline) {
    return Looking.at(
        "approvals of run " + run.id(),
        api.redactor(),
        () -> {
          var pending = actions.pendingDeployments(run.id(), deadline);
          return Reading.of(
              pending,
              evidence(pending.size() + " approvals", "pending_deployments of run " + run.id())
                  .withByHand(
                      "gh api repos/"
                          + api.repository()
                          + "/actions/runs/"
                          + run.id()
                          + "/pending_deployments"));
        });
  }

  private Reading<List<Annotation>> annotations(Run run, Job job, Deadline deadline) {
    return Looking.at(
        "annotations of job " + job.id(),
        api.redactor(),
        () -> {
          var found = actions.annotations(job.id(), deadline);
          var evidence =
              evidence(found.all().size() + " annotations", "check run " + job.id())
                  .withByHand("gh run view " + run.id() + " -R " + api.repository());
          return Reading.of(
              found.all(), found.cut() == null ? evidence : evidence.withCoverage(found.cut()));
        });
  }

  private Reading<LogExcerpt> log(
      Run run, Job job, @Nullable StepRun step, List<BuildError> errors, Deadline deadline) {
    var what = "log of job " + job.id();
    if (job.state().active()) {
      return Reading.unread(
          new NotChecked(
              what,
              Why.TOO_LITTLE_DATA,
              "GitHub gives a job's log when the job is over",
              "look again later"));
    }
    return Looking.at(
        what,
        api.redactor(),
        () -> {
          var found = logs.read(job.id(), step, deadline);
          errors.addAll(found.errors());
          var evidence =
              evidence(
                      "log of job \"" + job.name() + "\"" + (step == null ? "" : ", " + step),
                      "job log of " + api.repository())
                  .withCoverage(found.excerpt().coverage())
                  .withDataAt(job.completedAt())
                  .withByHand("gh run view " + run.id() + " --log-failed -R " + api.repository());
          return Reading.of(found.excerpt(), evidence);
        });
  }

  private Evidence evidence(String value, String source) {
    return Evidence.of(api.redactor().redact(value), source, api.time().now());
  }

  private static List<String> errorLines(@Nullable LogExcerpt log) {
    return log == null
        ? List.of()
        : log.lines().stream()
            .filter(LogExcerpt.Line::error)
            .map(LogExcerpt.Line::text)
            .limit(10)
            .toList();
  }
}
