package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.database.SessionSteps;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.TriageReport;
import com.hotdash.ops.pipeline.PipelineSteps;
import com.hotdash.ops.platform.MachineSteps;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.shop.SubscriptionSteps;
import com.hotdash.ops.text.Plot;
import com.hotdash.ops.text.Plot.Marker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of one drill; filled in as it goes, so that a drill that breaks off tells the rest. */
final class DrillResult {
  private final Drill drill;
  private final List<String> failures = new ArrayList<>();
  private final List<Marker> markers = new ArrayList<>();
  private final List<Round> rounds = new ArrayList<>();
  private final List<Plot> plots = new ArrayList<>();
  private @Nullable Diagnosis first;
  private @Nullable Duration diagnosedIn;
  private @Nullable Verification verification;
  private @Nullable Diagnosis last;
  private String bystander = "Bystander";
  private String fared = "nobody was looked after";
  private long harmed;

  private final Map<String, String> looks = new LinkedHashMap<>();

  /** One plan and what was done about it. */
  record Round(Plan plan, Execution execution) {}

  DrillResult(Drill drill) {
    this.drill = drill;
  }

  Drill drill() {
    return drill;
  }

  void fail(String why) {
    failures.add(why);
  }

  void require(boolean condition, String otherwise) {
    if (!condition) {
      fail(otherwise);
    }
  }

  void mark(Marker marker) {
    markers.add(marker);
  }

  void diagnosed(Diagnosis diagnosis, Duration took) {
    first = diagnosis;
    diagnosedIn = took;
  }

  void applied(Round round) {
    rounds.add(round);
  }

  /** Keeps the answer, and marks when the symptom was first seen gone for good. */
  void verified(Verification answer) {
    verification = answer;
    Instant gone = null;
    for (var sample : answer.samples()) {
      if (sample.measurement().present()) {
        gone = null;
      } else if (gone == null) {
        gone = sample.at();
      }
    }
    if (gone != null) {
      mark(new Marker(gone, "cured"));
    }
  }

  /** Keeps what all incidents came to at one moment, and which of them was named first. */
  void looked(String when, TriageReport report) {
    looks.put(
        when,
        report.verdict() + report.first().map(each -> ", first " + Told.first(report)).orElse(""));
  }

  /** Returns what was seen of all incidents, before and after, by when it was seen. */
  Map<String, String> looks() {
    return Collections.unmodifiableMap(looks);
  }

  void diagnosedAgain(Diagnosis diagnosis) {
    last = diagnosis;
  }

  /**
   * Keeps how somebody fared who had no part in the incident and its cure.
   *
   * @param harm how often the cure got in that one's way
   */
  void fared(String who, String how, long harm) {
    bystander = who;
    fared = how;
    harmed = harm;
  }

  void saw(Plot plot) {
    plots.add(plot);
  }

  /** Returns whether the incident was found, cured and verified, and nobody was harmed. */
  boolean verified() {
    return failures.isEmpty()
        && verification != null
        && verification.result() == Verification.Result.CURED;
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  List<Round> rounds() {
    return List.copyOf(rounds);
  }

  /** Returns what was seen, with what happened marked on it. */
  List<Plot> plots() {
    return plots.stream()
        .map(plot -> new Plot(plot.title(), plot.unit(), plot.series(), markers))
        .toList();
  }

  @Nullable Diagnosis first() {
    return first;
  }

  @Nullable Duration diagnosedIn() {
    return diagnosedIn;
  }

  @Nullable Verification verification() {
    return verification;
  }

  @Nullable Diagnosis last() {
    return last;
  }

  String bystander() {
    return bystander;
  }

  String fared() {
    return fared;
  }

  long harmed() {
    return harmed;
  }

  /** Returns what was done, such as {@code 29 sessions ended in 2 plans}. */
  String cure() {
    var counts = new LinkedHashMap<String, Integer>();
    for (var round : rounds) {
      for (var result : round.execution().results()) {
        if (result.done()) {
          counts.merge(result.step().kind(), 1, Integer::sum);
        }
      }
    }
    if (counts.isEmpty()) {
      return "nothing was done";
    }
    var parts = new ArrayList<String>();
    counts.forEach((kind, count) -> parts.add(done(kind, count)));
    return String.join(", ", parts) + (rounds.size() > 1 ? " in " + rounds.size() + " plans" : "");
  }

  private static String done(String kind, int count) {
    return switch (kind) {
      case SessionSteps.TERMINATE -> counted(count, "session", "ended");
      case SessionSteps.CANCEL -> counted(count, "statement", "cancelled");
      case MachineSteps.IMAGE -> counted(count, "machine", "rolled back");
      case MachineSteps.GUEST -> counted(count, "machine", "made larger");
      case MachineSteps.RESTART -> counted(count, "machine", "restarted");
      case MachineSteps.CREATE -> counted(count, "machine", "added");
      case MachineSteps.ROLL_OUT -> counted(count, "machine", "given secrets");
      case SubscriptionSteps.CREATE -> counted(count, "webhook", "made again");
      case PipelineSteps.RERUN_FAILED -> counted(count, "run", "made again");
      default -> counted(count, kind + " step", "made");
    };
  }

  private static String counted(int count, String what, String how) {
    return count + " " + what + (count == 1 ? " " : "s ") + how;
  }
}
