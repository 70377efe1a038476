package com.hotdash.ops.github;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.github.GitHubException.Kind;
import com.hotdash.ops.pipeline.PipelineSteps;
import com.hotdash.ops.pipeline.PipelineTargets;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.StepOutcome;
import com.hotdash.ops.resolution.StepOutcome.Status;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Makes the steps of {@link PipelineSteps}, one write each, and looks until its effect is seen.
 * GitHub has no guarded writes but its own refusals, so a step is looked at right before the write.
 */
final class GitHubControl implements Control {
  // GitHub shows a new run after a second or several, and asks for no faster polling.
  private static final Duration EVERY = Duration.ofSeconds(3);
  private static final Duration LOOK_FOR = Duration.ofSeconds(45);

  // Time to look once more and to write the journal after the last wait.
  private static final Duration SPARE = Duration.ofSeconds(5);

  private final PipelineStates guard;
  private final PipelineStates states;
  private final WorkflowWrites writes;
  private final Time time;

  /**
   * Makes a control.
   *
   * @param guard looks before a write, each time anew
   * @param states looks again and again after it
   */
  GitHubControl(PipelineStates guard, PipelineStates states, WorkflowWrites writes, Time time) {
    this.guard = guard;
    this.states = states;
    this.writes = writes;
    this.time = time;
  }

  @Override
  public Reading<TargetState> observe(Target target, Deadline deadline) {
    return guard.observe(target, deadline);
  }

  @Override
  public StepOutcome make(Step step, Deadline deadline) {
    var moved = moved(step, deadline);
    if (moved != null) {
      return moved;
    }
    OptionalLong run;
    try {
      run = send(step, deadline);
    } catch (IllegalArgumentException e) {
      return StepOutcome.failed("nothing was sent: " + e.getMessage());
    } catch (OpsException e) {
      return e.outcomeUnknown() ? lost(step, e, deadline) : refused(step, e, deadline);
    }
    if (run.isPresent()) {
      var id = Long.toString(run.getAsLong());
      return new StepOutcome(
          Status.DONE, "run " + id + " was started", Map.of(PipelineSteps.STARTED_RUN, id));
    }
    return accepted(step, deadline);
  }

  /** Checks again, in this process, what the engine checked before it journalled its intent. */
  private @Nullable StepOutcome moved(Step step, Deadline deadline) {
    var seen = guard.observe(step.target(), deadline);
    if (seen instanceof Reading.Read<TargetState> read) {
      return read.value().matches(step.assumes())
          ? null
          : StepOutcome.moved(read.value().difference(step.assumes()));
    }
    return StepOutcome.failed("nothing was sent: " + seen.obstacle().orElseThrow());
  }

  private OptionalLong send(Step step, Deadline deadline) {
    var target = step.target();
    switch (step.kind()) {
      case PipelineSteps.RERUN_FAILED ->
          writes.rerunFailed(PipelineTargets.runId(target), deadline);
      case PipelineSteps.CANCEL -> writes.cancel(PipelineTargets.runId(target), deadline);
      case PipelineSteps.DISABLE ->
          writes.turn(PipelineTargets.workflowFile(target), false, deadline);
      case PipelineSteps.ENABLE ->
          writes.turn(PipelineTargets.workflowFile(target), true, deadline);
      case PipelineSteps.DISPATCH -> {
        return writes.start(PipelineTargets.workflowStart(target), deadline);
      }
      default -> throw new IllegalArgumentException("no such step: " + step.kind());
    }
    return OptionalLong.empty();
  }

  /** GitHub said yes; what it did is looked for. */
  private StepOutcome accepted(Step step, Deadline deadline) {
    var seen = await(step, deadline);
    if (seen.reached) {
      return new StepOutcome(Status.DONE, "seen: " + seen.told(step), seen.fields);
    }
    if (step.kind().equals(PipelineSteps.CANCEL)) {
      return StepOutcome.failed(
          PipelineSteps.YES.equals(seen.fields.get(PipelineSteps.OVER))
              ? "the run ended by itself first: " + seen.told(step)
              : "accepted, and not over yet: " + seen.told(step) + "; it may end yet");
    }
    return StepOutcome.uncertain("accepted, and its effect was not seen: " + seen.told(step));
  }

