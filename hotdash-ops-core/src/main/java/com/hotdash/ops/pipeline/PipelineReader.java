package com.hotdash.ops.pipeline;

import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.Target;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import java.util.Optional;

/** The eyes of the runbook in a pipeline. It changes nothing. Implementations are thread-safe. */
public interface PipelineReader {
  /**
   * Tells which pipeline this is, from its configuration alone.
   *
   * @return the repository, without credentials
   */
  Estate.Part identity();

  /**
   * Returns what takes this pipeline's credentials out of texts. Default: it knows their shapes
   * only.
   *
   * @return the redactor
   */
  default Redactor redactor() {
    return Redactor.SHAPES;
  }

  /**
   * Begins one look. Nothing is sent before the first reading is asked for.
   *
   * @param deadline when all readings of this look must have ended
   * @return the look; the caller closes it
   */
  PipelineLook look(Deadline deadline);

  /**
   * Looks at one thing that a step could change, in the fields that {@link PipelineSteps} names.
   * What the credential may not see looks to it like what is not there, so that is no state either.
   *
   * @param target a target that {@link PipelineSteps} made
   * @param deadline when to stop looking
   * @return its state now, or why it could not be seen; by default this reader cannot look at
   *     single things, and then no change can be planned
   */
  default Reading<TargetState> observe(Target target, Deadline deadline) {
    return Reading.unread(
        new NotChecked(
            target.label(),
            NotChecked.Why.NOT_CONFIGURED,
            "this pipeline can be looked at as a whole only",
            "hand the runbook a pipeline that can look at single runs"));
  }

  /**
   * Tells how a person makes a step without this library.
   *
   * @param step a step that {@link PipelineSteps} names
   * @return the command, without credentials; by default it is not known
   */
  default Optional<String> byHand(Step step) {
    return Optional.empty();
  }
}
