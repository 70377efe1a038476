package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.CertificateState;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.LogEvent;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.Certificate;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.Checks;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.Flapping;
import com.hotdash.ops.procedure.HealthCheckFailuresFinding.Probes;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.statuspage.StatusPages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges health checks that fail (R7): a pure function of an observation. Immutable and
 * thread-safe.
 */
public final class HealthCheckFailuresProcedure implements Procedure {
  private static final Needs NEEDS =
      Needs.required(PlatformLook.MACHINES, AppReader.HEALTH)
          .optional(AppReader.CERTIFICATE, PlatformLook.SETTINGS)
          .explaining(
              PlatformLook.LOGS,
              PlatformLook.RELEASES,
              PlatformLook.SECRETS,
              DatabaseLook.CONNECTIVITY,
              ShopLook.ANSWER,
              PipelineLook.WATCHES);

  // As for logged errors: what was quiet for so long is over.
  private static final Duration STEADY = Duration.ofMinutes(5);

  private final HealthCheckFailuresThresholds thresholds;
  private final List<String> requiredSecrets;

  /**
   * Makes the procedure for HotDash's ten secrets.
   *
   * @param thresholds from where on something is a problem
   */
  public HealthCheckFailuresProcedure(HealthCheckFailuresThresholds thresholds) {
    this(thresholds, RequiredSecrets.NAMES);
  }

  /**
   * Makes the procedure.
   *
   * @param thresholds from where on something is a problem
   * @param requiredSecrets the names of the secrets without which the application does not work
   */
  public HealthCheckFailuresProcedure(
      HealthCheckFailuresThresholds thresholds, List<String> requiredSecrets) {
    this.thresholds = thresholds;
    this.requiredSecrets = List.copyOf(requiredSecrets);
  }

  @Override
  public Incident incident() {
    return Incident.HEALTH_CHECK_FAILURES;
  }

  @Override
  public Set<ReadingKey<?>> needs() {
    var all = new LinkedHashSet<ReadingKey<?>>(NEEDS.keys());
    all.add(StatusPages.PAGES);
    all.addAll(GoingBack.NEEDS);
    return Set.copyOf(all);
  }

  @Override
  public Diagnosis diagnose(Observation look, Estate estate) {
    var seen = Lately.booting(look);
    var findings = new ArrayList<HealthCheckFailuresFinding>();
    if (seen.get(PlatformLook.MACHINES) instanceof Reading.Read<Machines> read) {
      findings.add(new Checks(read.value(), List.of(read.evidence())));
    }
    if (seen.get(AppReader.HEALTH) instanceof Reading.Read<AppHealth> read) {
      findings.add(new Probes(read.value(), List.of(read.evidence())));
    }
    findings.addAll(FewerRunning.of(seen));
    boolean unhealthy =
        findings.stream()
            .filter(each -> !(each instanceof FewerRunning))
            .anyMatch(each -> each.verdict() == Verdict.PROBLEM);
    findings.addAll(new Witnesses(seen, thresholds).disagreements());
    flapping(seen, findings);
    if (seen.get(AppReader.CERTIFICATE) instanceof Reading.Read<CertificateState> read) {
      findings.add(
          new Certificate(read.value(), thresholds.certificateLeft(), List.of(read.evidence())));
    }
    var toldOf = new ToldDependencies(seen, requiredSecrets);
    findings.addAll(toldOf.liveness());
    var rows = toldOf.rows();
    if (!rows.isEmpty()) {
      findings.add(new DependencyMatrix(rows, unhealthy));
    }
    var advice = new HealthCheckFailuresAdvice(findings, seen);
    return new Diagnosis(
        incident(),
        estate,
        seen.at(),
        NEEDS.verdict(seen, findings),
        List.copyOf(findings),
        notChecked(seen),
        WhatChanged.around(seen, since(findings)),
        advice.recommendations(),
        advice.contraindications());
  }

  private static @Nullable Instant since(List<HealthCheckFailuresFinding> findings) {
    return findings.stream()
        .filter(Checks.class::isInstance)
        .flatMap(each -> ((Checks) each).since().stream())
        .findFirst()
        .orElse(null);
  }

  private static List<NotChecked> notChecked(Observation seen) {
    var list = new ArrayList<>(NEEDS.notChecked(seen));
    GoingBack.notChecked(seen, list);
    list.addAll(VendorPages.notChecked(seen));
    return list;
  }

  private void flapping(Observation seen, List<HealthCheckFailuresFinding> findings) {
    if (seen.get(PlatformLook.LOGS) instanceof Reading.Read<LogSummary> read) {
      var changes =
          read.value().checkTransitions().stream()
              .collect(
                  Collectors.groupingBy(
                      each -> each.machine() + "\n" + each.detail(),
                      TreeMap::new,
                      Collectors.toList()));
      for (List<LogEvent> each : changes.values()) {
        boolean goesOn =
            each.stream().anyMatch(event -> event.at().isAfter(seen.at().minus(STEADY)));
        if (goesOn && each.size() >= thresholds.flapping()) {
          var first = each.get(0);
          findings.add(
              new Flapping(first.machine(), first.detail(), each.size(), List.of(read.evidence())));
        }
      }
    }
  }
}
