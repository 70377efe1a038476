package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.MachineHealth;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.health.HealthCheck;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.procedure.DependencyMatrix.Row;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.LivenessDepends;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the application's health endpoints say of what it stands on, beside our own look. */
final class ToldDependencies {
  static final String SECRETS = "secrets";

  private static final int SERVER_ERROR = 500;
  private static final Map<String, List<String>> WORDS =
      Map.of(
          Dependency.DATABASE,
          List.of("database", "postgres", "prisma", "supabase", "db"),
          Dependency.SHOP,
          List.of("shop"));

  private final Observation seen;
  private final List<String> required;
  private final @Nullable AppHealth health;

  ToldDependencies(Observation seen) {
    this(seen, RequiredSecrets.NAMES);
  }

  /** Takes the names of the secrets that are required. */
  ToldDependencies(Observation seen, List<String> required) {
    this.seen = seen;
    this.required = List.copyOf(required);
    this.health = seen.get(AppReader.HEALTH).toOptional().orElse(null);
  }

  List<Row> rows() {
    var rows = new ArrayList<Row>();
    var ours = new LinkedHashMap<String, Dependency>();
    Dependencies.seen(seen).forEach(each -> ours.put(each.name(), each));
    for (var name : List.of(Dependency.DATABASE, Dependency.SHOP)) {
      var own = ours.get(name);
      var told = told(name);
      if (own != null || told.isPresent()) {
        var evidence = new ArrayList<Evidence>(own == null ? List.of() : own.evidence());
        told.flatMap(each -> seen.get(AppReader.HEALTH).evidenceIfRead()).ifPresent(evidence::add);
        rows.add(new Row(name, own, told.orElse(null), null, evidence));
      }
    }
    secrets().ifPresent(rows::add);
    for (var page : VendorPages.troubled(seen)) {
      rows.add(
          new Row(
              page.value().page(),
              null,
              null,
              "its status page tells of trouble",
              List.of(page.evidence())));
    }
    return rows;
  }

  private Optional<Row> secrets() {
    return Needs.read(seen, PlatformLook.SECRETS)
        .map(
            read -> {
              var missing = RequiredSecrets.missing(required, read.value());
              return new Row(
                  SECRETS,
                  new Dependency(
                      SECRETS,
                      missing.isEmpty() ? Verdict.OK : Verdict.PROBLEM,
                      missing.isEmpty()
                          ? "all " + required.size() + " required are stored"
                          : "missing: " + Names.some(missing),
                      List.of(read.evidence())),
                  null,
                  null,
                  List.of(read.evidence()));
            });
  }

  /** The best that a machine says: where one gets through, it is not the dependency that fails. */
  private Optional<HealthStatus> told(String dependency) {
    return probes()
        .flatMap(each -> checks(each).stream())
        .filter(each -> of(each).filter(dependency::equals).isPresent())
        .map(HealthCheck::status)
        .filter(each -> each != HealthStatus.UNKNOWN)
        .min(HealthStatus::compareTo);
  }

  private Stream<ProbeResult> probes() {
    return health == null
        ? Stream.empty()
        : health.machines().stream().flatMap(each -> each.probes().stream());
  }

  private static List<HealthCheck> checks(ProbeResult probe) {
    var report = probe.report();
    return report == null ? List.of() : report.checks();
  }

  /** Which of the things that the application stands on a check is about. */
  static Optional<String> of(HealthCheck check) {
    var name = check.name().toLowerCase(Locale.ROOT);
    return WORDS.entrySet().stream()
        .filter(each -> each.getValue().stream().anyMatch(name::contains))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Endpoints that fail by their code, and name a dependency in their body. */
  List<LivenessDepends> liveness() {
    if (!(seen.get(AppReader.HEALTH) instanceof Reading.Read<AppHealth> read)) {
      return List.of();
    }
    var machines = new TreeMap<String, List<String>>();
    var checks = new TreeMap<String, TreeSet<String>>();
    for (MachineHealth machine : read.value().machines()) {
      for (var probe : machine.probes()) {
        var report = probe.report();
        var amiss =
            checks(probe).stream()
                .filter(
                    each ->
                        each.status() == HealthStatus.FAIL || each.status() == HealthStatus.WARN)
                .filter(each -> of(each).isPresent())
                .map(HealthCheck::name)
                .toList();
        if (report != null && report.code() >= SERVER_ERROR && !amiss.isEmpty()) {
          checks.computeIfAbsent(probe.path(), path -> new TreeSet<>()).addAll(amiss);
          machines
              .computeIfAbsent(probe.path(), path -> new ArrayList<>())
              .add(machine.instance().id());
        }
      }
    }
    return machines.entrySet().stream()
        .map(
            each ->
                new LivenessDepends(
                    each.getKey(),
                    List.copyOf(checks.getOrDefault(each.getKey(), new TreeSet<>())),
                    each.getValue(),
                    List.of(read.evidence())))
        .toList();
  }
}
