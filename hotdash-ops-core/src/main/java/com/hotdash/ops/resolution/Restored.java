package com.hotdash.ops.resolution;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.time.Deadline;
import java.time.InstantSource;
import java.util.Map;

/** What an undo is verified by: each target is again as it was. */
final class Restored implements Symptom {
  private final Action action;
  private final Proposal undo;
  private final InstantSource clock;

  Restored(Action action, Proposal undo, InstantSource clock) {
    this.action = action;
    this.undo = undo;
    this.clock = clock;
  }

  @Override
  public String goal() {
    return "each target is again as it was before";
  }

  @Override
  public Reading<Measurement> measure(Deadline deadline) {
    var opened = action.control();
    if (opened.isEmpty()) {
      return Reading.unread(
          new NotChecked(goal(), Why.NOT_CONFIGURED, "no control", "use a port with a control"));
    }
    int restored = 0;
    try (var control = opened.get()) {
      for (var step : undo.steps()) {
        var state = control.observe(step.target(), deadline);
        if (state.obstacle().isPresent()) {
          return Reading.unread(state.obstacle().get());
        }
        restored += state.toOptional().filter(step::reachedBy).isPresent() ? 1 : 0;
      }
    }
    var seen = restored + " of " + undo.steps().size() + " targets are as before";
    return Reading.of(
        new Measurement(
            restored < undo.steps().size(), seen, Map.of("restored", (double) restored)),
        Evidence.of(seen, undo.target().label(), clock.instant()));
  }
}
