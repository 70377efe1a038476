package com.hotdash.ops.github;

import com.hotdash.ops.github.GitHubException.Kind;
import com.hotdash.ops.http.HttpProtocolException;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.time.Deadline;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** The writes on runs and workflows, each sent once. Thread-safe. */
final class WorkflowWrites {
  private static final String DETAILS = "return_run_details";

  private final GitHubApi api;
  private final GitHubWrites writes;

  WorkflowWrites(GitHubApi api, GitHubWrites writes) {
    this.api = api;
    this.writes = writes;
  }

  void rerunFailed(long run, Deadline deadline) {
    post("run.rerunFailedJobs", run, "rerun-failed-jobs", deadline);
  }

  void cancel(long run, Deadline deadline) {
    post("run.cancel", run, "cancel", deadline);
  }

  private void post(String operation, long run, String verb, Deadline deadline) {
    var id = Long.toString(run);
    writes.quiet(api.post(operation, "run " + id, Map.of(), "actions", "runs", id, verb), deadline);
  }

  /** Switching to a state twice is switching once, so this may be made again. */
  void turn(String file, boolean on, Deadline deadline) {
    var operation = on ? "workflow.enable" : "workflow.disable";
    var verb = on ? "enable" : "disable";
    var about = "workflow " + file;
    writes.quiet(api.put(operation, about, Map.of(), "actions", "workflows", file, verb), deadline);
  }

  /** Starts a workflow; returns the run's id if GitHub tells it. */
  OptionalLong start(WorkflowStart start, Deadline deadline) {
    try {
      return start(start, true, deadline);
    } catch (GitHubException e) {
      if (!unknownField(e)) {
        throw e;
      }
      // An older server that does not know the field has started nothing.
      return start(start, false, deadline);
    }
  }

  private OptionalLong start(WorkflowStart start, boolean withDetails, Deadline deadline) {
    var body = new LinkedHashMap<String, Object>();
    body.put("ref", start.ref());
    body.put("inputs", start.inputs());
    if (withDetails) {
      body.put(DETAILS, true);
    }
    var call =
        api.post(
            "workflow.dispatch",
            "workflow " + start.file() + " at " + start.ref(),
            body,
            "actions",
            "workflows",
            start.file(),
            "dispatches");
    var answer = writes.quiet(call, deadline);
    try {
      long id = answer.status() == 200 ? Fields.of(answer).number("workflow_run_id") : 0;
      return id > 0 ? OptionalLong.of(id) : OptionalLong.empty();
    } catch (HttpProtocolException e) {
      return OptionalLong.empty(); // it was started all the same, and the run can be looked for
    }
  }

  private static boolean unknownField(GitHubException refused) {
    return refused.kind() == Kind.INVALID
        && (refused.problem() + refused.errors()).toLowerCase(Locale.ROOT).contains(DETAILS);
  }
}
