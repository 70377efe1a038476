package com.hotdash.ops.procedure;

import com.hotdash.ops.app.AppReader;
import com.hotdash.ops.app.AppWindow;
import com.hotdash.ops.database.DatabaseLook;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.Incident;
import com.hotdash.ops.diagnosis.NearbyChange;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.evidence.Evidence;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.evidence.ReadingKey;
import com.hotdash.ops.evidence.Verdict;
import com.hotdash.ops.logs.LogSummary;
import com.hotdash.ops.logs.Timeouts;
import com.hotdash.ops.observation.Observation;
import com.hotdash.ops.pipeline.PipelineLook;
import com.hotdash.ops.platform.Onset;
import com.hotdash.ops.platform.PlatformLook;
import com.hotdash.ops.procedure.SlowAnswers.AtEdge;
import com.hotdash.ops.procedure.SlowAnswers.Began;
import com.hotdash.ops.procedure.SlowAnswers.Fleet;
import com.hotdash.ops.procedure.SlowAnswers.InApplication;
import com.hotdash.ops.procedure.SlowAnswers.TimedOut;
import com.hotdash.ops.procedure.SlowAnswers.Where;
import com.hotdash.ops.procedure.SlowResponseTimesFinding.Place;
import com.hotdash.ops.shop.ShopLook;
import com.hotdash.ops.statuspage.StatusPages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges slow response times (R1): a pure function of an observation. Whether answers are slow the
 * platform's edge decides, and the application's own count can add that they are; all else tells
 * why. Immutable and thread-safe.
 */
public final class SlowResponseTimesProcedure implements Procedure {
  private static final Needs NEEDS =
      Needs.required(PlatformLook.ANSWER_TIMES, PlatformLook.MACHINES, PlatformLook.LOGS)
          .optional(AppReader.METRICS, DatabaseLook.SESSIONS, DatabaseLook.LOCKS)
          .explaining(
              DatabaseLook.SLOW_STATEMENTS,
              DatabaseLook.MODE,
              DatabaseLook.OPEN_MIGRATIONS,
              DatabaseLook.CAPACITY,
              PlatformLook.RESOURCES,
              PlatformLook.RELEASES,
              ShopLook.ANSWER);
  // What only tells since when and of changes: of gaps in it nothing is said.
  private static final List<ReadingKey<?>> CHANGES =
      List.of(
          PlatformLook.ANSWER_HISTORY,
          PlatformLook.SECRETS,
          PlatformLook.TROUBLES,
          PipelineLook.IN_FLIGHT,
          PipelineLook.DEPLOYS,
          StatusPages.PAGES);
  // A database that lets nobody in cannot be asked who waits there.
  private static final ReadingKey<?> GROUND = DatabaseLook.CONNECTIVITY;
  private static final List<Place> LIKELIEST =
      List.of(Place.DATABASE, Place.SHOP, Place.APP, Place.COLD_START, Place.EDGE);
  // A beginning is one only if lines from before it were read.
  private static final Duration QUIET_BEFORE = Duration.ofMinutes(1);

  private final SlowResponseTimesThresholds thresholds;

  /**
   * Makes the procedure.
   *
   * @param thresholds from where on something is slow, or may be why
   */
  public SlowResponseTimesProcedure(SlowResponseTimesThresholds thresholds) {
    this.thresholds = thresholds;
  }

  @Override
  public Incident incident() {
    return Incident.SLOW_RESPONSE_TIMES;
  }

  @Override
  public Set<ReadingKey<?>> needs() {
    var keys = new LinkedHashSet<>(NEEDS.keys());
    keys.addAll(CHANGES);
    keys.add(GROUND);
    keys.addAll(GoingBack.NEEDS);
    keys.addAll(OneMachineMore.NEEDS);
    return Set.copyOf(keys);
  }

