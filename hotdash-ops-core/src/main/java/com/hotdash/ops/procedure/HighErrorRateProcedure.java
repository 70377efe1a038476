package com.hotdash.ops.procedure;

import static com.hotdash.ops.logs.Signature.DATABASE_AUTH;
import static com.hotdash.ops.logs.Signature.DATABASE_CLOSED;
import static com.hotdash.ops.logs.Signature.DATABASE_FULL;
import static com.hotdash.ops.logs.Signature.DATABASE_TIMEOUT;
import static com.hotdash.ops.logs.Signature.DATABASE_UNREACHABLE;
import static com.hotdash.ops.logs.Signature.POOL_EMPTY;
import static com.hotdash.ops.logs.Signature.SHOP_AUTH;
import static com.hotdash.ops.logs.Signature.SHOP_THROTTLED;
import static com.hotdash.ops.logs.Signature.SHOP_TIMEOUT;

import com.hotdash.ops.app.AppHealth;
import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Finding;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.health.HealthStatus;
import com.hotdash.ops.health.ProbeResult;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.logs.Sighting;
import com.hotdash.ops.logs.Signature;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.platform.Machines;
import com.hotdash.ops.platform.Onset;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.platform.Traffic;
import com.hotdash.ops.procedure.ErrorShares.ApplicationErrors;
import com.hotdash.ops.procedure.ErrorShares.ErrorRate;
import com.hotdash.ops.procedure.ErrorShares.OwnProbes;
import com.hotdash.ops.procedure.ErrorSigns.Began;
import com.hotdash.ops.procedure.ErrorSigns.Dependency;
import com.hotdash.ops.procedure.ErrorSigns.Fleet;
import com.hotdash.ops.procedure.ErrorSigns.LoggedErrors;
import com.hotdash.ops.procedure.ErrorSigns.SteadyErrors;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.statuspage.StatusPages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Judges a high error rate (R2): a pure function of an observation. Immutable and thread-safe. */
public final class HighErrorRateProcedure implements Procedure {
  private static final List<ReadingKey<?>> REQUIRED =
      List.of(PlatformLook.TRAFFIC, PlatformLook.MACHINES);
  private static final List<ReadingKey<?>> EXPLAINING =
      List.of(PlatformLook.RELEASES, PlatformLook.LOGS);
  // What may have brought it about; one that is not configured is not missed.
  private static final List<ReadingKey<?>> CHANGING =
      List.of(
          PlatformLook.SECRETS,
          PlatformLook.TROUBLES,
          PipelineLook.IN_FLIGHT,
          PipelineLook.DEPLOYS,
          DatabaseLook.OPEN_MIGRATIONS,
          DatabaseLook.CONNECTIVITY,
          ShopLook.ANSWER);
  // Where the platform's numbers cannot decide.
  private static final List<ReadingKey<?>> DECIDING = List.of(AppReader.METRICS, AppReader.HEALTH);
  private static final Duration LONGEST = Widening.WINDOWS.get(Widening.WINDOWS.size() - 1);
  private static final Set<Signature> DATABASE =
      Set.of(
          DATABASE_FULL,
          POOL_EMPTY,
          DATABASE_UNREACHABLE,
          DATABASE_TIMEOUT,
          DATABASE_CLOSED,
          DATABASE_AUTH);
  private static final Set<Signature> SHOP = Set.of(SHOP_AUTH, SHOP_THROTTLED, SHOP_TIMEOUT);

  private final ErrorRateThresholds thresholds;

  /**
   * Makes the procedure.
   *
   * @param thresholds from where on something is a problem
   */
  public HighErrorRateProcedure(ErrorRateThresholds thresholds) {
    this.thresholds = thresholds;
  }

  @Override
  public Incident incident() {
    return Incident.HIGH_ERROR_RATE;
  }

  @Override
  public Set<ReadingKey<?>> needs() {
    return Set.of(
        PlatformLook.TRAFFIC,
        PlatformLook.MACHINES,
        PlatformLook.RELEASES,
        PlatformLook.LOGS,
        PlatformLook.SECRETS,
        PlatformLook.TROUBLES,
        PipelineLook.IN_FLIGHT,
        PipelineLook.DEPLOYS,
        DatabaseLook.OPEN_MIGRATIONS,
        DatabaseLook.CONNECTIVITY,
        ShopLook.ANSWER,
        StatusPages.PAGES);
  }

