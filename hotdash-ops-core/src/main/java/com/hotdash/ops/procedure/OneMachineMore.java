package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Recommendation;
import com.hotdash.ops.diagnosis.Remedy;
import com.hotdash.ops.platform.Machine;
import com.hotdash.ops.platform.MachineState;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.ScaleCount;
import java.util.Optional;

/**
 * One machine more than there are. Those that sleep or are down count as well: a number below
 * theirs would do away with machines.
 */
final class OneMachineMore {
  private OneMachineMore() {}

  /** One that sleeps before a new one; none if there is no machine or one crashed and is down. */
  static Optional<Recommendation> of(Machines machines, String because) {
    var all =
        machines.all().stream().filter(each -> each.state() != MachineState.DESTROYED).toList();
    var down = all.stream().filter(each -> each.state() == MachineState.STOPPED).toList();
    if (all.isEmpty() || down.stream().anyMatch(Machine::crashed)) {
      return Optional.empty();
    }
    if (!down.isEmpty()) {
      return Optional.of(
          Recommendation.advice(
              "platform.keep-running",
              "keep one more machine running: raise min_machines_running in fly.toml and deploy",
              because + "; " + Figures.many(down.size(), "machine sleeps", "machines sleep"),
              ""));
    }
    int more = all.size() + 1;
    return Optional.of(
        Recommendation.resolution(
            ScaleCount.ID,
            "run one machine more: " + more + " in place of " + all.size(),
            because,
            Remedy.platform("scaleCount", more)));
  }
}