  @Override
  public Diagnosis diagnose(Observation look, Estate estate) {
    var seen = Lately.booting(look);
    var findings = new ArrayList<SlowResponseTimesFinding>(answers(seen));
    boolean slow = findings.stream().anyMatch(each -> each.verdict() == Verdict.PROBLEM);
    Needs.read(seen, PlatformLook.MACHINES)
        .ifPresent(read -> findings.add(new Fleet(read.value(), slow, List.of(read.evidence()))));
    var causes = new SlowCauses(seen, thresholds, slow).all();
    findings.addAll(causes);
    List<NearbyChange> changes;
    if (slow || causes.stream().anyMatch(each -> each.verdict() == Verdict.PROBLEM)) {
      findings.add(where(seen, findings, causes));
      changes = began(seen, findings);
    } else {
      changes = WhatChanged.around(seen, null);
    }
    var verdict = NEEDS.verdict(seen, findings);
    if (verdict == Verdict.OK && unreadLog(seen).isPresent()) {
      verdict = Verdict.UNKNOWN; // what hangs is in no histogram, so absence has to be read
    }
    var advice = new SlowResponseTimesAdvice(findings, seen, changes);
    return new Diagnosis(
        incident(),
        estate,
        seen.at(),
        verdict,
        List.copyOf(findings),
        notChecked(seen),
        verdict == Verdict.OK ? List.of() : changes,
        advice.recommendations(),
        advice.contraindications());
  }

  private List<SlowAnswers> answers(Observation seen) {
    var list = new ArrayList<SlowAnswers>();
    Needs.read(seen, PlatformLook.ANSWER_TIMES)
        .ifPresent(
            read ->
                list.add(new AtEdge(read.value(), thresholds.limit(), List.of(read.evidence()))));
    boolean decided = list.stream().anyMatch(each -> each.verdict() != Verdict.UNKNOWN);
    Needs.read(seen, AppReader.METRICS)
        .ifPresent(
            read -> {
              var window = read.value();
              var inside =
                  new InApplication(window.latency(thresholds.limit()), List.of(read.evidence()));
              // Its seconds between two scrapes see few requests: where the edge can tell, that
              // will do. A machine that could not be asked is another matter.
              boolean few = inside.verdict() == Verdict.UNKNOWN && lacking(window).isEmpty();
              if (!decided || !few) {
                list.add(inside);
              }
            });
    Needs.read(seen, PlatformLook.LOGS)
        .filter(read -> !read.value().timeouts().seen().isEmpty())
        .ifPresent(
            read ->
                list.add(
                    new TimedOut(
                        read.value().timeouts(),
                        thresholds.leastTimeouts(),
                        seen.at(),
                        List.of(read.evidence()))));
    return list;
  }

  /** What could not be asked of the machines, before or after. */
  private static List<String> lacking(AppWindow window) {
    return Stream.of(window.before(), window.after())
        .flatMap(each -> each.lacking().stream())
        .distinct()
        .toList();
  }

  /** All places that something points to; the application, if only its own times do. */
  private static Where where(
      Observation seen, List<SlowResponseTimesFinding> findings, List<SlowCause> causes) {
    var lost = new ArrayList<Where.Lost>();
    var evidence = new ArrayList<Evidence>();
    Dependencies.failing(seen).stream()
        .filter(each -> each.name().equals(Dependency.DATABASE))
        .forEach(
            each -> {
              lost.add(new Where.Lost(Place.DATABASE, "nobody gets in: " + each.text()));
              evidence.addAll(each.evidence());
            });
    for (var cause : causes) {
      if (cause.points()) {
        lost.add(new Where.Lost(cause.place(), cause.summary()));
        evidence.addAll(cause.evidence());
      }
    }
    for (var finding : findings) {
      if (finding instanceof TimedOut timedOut) {
        for (var each : timedOut.telling()) {
          lost.add(new Where.Lost(place(each.layer()), timedOut.summary()));
          evidence.addAll(timedOut.evidence());
        }
      }
    }
    if (lost.stream()
        .noneMatch(each -> each.place() != Place.EDGE && each.place() != Place.COLD_START)) {
      findings.stream()
          .filter(SlowResponseTimesProcedure::inside)
          .findFirst()
          .ifPresent(
              each -> {
                lost.add(new Where.Lost(Place.APP, each.summary()));
                evidence.addAll(each.evidence());
              });
    }
    lost.sort(Comparator.comparingInt(SlowResponseTimesProcedure::rank));
    return new Where(lost, evidence.stream().distinct().toList());
  }

  /** What waits for a lock or for another service explains more than a symptom further out. */
  private static int rank(Where.Lost lost) {
    return LIKELIEST.indexOf(lost.place());
  }