  @Override
  public Diagnosis diagnose(Observation look, Estate estate) {
    var seen = Lately.crashes(Lately.booting(look));
    var findings = new ArrayList<HighErrorRateFinding>();
    var changes = errors(seen, findings);
    application(seen, findings);
    logs(seen, findings);
    if (seen.get(PlatformLook.MACHINES) instanceof Reading.Read<Machines> read) {
      findings.add(0, new Fleet(read.value(), felt(findings), List.of(read.evidence())));
    }
    var verdict = verdict(seen, findings);
    var advisor = new HighErrorRateAdvice(seen, findings, changes);
    return new Diagnosis(
        Incident.HIGH_ERROR_RATE,
        estate,
        seen.at(),
        verdict,
        List.copyOf(findings),
        notChecked(seen),
        verdict == Verdict.OK ? List.of() : changes,
        advisor.recommendations(),
        advisor.contraindications());
  }

  /**
   * Returns whether more must be read: the platform's numbers could not be had, or are too few.
   *
   * @param seen a look at {@link #needs}
   * @return false if {@link #widening} could change nothing
   */
  public boolean undecided(Observation seen) {
    return seen.get(PlatformLook.TRAFFIC)
        .toOptional()
        .map(traffic -> Widening.of(traffic, thresholds.share()).verdict() == Verdict.UNKNOWN)
        .orElse(true);
  }

  /**
   * Returns what it judges besides where the platform's numbers cannot decide: the application's
   * own counters, which take some seconds to grow, and own probes. Both can add a problem; neither
   * makes up for what the platform did not see.
   *
   * @return their keys
   */
  public Set<ReadingKey<?>> widening() {
    return Set.copyOf(DECIDING);
  }

  /** Returns what was changed around the onset, or lately if nobody knows of one. */
  private List<NearbyChange> errors(Observation seen, List<HighErrorRateFinding> findings) {
    if (seen.get(PlatformLook.TRAFFIC) instanceof Reading.Read<Traffic> read) {
      var rate = new ErrorRate(read.value(), thresholds.share(), List.of(read.evidence()));
      findings.add(rate);
      var onset = Onset.find(read.value(), thresholds.share());
      if (rate.verdict() == Verdict.PROBLEM && onset.isPresent()) {
        // What may be older than the data has no time to compare with.
        var at = onset.get().atOrBefore() ? null : onset.get().at();
        var changes = WhatChanged.around(seen, at);
        var nearest = changes.stream().filter(WhatChanged::mayExplain).findFirst().orElse(null);
        findings.add(new Began(onset.get(), nearest, List.of(read.evidence())));
        return changes;
      }
    }
    return WhatChanged.around(seen, null);
  }

  private void application(Observation seen, List<HighErrorRateFinding> findings) {
    boolean undecided = undecided(seen);
    if (seen.get(AppReader.METRICS) instanceof Reading.Read<AppWindow> read) {
      var window = read.value();
      var found =
          new ApplicationErrors(
              window.errorShare(),
              // Where the edge decides by the newest minutes, what was before must not.
              undecided ? window.errorShareSinceStart(LONGEST).orElse(null) : null,
              thresholds.share(),
              List.of(read.evidence()));
      if (undecided || found.verdict() == Verdict.PROBLEM) {
        findings.add(found);
      }
    }
    if (undecided
        && seen.get(AppReader.HEALTH) instanceof Reading.Read<AppHealth> read
        && !read.value().refusedBeforeAll()) {
      probes(read, findings);
    }
  }

  /** A probe that could not be made, or that the application does not let us make, is none. */
  private void probes(Reading.Read<AppHealth> read, List<HighErrorRateFinding> findings) {
    var judged =
        read.value().machines().stream()
            .flatMap(machine -> machine.probes().stream())
            .filter(probe -> !probe.misconfigured() && probe.status() != HealthStatus.UNKNOWN)
            .toList();
    int failed = (int) judged.stream().filter(HighErrorRateProcedure::failed).count();
    if (!judged.isEmpty()) {
      findings.add(
          new OwnProbes(judged.size(), failed, thresholds.share(), List.of(read.evidence())));
    }
  }

  private static boolean failed(ProbeResult probe) {
    var report = probe.report();
    return report == null || report.code() >= 500;
  }

