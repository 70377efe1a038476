package com.hotdash.ops.database;

import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom;
import com.hotdash.ops.resolution.Action;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import com.hotdash.ops.resolution.TargetState;
import com.hotdash.ops.time.Deadline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a change of the schema is verified by: each target is as the last step on it aims at. */
final class StepsReached implements Symptom {
  private final Action action;
  private final Proposal proposal;

  StepsReached(Action action, Proposal proposal) {
    this.action = action;
    this.proposal = proposal;
  }

  @Override
  public String goal() {
    return last().stream()
        .map(step -> step.target() + " is " + told(step.after()))
        .collect(Collectors.joining(", and "));
  }

  @Override
  public Reading<Measurement> measure(Deadline deadline) {
    var opened = action.control();
    if (opened.isEmpty()) {
      return Reading.unread(
          new NotChecked(goal(), Why.NOT_CONFIGURED, "no control", "use a port with a control"));
    }
    List<Evidence> seen = new ArrayList<>();
    var told = new ArrayList<String>();
    int reached = 0;
    try (var control = opened.get()) {
      for (var step : last()) {
        var state = control.observe(step.target(), deadline);
        if (!(state instanceof Reading.Read<TargetState> read)) {
          return Reading.unread(state.obstacle().orElseThrow());
        }
        reached += step.reachedBy(read.value()) ? 1 : 0;
        told.add(read.evidence().value());
        seen.add(read.evidence());
      }
    }
    var value = String.join("; ", told);
    var measured =
        new Measurement(reached < last().size(), value, Map.of("as wanted", (double) reached));
    // The server was asked after the change; its clock is another one than ours.
    return Reading.of(measured, seen.get(0).withValue(value).withDataAt(null));
  }

  private Collection<Step> last() {
    var last = new LinkedHashMap<String, Step>();
    // The label is no part of what a target is.
    proposal
        .steps()
        .forEach(step -> last.put(step.target().kind() + " " + step.target().id(), step));
    return last.values();
  }

  private static String told(Map<String, String> after) {
    var state = after.get(SchemaSteps.STATE);
    if (state != null) {
      return state.equals(SchemaSteps.NONE) ? "gone" : state;
    }
    return after.entrySet().stream()
        .map(field -> field.getKey() + " " + field.getValue())
        .collect(Collectors.joining(", "));
  }
}
