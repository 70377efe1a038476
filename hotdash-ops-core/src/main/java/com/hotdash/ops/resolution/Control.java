package com.hotdash.ops.resolution;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import java.util.Optional;

/**
 * The hands of the engine in one outside system, opened for one execution and closed after it, so
 * that it can keep a connection while it works. Nothing is sent before the first call. No method
 * throws: what went wrong is in the answer. Used by one thread at a time.
 */
public interface Control extends AutoCloseable {
  /**
   * Looks at one target now, never in a cache.
   *
   * @param target a target of a step or of a plan
   * @param deadline when to stop looking
   * @return its state, {@link TargetState#GONE} if it is certainly not there, or why it could not
   *     be seen
   */
  Reading<TargetState> observe(Target target, Deadline deadline);

  /**
   * Makes one step, at most once, and only while the target is as the step assumes it: check and
   * write must be one act at the service wherever the service allows it. A write whose answer is
   * lost is never repeated; it is {@link StepOutcome.Status#UNCERTAIN}.
   *
   * @param step the step
   * @param deadline when to stop waiting for its effect
   * @return what became of it
   */
  StepOutcome make(Step step, Deadline deadline);

  /**
   * Hears how an earlier step of the same execution ended, which another control made: called for
   * each of them before a resumed execution goes on, where a later step rests on what it left.
   * Default: nothing rests on it.
   *
   * @param step the step, which must not be made again
   * @param outcome what became of it, as far as anybody knows
   */
  default void earlier(Step step, StepOutcome outcome) {}

  /**
   * Tells what became of a step whose answer was lost, or whose process died, out of what is seen
   * of its target now. A control that waits for the effect of a step before it calls it done waits
   * for it here as well, and does here what it does after a step that went wrong: being there is
   * not being well. It never makes the step.
   *
   * <p>Default: being there is all. Reached is done; as the step assumes it is not made; anything
   * else has moved.
   *
   * @param step the step
   * @param before what the target was like right before the step; {@link TargetState#GONE} if
   *     nobody wrote that down
   * @param now what the target is like
   * @param deadline when to stop waiting for its effect
   * @return what became of it, uncertain if that cannot be seen, or empty if it was not made
   */
  default Optional<StepOutcome> settle(
      Step step, TargetState before, TargetState now, Deadline deadline) {
    if (step.reachedBy(now)) {
      return Optional.of(new StepOutcome(StepOutcome.Status.DONE, "seen to be made", now.fields()));
    }
    return now.matches(step.assumes())
        ? Optional.empty()
        : Optional.of(StepOutcome.moved(now.difference(step.assumes())));
  }

  /** Lets go of what it holds. Throws nothing; may be called twice. */
  @Override
  void close();
}