  private void logs(Observation seen, List<HighErrorRateFinding> findings) {
    if (seen.get(PlatformLook.LOGS) instanceof Reading.Read<LogSummary> read) {
      var summary = read.value();
      var recent = summary.groups().stream().filter(LoggedErrors::recent).toList();
      if (!recent.isEmpty()) {
        findings.add(
            new LoggedErrors(
                recent, thresholds.leastErrors(), seen.at(), summary, List.of(read.evidence())));
      }
      var steady = summary.groups().stream().filter(each -> !LoggedErrors.recent(each)).toList();
      if (!steady.isEmpty()) {
        findings.add(
            new SteadyErrors(steady, tooMany(findings), summary, List.of(read.evidence())));
      }
      proxy(read, seen, findings);
      boolean felt = felt(findings);
      dependency(read, DATABASE, true, seen, findings, felt);
      dependency(read, SHOP, false, seen, findings, felt);
    }
  }

  private void proxy(
      Reading.Read<LogSummary> read, Observation seen, List<HighErrorRateFinding> findings) {
    var sightings =
        read.value().sightings().stream()
            .filter(each -> ProxyErrors.FAMILIES.containsKey(each.signature()))
            .filter(each -> each.count() >= thresholds.leastErrors())
            .filter(each -> Lately.goesOn(each.last(), seen.at()))
            .sorted(Comparator.<Sighting>comparingLong(Sighting::count).reversed())
            .toList();
    if (!sightings.isEmpty()) {
      findings.add(new ProxyErrors(sightings, tooMany(findings), List.of(read.evidence())));
    }
  }

  private static boolean tooMany(List<HighErrorRateFinding> findings) {
    return findings.stream()
        .anyMatch(each -> each instanceof ErrorShares && each.verdict() == Verdict.PROBLEM);
  }

  private void dependency(
      Reading.Read<LogSummary> read,
      Set<Signature> signatures,
      boolean database,
      Observation seen,
      List<HighErrorRateFinding> findings,
      boolean felt) {
    var sightings =
        read.value().sightings().stream()
            .filter(each -> signatures.contains(each.signature()))
            .filter(each -> Lately.goesOn(each.last(), seen.at()))
            .sorted(Comparator.<Sighting>comparingLong(each -> each.errors()).reversed())
            .toList();
    // One line may show two signatures: the largest count is sure, their sum is not.
    long most = sightings.isEmpty() ? 0 : sightings.get(0).errors();
    double share = read.value().errors() == 0 ? 0 : (double) most / read.value().errors();
    if (most >= thresholds.leastErrors() && share >= thresholds.dependencyShare()) {
      findings.add(new Dependency(sightings, share, database, felt, List.of(read.evidence())));
    }
  }

  /** Whether requests fail, or errors are new and go on; what nobody can tell may be so. */
  private static boolean felt(List<HighErrorRateFinding> findings) {
    return findings.stream().anyMatch(each -> each.verdict() == Verdict.PROBLEM)
        || findings.stream()
            .noneMatch(each -> each instanceof ErrorRate && each.verdict() == Verdict.OK);
  }

  /** What should have been read and was not keeps the whole from being OK. */
  private static Verdict verdict(Observation seen, List<? extends Finding> findings) {
    var verdicts = new ArrayList<>(findings.stream().map(Finding::verdict).toList());
    for (var key : REQUIRED) {
      if (seen.get(key).obstacle().isPresent()) {
        verdicts.add(Verdict.UNKNOWN);
      }
    }
    return Verdict.rollUp(verdicts);
  }

  private List<NotChecked> notChecked(Observation seen) {
    var list = new ArrayList<NotChecked>();
    for (var key : REQUIRED) {
      seen.get(key).obstacle().ifPresent(list::add);
    }
    for (var key : EXPLAINING) {
      seen.get(key).obstacle().ifPresent(list::add);
    }
    if (undecided(seen)) {
      for (var key : DECIDING) {
        seen.get(key).obstacle().ifPresent(list::add);
      }
    }
    for (var key : CHANGING) {
      seen.get(key)
          .obstacle()
          .filter(each -> each.why() != Why.NOT_CONFIGURED)
          .ifPresent(list::add);
    }
    list.addAll(VendorPages.notChecked(seen));
    return list;
  }
}
