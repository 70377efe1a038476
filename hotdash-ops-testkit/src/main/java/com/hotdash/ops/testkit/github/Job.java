package com.hotdash.ops.testkit.github;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A job of an attempt with all its times, those to come included. */
record Job(
    long id,
    JobScript script,
    int attempt,
    Instant startedAt,
    Instant endsAt,
    String conclusion,
    List<Step> steps) {
  private static final Duration PICK_UP = Duration.ofSeconds(2);

  record Step(int number, String name, Instant startedAt, Instant endsAt, String conclusion) {}

  static Job skipped(long id, JobScript script, int attempt, Instant at) {
    return new Job(id, script, attempt, at, at, "skipped", List.of());
  }

  static Job scheduled(long id, JobScript script, int attempt, Instant ready) {
    var start = ready.plus(PICK_UP);
    var at = start;
    var steps = new ArrayList<Step>();
    var conclusion = "success";
    int number = 1;
    for (var step : script.steps()) {
      boolean runs = conclusion.equals("success") || step.always();
      var end = runs ? at.plus(step.takes()) : at;
      steps.add(new Step(number, step.name(), at, end, runs ? step.conclusion() : "skipped"));
      if (runs && conclusion.equals("success") && !step.conclusion().equals("skipped")) {
        conclusion = step.conclusion();
      }
      // GitHub's clean-up steps leave gaps in the numbers.
      number += number == script.steps().size() - 1 ? 3 : 1;
      at = end;
    }
    return new Job(id, script, attempt, start, at, conclusion, List.copyOf(steps));
  }

  Job again(long newId, int newAttempt) {
    return new Job(newId, script, newAttempt, startedAt, endsAt, conclusion, steps);
  }

  Job cutAt(Instant cut) {
    if (!endsAt.isAfter(cut)) {
      return this;
    }
    var kept = new ArrayList<Step>();
    for (var step : steps) {
      if (step.endsAt().isAfter(cut)) {
        var start = step.startedAt().isAfter(cut) ? cut : step.startedAt();
        kept.add(new Step(step.number(), step.name(), start, cut, "cancelled"));
      } else {
        kept.add(step);
      }
    }
    var start = startedAt.isAfter(cut) ? cut : startedAt;
    return new Job(id, script, attempt, start, cut, "cancelled", List.copyOf(kept));
  }

  boolean fails() {
    return !conclusion.equals("success") && !conclusion.equals("skipped");
  }
}
