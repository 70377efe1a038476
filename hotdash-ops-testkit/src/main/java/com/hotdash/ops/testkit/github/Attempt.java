package com.hotdash.ops.testkit.github;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One attempt of a run. Guarded by the repository's lock. */
final class Attempt {
  final int number;
  final Instant requestedAt;
  final List<Job> carried;
  @Nullable Instant admittedAt;
  @Nullable Instant approvedAt;
  @Nullable Instant startedAt;
  @Nullable Instant endsAt;
  @Nullable String conclusion;
  boolean ended;
  List<Job> jobs = List.of();

  Attempt(int number, Instant requestedAt, List<Job> carried) {
    this.number = number;
    this.requestedAt = requestedAt;
    this.carried = carried;
  }

  void start(Instant at, List<JobScript> scripts, LongSupplier ids) {
    startedAt = at;
    var made = new LinkedHashMap<String, Job>();
    for (var script : scripts) {
      made.put(script.name(), job(script, made, at, ids.getAsLong()));
    }
    jobs = new ArrayList<>(made.values());
    endsAt = jobs.stream().map(Job::endsAt).reduce(at, (a, b) -> a.isAfter(b) ? a : b);
    conclusion = conclusionOf(jobs);
  }

  private Job job(JobScript script, Map<String, Job> made, Instant at, long id) {
    for (var before : carried) {
      if (before.script().name().equals(script.name())
          && !before.fails()
          && !before.conclusion().equals("skipped")) {
        return before.again(id, number);
      }
    }
    var ready = at;
    for (var name : script.needs()) {
      var needed = made.get(name);
      if (needed == null) {
        throw new IllegalStateException(
            script.name() + " needs " + name + ", which is not before it");
      }
      ready = needed.endsAt().isAfter(ready) ? needed.endsAt() : ready;
    }
    boolean met =
        script.needs().stream()
            .allMatch(n -> made.containsKey(n) && made.get(n).conclusion().equals("success"));
    return met ? Job.scheduled(id, script, number, ready) : Job.skipped(id, script, number, ready);
  }

  private static String conclusionOf(List<Job> jobs) {
    if (!jobs.isEmpty() && jobs.stream().allMatch(j -> j.conclusion().equals("skipped"))) {
      return "skipped";
    }
    return jobs.stream()
        .filter(j -> j.fails() && !j.script().continueOnError())
        .map(Job::conclusion)
        .findFirst()
        .orElse("success");
  }

  void end(Instant at, String how) {
    endsAt = at;
    conclusion = how;
    jobs = jobs.stream().map(j -> j.cutAt(at)).toList();
  }

  String status(boolean needsApproval) {
    if (ended) {
      return "completed";
    }
    if (admittedAt == null) {
      return "pending";
    }
    if (needsApproval && approvedAt == null) {
      return "waiting";
    }
    return startedAt == null ? "queued" : "in_progress";
  }
}
