package com.hotdash.ops.testkit.github;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a repository, brought up to the present before each look. Guarded by the repository's
 * lock.
 */
final class Runs {
  private static final Duration IN_QUEUE = Duration.ofSeconds(3);
  private static final Duration TO_CANCEL = Duration.ofSeconds(2);

  private final Supplier<Instant> now;
  private final AtomicLong ids;
  private final List<Run> runs = new ArrayList<>();
  boolean stuck;

  Runs(Supplier<Instant> now, AtomicLong ids) {
    this.now = now;
    this.ids = ids;
  }

  /** An attempt that starts or ends at a moment. */
  private record Due(Run run, Instant at, boolean ends) {}

  /** Returns the runs, oldest first, as they stand now. */
  List<Run> all() {
    for (var due = nextDue(); due != null; due = nextDue()) {
      happen(due);
    }
    return runs;
  }

  Run add(Workflow workflow, Run.Start start) {
    all();
    var run = new Run(ids.incrementAndGet(), workflow, start, now.get());
    runs.add(run);
    enter(run);
    return run;
  }

  void rerun(Run run, List<Job> carried) {
    run.attempts.add(new Attempt(run.latest().number + 1, now.get(), carried));
    enter(run);
  }

  /** Returns false if there is nothing to cancel. */
  boolean cancel(Run run) {
    all();
    var attempt = run.latest();
    if (attempt.ended || (stuck && run.status().equals("queued"))) {
      return false;
    }
    if (attempt.startedAt == null) {
      close(run, now.get(), "cancelled");
    } else {
      attempt.end(now.get().plus(TO_CANCEL), "cancelled");
    }
    return true;
  }

  /** A reviewer said no: the run ends without a job. */
  void reject(Run run) {
    close(run, now.get(), "failure");
  }

  private @Nullable Due nextDue() {
    Due first = null;
    for (var run : runs) {
      var due = due(run);
      if (due != null && (first == null || due.at().isBefore(first.at()))) {
        first = due;
      }
    }
    return first == null || first.at().isAfter(now.get()) ? null : first;
  }

  private @Nullable Due due(Run run) {
    var attempt = run.latest();
    if (attempt.ended) {
      return null;
    }
    if (attempt.startedAt != null) {
      return new Due(run, Objects.requireNonNull(attempt.endsAt), true);
    }
    if (stuck || !run.status().equals("queued")) {
      return null;
    }
    var ready = Objects.requireNonNull(attempt.admittedAt);
    if (attempt.approvedAt != null && attempt.approvedAt.isAfter(ready)) {
      ready = attempt.approvedAt;
    }
    return new Due(run, ready.plus(IN_QUEUE), false);
  }

  private void happen(Due due) {
    var run = due.run();
    if (due.ends()) {
      close(run, due.at(), Objects.requireNonNull(run.latest().conclusion));
      return;
    }
    var jobs = run.workflow.file.jobs();
    if (jobs == null) {
      close(run, due.at(), "startup_failure");
    } else {
      run.latest().start(due.at(), jobs.apply(run.request()), ids::incrementAndGet);
    }
  }

  private void close(Run run, Instant at, String conclusion) {
    var attempt = run.latest();
    attempt.end(at, conclusion);
    attempt.ended = true;
    if (attempt.admittedAt != null) {
      inGroup(run)
          .filter(r -> r.status().equals("pending"))
          .ifPresent(r -> r.latest().admittedAt = at);
    }
    if (conclusion.equals("success")) {
      run.workflow.file.effect().accept(run.request());
    }
  }

  /** Takes a place in the concurrency group: the first goes on, the last to come waits. */
  private void enter(Run run) {
    var other = inGroup(run);
    if (other.isEmpty()) {
      run.latest().admittedAt = run.latest().requestedAt;
    } else {
      for (var waiting = pending(run); waiting.isPresent(); waiting = pending(run)) {
        close(waiting.get(), now.get(), "cancelled");
      }
    }
  }

  private Optional<Run> pending(Run than) {
    return runs.stream()
        .filter(r -> sameGroup(r, than) && r.status().equals("pending"))
        .findFirst();
  }

  private Optional<Run> inGroup(Run than) {
    return runs.stream().filter(r -> sameGroup(r, than) && !r.latest().ended).findFirst();
  }

  private static boolean sameGroup(Run one, Run other) {
    var group = other.workflow.file.concurrencyGroup();
    return one != other && group != null && group.equals(one.workflow.file.concurrencyGroup());
  }
}
