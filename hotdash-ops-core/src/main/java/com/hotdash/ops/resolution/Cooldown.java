package com.hotdash.ops.resolution;

import com.hotdash.ops.time.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a plan would do the same to the same target again too soon, by what is journalled. */
record Cooldown(Policy policy, Instant now) {
  private static final String NAME = "cooldown";

  Optional<Objection> objection(Proposal proposal, List<ExecutionRecord> records) {
    if (proposal.objections().stream().anyMatch(each -> each.name().equals(NAME))) {
      return Optional.empty(); // the action has said so itself, by what it has seen
    }
    return proposal.steps().stream()
        .filter(step -> policy.cooldowns().containsKey(step.kind()))
        .flatMap(
            step ->
                records.stream()
                    .filter(record -> recently(step, record))
                    .map(record -> reason(step, record)))
        .reduce((earlier, latest) -> latest);
  }

  private boolean recently(Step step, ExecutionRecord record) {
    var cooldown = policy.cooldowns().get(step.kind());
    return cooldown != null
        && record.started().at().plus(cooldown).isAfter(now)
        && begun(step, record);
  }

  /**
   * Asked for in vain counts as well: it may have had its effect, and helped as little. What was
   * never asked for does not.
   */
  private static boolean begun(Step step, ExecutionRecord record) {
    var steps = record.started().proposal().steps();
    for (int i = 0; i < steps.size(); i++) {
      var earlier = steps.get(i);
      if (earlier.kind().equals(step.kind())
          && ExecutionRecord.same(earlier.target(), step.target())
          && record.intended().contains(i)
          && record
              .outcome(i)
              .filter(made -> made.status() != StepOutcome.Status.MOVED)
              .isPresent()) {
        return true;
      }
    }
    return false;
  }

  private Objection reason(Step step, ExecutionRecord record) {
    var cooldown = policy.cooldowns().getOrDefault(step.kind(), Duration.ZERO);
    return Objection.overridable(
        NAME,
        step
            + " was made by "
            + record.started().who()
            + " in execution "
            + record.id()
            + " at "
            + Stamp.of(record.started().at())
            + ", less than "
            + Policy.text(cooldown)
            + " ago",
        "wait until "
            + Stamp.of(record.started().at().plus(cooldown))
            + "; what it did not cure, the same will hardly cure now");
  }
}
