package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.database.SessionSteps;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.diagnosis.TriageReport;
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
        report.verdict()
            + report
                .first()
                .map(each -> ": " + each.incident().id() + " first, " + Told.summary(each))
                .orElse(""));
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
    int ended = 0;
    int cancelled = 0;
    int machines = 0;
    int webhooks = 0;
    for (var round : rounds) {
      for (var result : round.execution().results()) {
        if (result.done()) {
          if (result.step().kind().equals(SessionSteps.CANCEL)) {
            cancelled++;
          } else if (result.step().kind().equals(MachineSteps.IMAGE)) {
            machines++;
          } else if (result.step().kind().equals(SubscriptionSteps.CREATE)) {
            webhooks++;
          } else {
            ended++;
          }
        }
      }
    }
    var parts = new ArrayList<String>();
    if (ended > 0) {
      parts.add(ended + (ended == 1 ? " session ended" : " sessions ended"));
    }
    if (cancelled > 0) {
      parts.add(cancelled + (cancelled == 1 ? " statement cancelled" : " statements cancelled"));
    }
    if (machines > 0) {
      parts.add(machines + (machines == 1 ? " machine rolled back" : " machines rolled back"));
    }
    if (webhooks > 0) {
      parts.add(webhooks + (webhooks == 1 ? " webhook made again" : " webhooks made again"));
    }
    if (parts.isEmpty()) {
      return "nothing was done";
    }
    return String.join(", ", parts) + (rounds.size() > 1 ? " in " + rounds.size() + " plans" : "");
  }
}
