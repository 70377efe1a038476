package com.hotdash.ops.pipeline;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.resolution.Action;
import com.hotdash.ops.resolution.Control;
import com.hotdash.ops.resolution.Effect;
import com.hotdash.ops.resolution.Objection;
import com.hotdash.ops.resolution.Pace;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What all changes of a pipeline share: one step each, on something that was looked at before. */
abstract class PipelineAction implements Action {
  final PipelineReader reader;
  private final String id;
  private final Effect effect;

  PipelineAction(PipelineReader reader, String id, Effect effect) {
    this.reader = reader;
    this.id = id;
    this.effect = effect;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final Effect effect() {
    return effect;
  }

  @Override
  public final Optional<Control> control() {
    return reader instanceof Pipeline pipeline ? Optional.of(pipeline.control()) : Optional.empty();
  }

  @Override
  public final Symptom symptom(Proposal proposal) {
    return new PipelineSymptom(reader, proposal.goal());
  }

  final String repository() {
    return reader.identity().identity();
  }

  /** Looks at a target, and lets somebody draft a change from what is there. */
  final Reading<Proposal> propose(Target target, Deadline deadline, Drafting drafting) {
    var seen = reader.observe(target, deadline);
    if (seen instanceof Reading.Read<TargetState> read) {
      return Reading.of(drafting.draft(read.value().fields()), read.evidence());
    }
    return Reading.unread(seen.obstacle().orElseThrow());
  }

  /** Makes a change of one step, or of none if something makes it pointless. */
  final Proposal proposal(
      Target target,
      Map<String, String> targetAssumes,
      Step step,
      Map<String, String> goal,
      List<String> notPromised,
      List<Objection> objections) {
    return new Proposal(
        id,
        target,
        targetAssumes,
        List.of(step),
        goal,
        Pace.CAREFUL,
        notPromised,
        reader.byHand(step).stream().toList(),
        objections);
  }

  /** Makes a proposal from the fields of a target. */
  interface Drafting {
    Proposal draft(Map<String, String> seen);
  }
}
