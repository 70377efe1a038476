package com.hotdash.ops.procedure;

import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.Conclusion;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.pipeline.Run;
import com.hotdash.ops.pipeline.RunDetail;
import com.hotdash.ops.pipeline.RunProblem;
import com.hotdash.ops.pipeline.Runs;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Release;
import com.hotdash.ops.platform.SecretDigest;
import com.hotdash.ops.platform.SecretSpread;
import com.hotdash.ops.procedure.DeployedMachines.ReleaseHealth;
import com.hotdash.ops.procedure.DeployedMachines.StartFailures;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.BuildErrors;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.DeployRun;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.InFlight;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.NewestRelease;
import com.hotdash.ops.procedure.DeploymentFailuresFinding.Secrets;
import com.hotdash.ops.statuspage.StatusPages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges deployment failures (R3): a pure function of an observation. The pipeline tells whether a
 * release got out, the machines what became of it. Immutable and thread-safe.
 */
public final class DeploymentFailuresProcedure implements Procedure {
  private static final Needs NEEDS =
      Needs.required(PipelineLook.LATEST, PlatformLook.MACHINES, PlatformLook.RELEASES)
          .optional(PlatformLook.SECRETS, PipelineLook.IN_FLIGHT)
          .explaining(PlatformLook.LOGS, PipelineLook.DEPLOYS);
  // Ours: whoever is called a day later is not called for it, while machines are well.
  private static final Duration HISTORY = Duration.ofDays(1);
  private static final Set<Conclusion> NOTHING =
      Set.of(Conclusion.SKIPPED, Conclusion.NEUTRAL, Conclusion.STALE);

  private final DeploymentFailuresThresholds thresholds;

  /**
   * Makes the procedure.
   *
   * @param thresholds what a deployment needs, and from where on it counts as failed
   */
  public DeploymentFailuresProcedure(DeploymentFailuresThresholds thresholds) {
    this.thresholds = thresholds;
  }

  @Override
  public Incident incident() {
    return Incident.DEPLOYMENT_FAILURES;
  }

  @Override
  public Set<ReadingKey<?>> needs() {
    var keys = new LinkedHashSet<>(NEEDS.keys());
    keys.add(PlatformLook.TROUBLES);
    keys.add(StatusPages.PAGES);
    keys.addAll(GoingBack.NEEDS);
    return Set.copyOf(keys);
  }

  @Override
  public Diagnosis diagnose(Observation look, Estate estate) {
    var seen = Lately.crashes(Lately.booting(look));
    var findings = new ArrayList<DeploymentFailuresFinding>();
    var machines = new DeployedMachinesSeen(seen, thresholds, underWay(seen));
    Needs.read(seen, PipelineLook.LATEST)
        .ifPresent(read -> run(read, seen, machines.calm(), findings));
    Needs.read(seen, PipelineLook.IN_FLIGHT)
        .ifPresent(read -> findings.add(new InFlight(read.value(), List.of(read.evidence()))));
    machines.add(findings);
    Needs.read(seen, PlatformLook.RELEASES)
        .flatMap(read -> newest(read, seen, machines))
        .ifPresent(findings::add);
    Needs.read(seen, PlatformLook.SECRETS).ifPresent(read -> findings.add(secrets(read, findings)));
    var verdict = NEEDS.verdict(seen, findings);
    var advice = new DeploymentFailuresAdvice(findings, seen, thresholds);
    return new Diagnosis(
        incident(),
        estate,
        seen.at(),
        verdict,
        List.copyOf(findings),
        notChecked(seen),
        verdict == Verdict.OK ? List.of() : WhatChanged.around(seen, onset(findings)),
        advice.recommendations(),
        advice.contraindications());
  }

  /** When machines began to fail. */
  private static @Nullable Instant onset(List<DeploymentFailuresFinding> findings) {
    return findings.stream()
        .filter(ReleaseHealth.class::isInstance)
        .map(each -> ((ReleaseHealth) each).since())
        .filter(Objects::nonNull)
        .map(Instant.class::cast)
        .findFirst()
        .orElse(null);
  }

  private void run(
      Reading.Read<RunDetail> read,
      Observation seen,
      boolean calm,
      List<DeploymentFailuresFinding> findings) {
    var detail = read.value();
    var before = before(detail, seen);
    var since = later(before == null ? detail.run() : before, seen).orElse(null);
    var evidence = new ArrayList<>(List.of(read.evidence()));
    Optional.ofNullable(detail.log()).flatMap(Reading::evidenceIfRead).ifPresent(evidence::add);
    var ended = (before == null ? detail.run() : before).updatedAt();
    boolean old = calm && ended != null && ended.plus(HISTORY).isBefore(seen.at());
    var run = new DeployRun(detail, before, since, old, evidence);
    findings.add(run);
    boolean failed =
        detail.problem() == RunProblem.FAILED || detail.problem() == RunProblem.TIMED_OUT;
    if (failed && !detail.errors().isEmpty()) {
      findings.add(
          new BuildErrors(detail.errors(), detail.worthOneRerun(), since != null, old, evidence));
    }
  }

