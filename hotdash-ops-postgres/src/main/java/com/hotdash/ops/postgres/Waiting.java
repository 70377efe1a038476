package com.hotdash.ops.postgres;

import com.hotdash.ops.database.ConnectFailure;
import com.hotdash.ops.database.FailureKind;
import java.time.Duration;

/** What to say when a wait ended without an answer. */
final class Waiting {
  /** Who was given less than this cannot be blamed for being silent. */
  private static final Duration FAIR = Duration.ofMillis(100);

  private final PgFailures failures;

  Waiting(PgFailures failures) {
    this.failures = failures;
  }

  ConnectFailure endedAfter(Duration wait, FailureKind kind, String what, String nextStep) {
    return wait.compareTo(FAIR) < 0
        ? tooLate()
        : failures.of(kind, what + " within " + wait.toMillis() + " ms", nextStep);
  }

  ConnectFailure tooLate() {
    return failures.of(
        FailureKind.DEADLINE,
        "our own deadline came before an answer could",
        "run it again with a longer deadline");
  }

  ConnectFailure interrupted() {
    Thread.currentThread().interrupt();
    return failures.of(FailureKind.DEADLINE, "the waiting thread was interrupted", "run it again");
  }

  ConnectFailure noThread() {
    return failures.of(
        FailureKind.NOT_TRIED,
        "our own pool of threads has none free",
        "run it again; earlier probes may still wait for servers that do not answer");
  }
}
