package com.hotdash.ops.app;

import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.health.ProbeResult;
import java.util.List;
import java.util.Locale;

/**
 * What one machine's endpoints answered.
 *
 * @param instance the machine
 * @param probes one for each endpoint
 */
public record MachineHealth(Instance instance, List<ProbeResult> probes) {
  /** Copies the probes. */
  public MachineHealth {
    probes = List.copyOf(probes);
  }

  /**
   * Returns what they come to together. An endpoint that this machine does not offer to us (401,
   * 403, 404) counts only if no other one answered.
   *
   * @return the worst of them; {@link HealthStatus#FAIL} before all
   */
  public HealthStatus status() {
    return probes.stream()
        .filter(probe -> !probe.misconfigured())
        .map(ProbeResult::status)
        .reduce(HealthStatus::worst)
        .orElse(HealthStatus.UNKNOWN);
  }

  /**
   * Returns whether any endpoint gave an answer.
   *
   * @return false if the machine was silent
   */
  public boolean answered() {
    return probes.stream().anyMatch(probe -> probe.report() != null);
  }

  @Override
  public String toString() {
    var text = new StringBuilder(instance.id()).append(": ");
    text.append(status().name().toLowerCase(Locale.ROOT));
    probes.forEach(probe -> text.append("\n  ").append(Line.of(probe.toString())));
    return text.toString();
  }
}
