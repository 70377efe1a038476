package com.hotdash.ops.github;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.github.GitHubException.Kind;
import com.hotdash.ops.pipeline.PipelineSteps;
import com.hotdash.ops.pipeline.PipelineTargets;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.RunStatus;
import com.hotdash.ops.pipeline.WorkflowStart;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks at what a step could change, in the words of {@link PipelineSteps}. Thread-safe. */
final class PipelineStates {
  private final GitHubApi api;
  private final Actions actions;

  PipelineStates(GitHubApi api, Actions actions) {
    this.api = api;
    this.actions = actions;
  }

  Reading<TargetState> observe(Target target, Deadline deadline) {
    return Looking.at(target.label(), api.redactor(), () -> look(target, deadline));
  }

  private Reading<TargetState> look(Target target, Deadline deadline) {
    try {
      if (!PipelineTargets.repository(target).equals(api.repository())) {
        return unread(target, Why.NOT_CONFIGURED, "this is " + api.repository(), "configure it");
      }
      return switch (target.kind()) {
        case PipelineTargets.RUN -> run(target, deadline);
        case PipelineTargets.WORKFLOW -> workflow(target, deadline);
        case PipelineTargets.START -> start(target, deadline);
        default ->
            unread(
                target,
                Why.NOT_UNDERSTOOD,
                "kind " + target.kind() + " is not known",
                "plan afresh");
      };
    } catch (IllegalArgumentException e) {
      return unread(target, Why.NOT_UNDERSTOOD, String.valueOf(e.getMessage()), "plan afresh");
    }
  }

  private Reading<TargetState> run(Target target, Deadline deadline) {
    long id = PipelineTargets.runId(target);
    var run = actions.run(id, deadline);
    var fields = new TreeMap<String, String>();
    fields.put(PipelineSteps.STATUS, status(run));
    fields.put(PipelineSteps.CONCLUSION, conclusion(run));
    fields.put(PipelineSteps.ATTEMPT, Integer.toString(run.attempt()));
    fields.put(PipelineSteps.OVER, over(run) ? PipelineSteps.YES : PipelineSteps.NO);
    fields.put(PipelineSteps.HEAD_SHA, run.sha() == null ? PipelineSteps.NONE : run.sha());
    fields.put(PipelineSteps.PATH, run.file());
    fields.put(PipelineSteps.WAITS_FOR, waitsFor(run, deadline));
    return read(run.toString(), fields, "actions/runs", "gh run view " + id);
  }

  /** A run that is over has the word for it. Whatever is unknown is not over. */
  static boolean over(Run run) {
    return run.state().status() == RunStatus.COMPLETED;
  }

  static String status(Run run) {
    var raw = run.state().raw();
    int at = raw.indexOf('/');
    return at < 0 ? raw : raw.substring(0, at);
  }

  static String conclusion(Run run) {
    var raw = run.state().raw();
    int at = raw.indexOf('/');
    return at < 0 ? PipelineSteps.NONE : raw.substring(at + 1);
  }

  private String waitsFor(Run run, Deadline deadline) {
    if (run.state().status() != RunStatus.WAITING) {
      return PipelineSteps.NONE;
    }
    try {
      var pending = actions.pendingDeployments(run.id(), deadline);
      return pending.isEmpty()
          ? PipelineSteps.NONE
          : pending.stream().map(Object::toString).collect(Collectors.joining("; "));
    } catch (OpsException e) {
      // That it waits is known and is what counts; whom it waits for is told where it can be.
      return "waits for an approval; whose could not be read: " + e.problem();
    }
  }

  private Reading<TargetState> workflow(Target target, Deadline deadline) {
    var file = PipelineTargets.workflowFile(target);
    var workflow = actions.workflow(file, deadline);
    var runs = runs(file, deadline);
    var fields = new TreeMap<String, String>();
    fields.put(PipelineSteps.STATE, workflow.raw());
    fields.put(PipelineSteps.WORKFLOW_ID, Long.toString(workflow.id()));
    fields.put(PipelineSteps.UNDER_WAY, underWay(runs));
    fields.put(
        PipelineSteps.NEWEST_RUN, Long.toString(runs.stream().mapToLong(Run::id).max().orElse(0)));
    return read(
        file + " is " + workflow.raw(), fields, "actions/workflows", "gh workflow view " + file);
  }

