package com.hotdash.ops.platform;

import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Symptom.Measurement;
import com.hotdash.ops.resolution.Proposal;
import com.hotdash.ops.resolution.Step;
import java.util.List;
import java.util.Map;

/** A lease that was to end, and is held. */
final class LeaseSymptom implements PlatformSymptom {
  private final List<Step> steps;

  LeaseSymptom(Proposal proposal) {
    this.steps = proposal.steps();
  }

  @Override
  public String goal() {
    return "nobody holds the lease of " + machines();
  }

  private List<String> machines() {
    return steps.stream().map(step -> step.target().id()).toList();
  }

  @Override
  public Reading<Measurement> measure(PlatformLook look) {
    return look.leases(machines())
        .map(
            held ->
                new Measurement(
                    !held.isEmpty(),
                    held.isEmpty() ? "no lease" : held.get(0).toString(),
                    Map.of("leases", (double) held.size())));
  }
}
