package com.hotdash.ops.app;

import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.health.HealthReport;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.text.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the application is, machine by machine and endpoint by endpoint.
 *
 * @param machines those that were asked
 * @param coverage what that leaves out, or {@code null} if every running machine was asked
 * @param at when the asking ended, by our clock
 */
public record AppHealth(List<MachineHealth> machines, @Nullable String coverage, Instant at) {
  /** Copies the machines. */
  public AppHealth {
    machines = List.copyOf(machines);
  }

  /**
   * Returns the worst of the machines.
   *
   * @return {@link HealthStatus#FAIL} if one fails or is silent
   */
  public HealthStatus status() {
    return machines.stream()
        .map(MachineHealth::status)
        .reduce(HealthStatus::worst)
        .orElse(HealthStatus.UNKNOWN);
  }

  /**
   * Returns what it comes to. {@link Verdict#OK} speaks for the machines that were seen only; see
   * {@link #coverage}.
   *
   * @return a problem if an endpoint fails, warns or is silent; unknown if one could not be told,
   *     or none was reached: {@link #refusedBeforeAll}
   */
  public Verdict verdict() {
    if (refusedBeforeAll()) {
      return Verdict.UNKNOWN;
    }
    return Verdict.rollUp(
        machines.stream()
            .flatMap(AppHealth::counted)
            .map(
                status ->
                    switch (status) {
                      case PASS -> Verdict.OK;
                      case UNKNOWN -> Verdict.UNKNOWN;
                      case WARN, FAIL -> Verdict.PROBLEM;
                    })
            .toList());
  }

  /**
   * Returns whether the address before the machines refused every connection: they share it, so
   * none of them was reached, and nothing is known of any. A typing error in that address looks the
   * same.
   *
   * @return false if one was reached, or none was asked by its name
   */
  public boolean refusedBeforeAll() {
    var probes = machines.stream().flatMap(each -> each.probes().stream()).toList();
    return machines.stream().allMatch(each -> each.instance().named())
        && !probes.isEmpty()
        && probes.stream().allMatch(each -> each.outcome() == ProbeResult.Outcome.REFUSED);
  }

  private static Stream<HealthStatus> counted(MachineHealth machine) {
    var probes = machine.counted();
    return probes.isEmpty()
        ? Stream.of(HealthStatus.UNKNOWN)
        : probes.stream().map(ProbeResult::status);
  }

  /**
   * Returns where the witnesses do not say the same: machines, endpoints of one machine, code and
   * body of one answer.
   *
   * @return one line each; empty if all agree
   */
  public List<String> disagreements() {
    var lines = new ArrayList<String>();
    if (machines.stream().map(MachineHealth::status).distinct().count() > 1) {
      lines.add(
          "machines differ: "
              + machines.stream()
                  .map(machine -> machine.instance().id() + " " + lower(machine.status()))
                  .collect(Collectors.joining(", ")));
    }
    for (var machine : machines) {
      var probes = machine.counted();
      if (probes.stream().map(ProbeResult::status).distinct().count() > 1) {
        lines.add(
            "endpoints of "
                + machine.instance().id()
                + " differ: "
                + probes.stream()
                    .map(probe -> probe.path() + " " + lower(probe.status()))
                    .collect(Collectors.joining(", ")));
      }
      probes.stream()
          .filter(probe -> probe.report() != null && !probe.report().agree())
          .forEach(probe -> lines.add(machine.instance().id() + " " + witnesses(probe)));
    }
    return lines;
  }

  /**
   * Returns the releases that the machines say they run.
   *
   * @return each once; more than one while a deployment is under way or stuck
   */
  public List<String> releases() {
    return machines.stream()
        .flatMap(machine -> machine.probes().stream())
        .map(ProbeResult::report)
        .filter(Objects::nonNull)
        .map(HealthReport.class::cast)
        .map(report -> report.release() != null ? report.release() : report.version())
        .filter(Objects::nonNull)
        .map(String.class::cast)
        .distinct()
        .toList();
  }

  private static String witnesses(ProbeResult probe) {
    var report = Objects.requireNonNull(probe.report());
    return String.format(
        Locale.ROOT,
        "%s: code %d says %s, body says %s",
        probe.path(),
        report.code(),
        lower(report.byCode()),
        report.said());
  }

  private static String lower(HealthStatus status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the health as a page, for reports: what decides first, then what was not seen, what
   * contradicts it, and machine by machine, worst first.
   *
   * @return the page
   */
  public Page page() {
    return HealthPage.of(this);
  }

  /** Returns one sentence: how many machines, and what decides. */
  String headline() {
    return HealthPage.headline(this);
  }

  @Override
  public String toString() {
    return page().toText(Page.DEFAULT_WIDTH);
  }
}
