package com.hotdash.ops.pipeline;

import static com.hotdash.ops.pipeline.PipelineSteps.AMBIGUOUS;
import static com.hotdash.ops.pipeline.PipelineSteps.ATTEMPT;
import static com.hotdash.ops.pipeline.PipelineSteps.CONCLUSION;
import static com.hotdash.ops.pipeline.PipelineSteps.NONE;
import static com.hotdash.ops.pipeline.PipelineSteps.OVER;
import static com.hotdash.ops.pipeline.PipelineSteps.STARTED;
import static com.hotdash.ops.pipeline.PipelineSteps.STARTED_RUN;
import static com.hotdash.ops.pipeline.PipelineSteps.STATE;
import static com.hotdash.ops.pipeline.PipelineSteps.STATUS;
import static com.hotdash.ops.pipeline.PipelineSteps.WAITS_FOR;
import static com.hotdash.ops.pipeline.PipelineSteps.YES;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.util.Map;

/**
 * What a change of a pipeline is for: a run that succeeds, one that is cancelled, a workflow that
 * is switched. A run that is not over yet is no answer, so it is not one.
 */
final class PipelineSymptom implements Symptom {
  private static final String KIND = "target_kind";
  private static final String ID = "target_id";
  private static final String LABEL = "target_label";
  private static final String WANTED = "wanted";
  private static final String FROM_ATTEMPT = "from_attempt";
  private static final String SUCCESS = "success";
  private static final String CANCELLED = ": it did not finish what it was for";

  private final PipelineReader reader;
  private final Map<String, String> goal;

  PipelineSymptom(PipelineReader reader, Map<String, String> goal) {
    this.reader = reader;
    this.goal = goal;
  }

  static Map<String, String> success(Target run, int attempt) {
    return goal(run, SUCCESS, Integer.toString(attempt));
  }

  static Map<String, String> cancelled(Target run) {
    return goal(run, "cancelled", "1");
  }

  static Map<String, String> switched(Target workflow, String state) {
    return goal(workflow, state, "1");
  }

  static Map<String, String> started(Target start) {
    return goal(start, SUCCESS, "1");
  }

  private static Map<String, String> goal(Target target, String wanted, String attempt) {
    return Map.of(
        KIND, target.kind(),
        ID, target.id(),
        LABEL, target.label(),
        WANTED, wanted,
        FROM_ATTEMPT, attempt);
  }

  @Override
  public String goal() {
    var target = target();
    return switch (target.kind()) {
      case PipelineTargets.WORKFLOW -> target.label() + " is " + wanted();
      case PipelineTargets.START -> "the run that the " + target.label() + " made ends in success";
      default -> target.label() + " ends in " + wanted();
    };
  }

  @Override
  public Reading<Measurement> measure(Deadline deadline) {
    var target = target();
    var seen = reader.observe(target, deadline);
    if (!(seen instanceof Reading.Read<TargetState> read)) {
      return Reading.unread(seen.obstacle().orElseThrow());
    }
    var fields = read.value().fields();
    return switch (target.kind()) {
      case PipelineTargets.WORKFLOW -> workflow(fields, read.evidence());
      case PipelineTargets.START -> start(target, fields, deadline);
      default -> run(target, fields, read.evidence());
    };
  }

  private Reading<Measurement> workflow(Map<String, String> fields, Evidence evidence) {
    var state = fields.getOrDefault(STATE, NONE);
    return measured(!state.equals(wanted()), target().label() + " is " + state, evidence);
  }

  private Reading<Measurement> start(Target start, Map<String, String> fields, Deadline deadline) {
    var started = fields.getOrDefault(STARTED, PipelineSteps.NO);
    if (started.equals(AMBIGUOUS)) {
      return unread(
          start.label(),
          "several runs began since: " + fields.get(STARTED_RUN),
          "look which of them is ours");
    }
    if (!started.equals(YES)) {
      return unread(start.label(), "no run of it is to be seen", "look at the list of runs");
    }
    var run =
        PipelineTargets.run(
            PipelineTargets.repository(start),
            Long.parseLong(fields.getOrDefault(STARTED_RUN, "0")));
    var seen = reader.observe(run, deadline);
    if (seen instanceof Reading.Read<TargetState> read) {
      return run(run, read.value().fields(), read.evidence());
    }
    return Reading.unread(seen.obstacle().orElseThrow());
  }

  private Reading<Measurement> run(Target run, Map<String, String> fields, Evidence evidence) {
    int attempt = Integer.parseInt(fields.getOrDefault(ATTEMPT, "1"));
    int from = Integer.parseInt(goal.getOrDefault(FROM_ATTEMPT, "1"));
    var name = run.label() + (from > 1 ? ", attempt " + attempt + "," : "");
    if (attempt < from) {
      return unread(run.label(), "attempt " + from + " has not begun", "wait, and verify again");
    }
    if (!fields.getOrDefault(OVER, "").equals(YES)) {
      return notOver(run, fields);
    }
    var conclusion = fields.getOrDefault(CONCLUSION, NONE);
    return measured(
        !conclusion.equals(wanted()),
        name
            + " ended as "
            + conclusion
            + (conclusion.equals("cancelled") && !conclusion.equals(wanted()) ? CANCELLED : ""),
        evidence);
  }

  private static Reading<Measurement> notOver(Target run, Map<String, String> fields) {
    var waitsFor = fields.getOrDefault(WAITS_FOR, NONE);
    var status = fields.getOrDefault(STATUS, NONE);
    if (!waitsFor.equals(NONE)) {
      return unread(run.label(), waitsFor, "ask who may approve it, then verify again");
    }
    return switch (status) {
      case "pending" ->
          unread(
              run.label(),
              "pending: another run of its concurrency group goes first, and a third cancels it",
              "wait, start no other, and verify again");
      case "waiting" ->
          unread(run.label(), "waits for an approval or a timer", "look at the run, then verify");
      default -> unread(run.label(), "not over yet: " + status, "wait, and verify again");
    };
  }

  private static Reading<Measurement> unread(String what, String detail, String remedy) {
    return Reading.unread(new NotChecked(what, Why.TOO_LITTLE_DATA, detail, remedy));
  }

  /** The look asked the service itself, after it was told to: the time of the data is ours. */
  private static Reading<Measurement> measured(boolean present, String summary, Evidence from) {
    return Reading.of(
        new Measurement(present, summary, Map.of()), from.withValue(summary).withDataAt(null));
  }

  private String wanted() {
    return goal.getOrDefault(WANTED, SUCCESS);
  }

  private Target target() {
    return new Target(
        goal.getOrDefault(KIND, ""), goal.getOrDefault(ID, ""), goal.getOrDefault(LABEL, ""));
  }
}
