package com.hotdash.ops.examples.gameday;

import com.hotdash.ops.database.SessionSteps;
import com.hotdash.ops.diagnosis.Diagnosis;
import com.hotdash.ops.resolution.Execution;
import com.hotdash.ops.resolution.Plan;
import com.hotdash.ops.resolution.Verification;
import com.hotdash.ops.text.Plot.Marker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of one drill; filled in as it goes, so that a drill that breaks off tells the rest. */
final class DrillResult {
  private final Drill drill;
  private final List<String> failures = new ArrayList<>();
  private final List<Marker> markers = new ArrayList<>();
  private final List<Round> rounds = new ArrayList<>();
  private List<Sample> samples = List.of();
  private @Nullable Diagnosis first;
  private @Nullable Duration diagnosedIn;
  private @Nullable Verification verification;
  private @Nullable Diagnosis last;
  private long poolUses;
  private long poolErrors;

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

  void verified(Verification answer) {
    verification = answer;
  }

  void diagnosedAgain(Diagnosis diagnosis) {
    last = diagnosis;
  }

  void pool(long uses, long errors) {
    poolUses = uses;
    poolErrors = errors;
  }

  void samples(List<Sample> seen) {
    samples = List.copyOf(seen);
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

  List<Marker> markers() {
    return List.copyOf(markers);
  }

  List<Round> rounds() {
    return List.copyOf(rounds);
  }

  List<Sample> samples() {
    return samples;
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

  long poolUses() {
    return poolUses;
  }

  long poolErrors() {
    return poolErrors;
  }

  /** Returns what was done, such as {@code 29 sessions ended in 2 plans}. */
  String cure() {
    int ended = 0;
    int cancelled = 0;
    for (var round : rounds) {
      for (var result : round.execution().results()) {
        if (result.done()) {
          if (result.step().kind().equals(SessionSteps.CANCEL)) {
            cancelled++;
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
    if (parts.isEmpty()) {
      return "nothing was done";
    }
    return String.join(", ", parts) + (rounds.size() > 1 ? " in " + rounds.size() + " plans" : "");
  }
}
