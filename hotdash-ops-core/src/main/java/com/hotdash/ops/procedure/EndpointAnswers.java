package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.health.HealthReport;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.procedure.CheckSetupFinding.BlindCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one endpoint answered.
 *
 * @param path the endpoint
 * @param reports by machine; at least one
 */
record EndpointAnswers(String path, Map<String, HealthReport> reports) {
  static Optional<EndpointAnswers> of(AppHealth health, String path) {
    var reports = new TreeMap<String, HealthReport>();
    for (var machine : health.machines()) {
      for (var probe : machine.probes()) {
        var report = probe.report();
        if (probe.path().equals(path) && report != null && !probe.misconfigured()) {
          reports.put(machine.instance().id(), report);
        }
      }
    }
    return reports.isEmpty() ? Optional.empty() : Optional.of(new EndpointAnswers(path, reports));
  }

  /** What the application stands on, as far as the answers tell of it. */
  List<String> dependencies() {
    return reports.values().stream()
        .flatMap(each -> each.checks().stream())
        .flatMap(each -> ToldDependencies.of(each).stream())
        .distinct()
        .sorted()
        .toList();
  }

  boolean asksDatabase() {
    return dependencies().contains(Dependency.DATABASE);
  }

  /** Machines whose code says well while their body says that they fail. */
  Optional<BlindCheck> blind(List<Evidence> evidence) {
    var machines =
        reports.entrySet().stream()
            .filter(each -> each.getValue().byCode() == HealthStatus.PASS)
            .filter(each -> each.getValue().byBody() == HealthStatus.FAIL)
            .map(Map.Entry::getKey)
            .toList();
    if (machines.isEmpty()) {
      return Optional.empty();
    }
    var said = reports.getOrDefault(machines.get(0), reports.values().iterator().next()).said();
    return Optional.of(new BlindCheck(path, said == null ? "fail" : said, machines, evidence));
  }
}