  /** Whether the time goes behind the edge. */
  private static boolean inside(SlowResponseTimesFinding finding) {
    return (finding instanceof InApplication && finding.verdict() == Verdict.PROBLEM)
        || (finding instanceof SlowCause.EdgeAlone edge && edge.machinesSlow());
  }

  private static Place place(Timeouts.Layer layer) {
    return switch (layer) {
      case POOL, DATABASE -> Place.DATABASE;
      case SHOP -> Place.SHOP;
      case NETWORK -> Place.APP;
      case CLIENT, PROXY, GATEWAY -> Place.EDGE;
    };
  }

  /** Returns what was changed around the onset, or lately if nobody knows of one. */
  private List<NearbyChange> began(Observation seen, List<SlowResponseTimesFinding> findings) {
    var history = Needs.read(seen, PlatformLook.ANSWER_HISTORY);
    boolean tooSlow =
        findings.stream()
            .filter(each -> each instanceof AtEdge || each instanceof InApplication)
            .anyMatch(each -> each.verdict() == Verdict.PROBLEM);
    var slowSince =
        history
            .filter(each -> tooSlow)
            .flatMap(each -> SlowShare.since(each.value(), thresholds.limit()));
    var onset = slowSince.or(() -> timeouts(seen, findings));
    // What may be older than the data has no time to compare with.
    var changes =
        WhatChanged.around(
            seen, onset.filter(each -> !each.atOrBefore()).map(Onset::at).orElse(null));
    onset.ifPresent(
        each ->
            findings.add(
                new Began(
                    each,
                    slowSince.isPresent(),
                    changes.stream().filter(WhatChanged::mayExplain).findFirst().orElse(null),
                    (slowSince.isPresent()
                            ? history.map(Reading.Read::evidence)
                            : seen.get(PlatformLook.LOGS).evidenceIfRead())
                        .stream().toList())));
    return changes;
  }

  /** Since when requests time out; the log need not reach back to what was before it. */
  private static Optional<Onset> timeouts(
      Observation seen, List<SlowResponseTimesFinding> findings) {
    return findings.stream()
        .filter(TimedOut.class::isInstance)
        .flatMap(each -> ((TimedOut) each).telling().stream())
        .map(Timeouts.Seen::since)
        .filter(Objects::nonNull)
        .map(Instant.class::cast)
        .min(Comparator.naturalOrder())
        .map(at -> new Onset(at, !quietBefore(at, seen)));
  }

  private static boolean quietBefore(Instant at, Observation seen) {
    var from =
        seen.get(PlatformLook.LOGS)
            .toOptional()
            .map(LogSummary::coverage)
            .map(coverage -> coverage.first())
            .orElse(null);
    return from != null && !from.isAfter(at.minus(QUIET_BEFORE));
  }

  /** A log of which a part was read that is not enough: timeouts may stand elsewhere in it. */
  private Optional<LogSummary> unreadLog(Observation seen) {
    return seen.get(PlatformLook.LOGS)
        .toOptional()
        .filter(
            log -> {
              boolean few =
                  log.timeouts().seen().stream()
                      .anyMatch(
                          each ->
                              each.layer() != Timeouts.Layer.CLIENT
                                  && each.count() < thresholds.leastTimeouts()
                                  && Lately.goesOn(each.last(), seen.at()));
              return !Lately.readEnough(log, few, seen.at());
            });
  }

  private List<NotChecked> notChecked(Observation seen) {
    var list = new ArrayList<>(NEEDS.notChecked(seen));
    unreadLog(seen).ifPresent(log -> list.add(Lately.restOf(log)));
    if (seen.get(AppReader.METRICS) instanceof Reading.Read<AppWindow> read
        && !lacking(read.value()).isEmpty()) {
      list.add(
          new NotChecked(
              AppReader.METRICS.name(),
              Why.TOO_LITTLE_DATA,
              "without " + Names.some(lacking(read.value())),
              "ask each machine by itself: ops.app()"));
    }
    // Where the newest answers were not counted either, that is said already.
    seen.get(PlatformLook.ANSWER_HISTORY)
        .obstacle()
        .filter(each -> each.why() != Why.NOT_CONFIGURED)
        .filter(each -> seen.get(PlatformLook.ANSWER_TIMES).obstacle().isEmpty())
        .ifPresent(list::add);
    GoingBack.notChecked(seen, list);
    list.addAll(VendorPages.notChecked(seen));
    return list;
  }
}
