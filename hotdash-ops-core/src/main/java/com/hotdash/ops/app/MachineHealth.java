package com.hotdash.ops.app;

import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.text.Page;
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
    return counted().stream()
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

  /** The endpoints that this machine offers to us. */
  List<ProbeResult> counted() {
    return probes.stream().filter(probe -> !probe.misconfigured()).toList();
  }

  /** Returns the worst of the answers first, then each of them. */
  @Override
  public String toString() {
    return Page.builder()
        .paragraph(instance.id() + ": " + status().name().toLowerCase(Locale.ROOT))
        .bullets(HealthPage.lines(this))
        .build()
        .toText(Page.DEFAULT_WIDTH);
  }
}