  private Reading<TargetState> start(Target target, Deadline deadline) {
    var start = PipelineTargets.workflowStart(target);
    var workflow = actions.workflow(start.file(), deadline);
    var runs = runs(start.file(), deadline);
    var made = StartedRun.among(runs, start, PipelineTargets.after(target));
    var fields = new TreeMap<String, String>();
    fields.put(PipelineSteps.STATE, workflow.raw());
    fields.put(PipelineSteps.UNDER_WAY, underWay(runs));
    fields.put(PipelineSteps.REF_EXISTS, refExists(start, deadline));
    fields.put(PipelineSteps.STARTED, made.started());
    inputs(start, fields, deadline);
    fields.put(PipelineSteps.STARTED_RUN, made.runs());
    return read(
        start.file() + " is " + workflow.raw() + ", started since: " + made.started(),
        fields,
        "actions/workflows and its runs",
        "gh run list --event workflow_dispatch --workflow " + start.file());
  }

  /** Compares what is given with the file at that ref, which is what GitHub goes by. */
  private void inputs(WorkflowStart start, Map<String, String> fields, Deadline deadline) {
    var trouble = PipelineSteps.UNKNOWN;
    var leftOut = PipelineSteps.NONE;
    try {
      var inputs = WorkflowInputs.parse(actions.workflowFile(start.file(), start.ref(), deadline));
      if (inputs.isEmpty()) {
        trouble = "it has no workflow_dispatch trigger at " + start.ref();
      } else {
        var found = inputs.get().trouble(start.inputs());
        trouble = found == null ? PipelineSteps.NONE : api.redactor().redact(found);
        var left = String.join(", ", inputs.get().leftOut(start.inputs()));
        leftOut = left.isEmpty() ? PipelineSteps.NONE : left;
      }
    } catch (Outline.NotPlain e) {
      // A file that this reader cannot follow may be right all the same: GitHub decides.
    } catch (GitHubException e) {
      if (e.kind() != Kind.NOT_PERMITTED && e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
    fields.put(PipelineSteps.INPUTS_TROUBLE, trouble);
    fields.put(PipelineSteps.INPUTS_LEFT_OUT, leftOut);
  }

  /** The newest hundred: what a workflow that deploys has under way is among them. */
  List<Run> runs(String file, Deadline deadline) {
    return actions.runs(RunQuery.ALL.workflow(file), deadline).runs();
  }

  /** The ids alone, since a run that gets from queued to in progress is no other run. */
  private static String underWay(List<Run> runs) {
    var ids =
        runs.stream()
            .filter(run -> !over(run))
            .map(run -> "run " + run.id())
            .sorted()
            .collect(Collectors.joining(", "));
    return ids.isEmpty() ? PipelineSteps.NONE : ids;
  }

  private String refExists(WorkflowStart start, Deadline deadline) {
    for (var sort : List.of("heads", "tags")) {
      var path = new ArrayList<>(List.of("git", "ref", sort));
      path.addAll(List.of(start.ref().split("/", -1)));
      try {
        var about = (sort.equals("heads") ? "branch " : "tag ") + start.ref();
        api.read(api.get("ref.get", about, path.toArray(String[]::new)), deadline);
        return PipelineSteps.YES;
      } catch (GitHubException e) {
        if (e.kind() == Kind.NOT_PERMITTED) {
          return PipelineSteps.UNKNOWN;
        }
        if (e.kind() != Kind.NOT_FOUND) {
          throw e;
        }
      }
    }
    return PipelineSteps.NO;
  }

  private Reading<TargetState> read(
      String value, Map<String, String> fields, String source, String command) {
    var evidence =
        Evidence.of(
                api.redactor().redact(value), source + " of " + api.repository(), api.time().now())
            .withByHand(command + " -R " + api.repository());
    return Reading.of(TargetState.of(fields), evidence);
  }

  private static Reading<TargetState> unread(Target target, Why why, String detail, String remedy) {
    return Reading.unread(new NotChecked(target.label(), why, detail, remedy));
  }
}
