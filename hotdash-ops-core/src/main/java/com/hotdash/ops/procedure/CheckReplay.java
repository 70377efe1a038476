package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.MachineSettings;
import com.hotdash.ops.platform.PlatformLook;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one of the platform's checks would make of the good answers that we got just now, with the
 * timeout that it has and with another one. How many failures in a row it takes nobody can set.
 *
 * @param check the check
 * @param timeout its timeout
 * @param took how long our own good answers from its path took, the slowest last
 */
record CheckReplay(MachineSettings.Check check, Duration timeout, List<Duration> took) {
  CheckReplay {
    took = List.copyOf(took);
  }

  /** That of the check which comes nearest to its timeout, if any answered. */
  static Optional<CheckReplay> of(Observation seen) {
    var probes =
        seen.get(AppReader.HEALTH).toOptional().map(AppHealth::machines).orElse(List.of()).stream()
            .flatMap(each -> each.probes().stream())
            .filter(each -> each.report() != null && each.status() == HealthStatus.PASS)
            .toList();
    return seen.get(PlatformLook.SETTINGS).toOptional().orElse(List.of()).stream()
        .flatMap(each -> each.checks().stream())
        .distinct()
        .flatMap(check -> of(check, probes).stream())
        .max(Comparator.comparingDouble(CheckReplay::share));
  }

  private static Optional<CheckReplay> of(MachineSettings.Check check, List<ProbeResult> probes) {
    var timeout = check.timeout();
    var took =
        probes.stream()
            .filter(each -> each.path().equals(check.path()))
            .map(ProbeResult::took)
            .sorted()
            .toList();
    return timeout == null || timeout.isZero() || took.isEmpty()
        ? Optional.empty()
        : Optional.of(new CheckReplay(check, timeout, took));
  }

  private Duration slowest() {
    return took.get(took.size() - 1);
  }

  private static String told(Duration time) {
    return time.toSeconds() < 1 ? time.toMillis() + " ms" : Figures.time(time);
  }

  private double share() {
    return (double) slowest().toNanos() / timeout.toNanos();
  }

  @Override
  public String toString() {
    long late = took.stream().filter(each -> each.compareTo(timeout) > 0).count();
    var of = " of our own " + Figures.many(took.size(), "good answer", "good answers");
    return late == 0
        ? "none"
            + of
            + " from "
            + check.path()
            + " took longer than the check's "
            + Figures.time(timeout)
            + " (slowest "
            + told(slowest())
            + "): look at its path and grace period, not at its timeout"
        : late
            + of
            + " from "
            + check.path()
            + " took longer than the check's "
            + Figures.time(timeout)
            + "; with "
            + (slowest().toSeconds() + 1)
            + " s all would pass";
  }
}