  /** The answer was lost: never asked for again, but looked for. */
  private StepOutcome lost(Step step, OpsException failure, Deadline deadline) {
    var seen = await(step, deadline);
    return seen.reached
        ? new StepOutcome(
            Status.DONE,
            "the answer was lost (" + failure.problem() + "); seen: " + seen.told(step),
            seen.fields)
        : StepOutcome.uncertain(
            "sent, and no answer came back: " + failure.problem() + "; " + seen.told(step));
  }

  private StepOutcome refused(Step step, OpsException failure, Deadline deadline) {
    if (failure instanceof GitHubException answer && answer.kind() == Kind.CONFLICT) {
      var seen = look(step, deadline);
      if (seen.reached || PipelineSteps.YES.equals(seen.fields.get(PipelineSteps.OVER))) {
        return StepOutcome.moved("it ended by itself: " + seen.told(step));
      }
      return StepOutcome.failed(
          "GitHub refuses: "
              + failure.problem()
              + "; runs get stuck so in GitHub's own incidents: look at"
              + " https://www.githubstatus.com; by hand there is"
              + " force-cancel: "
              + ByHand.forceCancel(step));
    }
    return StepOutcome.failed(
        "not made: " + failure.problem() + failure.nextStep().map(next -> "; " + next).orElse(""));
  }

  private Seen await(Step step, Deadline deadline) {
    var limit = deadline.within(LOOK_FOR);
    while (true) {
      var seen = look(step, deadline);
      boolean settled =
          seen.reached || PipelineSteps.AMBIGUOUS.equals(seen.fields.get(PipelineSteps.STARTED));
      boolean endedOtherwise =
          step.kind().equals(PipelineSteps.CANCEL)
              && PipelineSteps.YES.equals(seen.fields.get(PipelineSteps.OVER));
      if (settled
          || endedOtherwise
          || limit.remaining().compareTo(EVERY) <= 0
          || deadline.remaining().compareTo(EVERY.plus(SPARE)) <= 0
          || !time.await(EVERY)) {
        return seen;
      }
    }
  }

  private Seen look(Step step, Deadline deadline) {
    var seen = states.observe(step.target(), deadline);
    if (seen instanceof Reading.Read<TargetState> read) {
      return new Seen(step.reachedBy(read.value()), read.value().fields(), null);
    }
    return new Seen(false, Map.of(), seen.obstacle().orElseThrow().toString());
  }

  @Override
  public void close() {
    // Holds nothing: the connections are the client's.
  }

  /** What became of a target after the write, or why that could not be seen. */
  private record Seen(boolean reached, Map<String, String> fields, @Nullable String obstacle) {
    private static String state(Map<String, String> fields) {
      var conclusion = fields.getOrDefault(PipelineSteps.CONCLUSION, PipelineSteps.NONE);
      return conclusion.equals(PipelineSteps.NONE)
          ? fields.getOrDefault(PipelineSteps.STATUS, PipelineSteps.UNKNOWN)
          : conclusion;
    }

    String told(Step step) {
      if (obstacle != null) {
        return "it could not be looked at: " + obstacle;
      }
      return switch (step.kind()) {
        case PipelineSteps.DISPATCH ->
            switch (fields.getOrDefault(PipelineSteps.STARTED, PipelineSteps.NO)) {
              case PipelineSteps.YES -> "run " + fields.get(PipelineSteps.STARTED_RUN);
              case PipelineSteps.AMBIGUOUS ->
                  "ambiguous, it may be any of the runs " + fields.get(PipelineSteps.STARTED_RUN);
              default -> "no run of it is to be seen yet";
            };
        case PipelineSteps.DISABLE, PipelineSteps.ENABLE ->
            "the workflow is " + fields.get(PipelineSteps.STATE);
        default -> "attempt " + fields.get(PipelineSteps.ATTEMPT) + " " + state(fields);
      };
    }
  }
}