  /** A run that did nothing leaves the one before it in force. */
  private static @Nullable Run before(RunDetail detail, Observation seen) {
    if (detail.problem() != RunProblem.NOTHING_DONE) {
      return null;
    }
    return seen.get(PipelineLook.DEPLOYS).toOptional().map(Runs::runs).orElse(List.of()).stream()
        .filter(each -> each.id() != detail.run().id())
        .filter(each -> !didNothing(each))
        .findFirst()
        .orElse(null);
  }

  private static boolean didNothing(Run run) {
    var conclusion = run.state().conclusion();
    return conclusion != null && NOTHING.contains(conclusion);
  }

  /**
   * A release that went out after the run had ended. One with the same image as the newest before
   * is none: a change of secrets makes such a record, and names the image of a failed release, too.
   */
  private static Optional<Release> later(Run run, Observation seen) {
    var ended = run.updatedAt();
    if (ended == null) {
      return Optional.empty();
    }
    var releases = seen.get(PlatformLook.RELEASES).toOptional().orElse(List.of());
    var then =
        releases.stream()
            .filter(each -> !each.at().isAfter(ended))
            .max((a, b) -> Integer.compare(a.version(), b.version()));
    return releases.stream()
        .filter(each -> each.at().isAfter(ended))
        .filter(each -> each.status() == Release.Status.COMPLETE)
        .filter(each -> then.isEmpty() || !then.get().image().same(each.image()))
        .max((a, b) -> Integer.compare(a.version(), b.version()));
  }

  /** Whether something changes the machines right now, by the pipeline or by the platform. */
  private boolean underWay(Observation seen) {
    boolean running =
        seen.get(PipelineLook.IN_FLIGHT)
            .toOptional()
            .map(runs -> !runs.runs().isEmpty())
            .orElse(false);
    boolean releasing =
        newest(seen.get(PlatformLook.RELEASES).toOptional().orElse(List.of()))
            .filter(each -> each.status() == Release.Status.RUNNING && !hanging(each, seen))
            .isPresent();
    return running || releasing;
  }

  private boolean hanging(Release release, Observation seen) {
    return release.at().isBefore(seen.at().minus(thresholds.hangs()));
  }

  private static Optional<Release> newest(List<Release> releases) {
    return releases.stream().max((a, b) -> Integer.compare(a.version(), b.version()));
  }

  private Optional<NewestRelease> newest(
      Reading.Read<List<Release>> read, Observation seen, DeployedMachinesSeen machines) {
    return newest(read.value())
        .map(
            newest -> {
              var origin = DeployedMachinesSeen.origin(newest, read.value());
              boolean everywhere = machines.allHave(newest.image());
              // The record that brought the image failed, and a later one only names it.
              boolean undone = failed(origin) && !failed(newest) && !everywhere;
              var told = undone ? origin : newest;
              boolean old = machines.calm() && told.at().plus(HISTORY).isBefore(seen.at());
              return new NewestRelease(
                  told, hanging(told, seen), everywhere, old, List.of(read.evidence()));
            });
  }

  private static boolean failed(Release release) {
    return release.status() == Release.Status.FAILED
        || release.status() == Release.Status.INTERRUPTED;
  }

  private Secrets secrets(
      Reading.Read<List<SecretDigest>> read, List<DeploymentFailuresFinding> findings) {
    var starts =
        findings.stream()
            .filter(StartFailures.class::isInstance)
            .map(StartFailures.class::cast)
            .findFirst();
    boolean failing =
        starts.isPresent()
            || findings.stream()
                .filter(ReleaseHealth.class::isInstance)
                .anyMatch(each -> each.verdict() == Verdict.PROBLEM);
    var required = thresholds.requiredSecrets();
    var names = read.value().stream().map(SecretDigest::name).toList();
    return new Secrets(
        required.stream().filter(each -> !names.contains(each)).toList(),
        read.value().stream()
            .filter(each -> required.contains(each.name()) && waits(each))
            .toList(),
        required.size(),
        (int) names.stream().filter(each -> !required.contains(each)).count(),
        starts.map(StartFailures::secrets).orElse(List.of()),
        failing,
        List.of(read.evidence()));
  }

  private static boolean waits(SecretDigest secret) {
    return secret.spread().state() == SecretSpread.State.STAGED
        || secret.spread().state() == SecretSpread.State.PARTIAL;
  }

  private static List<NotChecked> notChecked(Observation seen) {
    var list = new ArrayList<>(NEEDS.notChecked(seen));
    // Why a run failed stands in its log: that it could not be read keeps the advice short.
    seen.get(PipelineLook.LATEST)
        .toOptional()
        .map(RunDetail::log)
        .flatMap(Reading::obstacle)
        .ifPresent(list::add);
    GoingBack.notChecked(seen, list);
    list.addAll(VendorPages.notChecked(seen));
    return list;
  }
}
