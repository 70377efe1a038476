package com.hotdash.ops.github;

import com.hotdash.ops.error.Fault;
import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.github.GitHubException.Kind;
import com.hotdash.ops.http.HttpAnswer;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends writes one at a time and not too fast, as GitHub asks: a second apart, three where people
 * are notified. A write that a limit refused was not carried out, and is made once more if the wait
 * that GitHub asks for fits into the deadline. No other write is ever repeated. Thread-safe.
 */
final class GitHubWrites {
  private static final Duration GAP = Duration.ofSeconds(1);
  private static final Duration GAP_WHEN_NOTIFYING = Duration.ofSeconds(3);

  private final GitHubApi api;
  private final Time time;
  private final ReentrantLock oneAtATime = new ReentrantLock(true);
  private long freeAtNanos;

  GitHubWrites(GitHubApi api) {
    this.api = api;
    this.time = api.time();
    this.freeAtNanos = time.ticker().nanos();
  }

  /** Makes a write of which nobody is notified. */
  HttpAnswer quiet(Call call, Deadline deadline) {
    return send(call, GAP, deadline);
  }

  /** Makes a write of which people are notified. */
  HttpAnswer notifying(Call call, Deadline deadline) {
    return send(call, GAP_WHEN_NOTIFYING, deadline);
  }

  private HttpAnswer send(Call call, Duration gap, Deadline deadline) {
    acquire(call.operation(), deadline);
    try {
      try {
        return paced(call, gap, deadline);
      } catch (GitHubException e) {
        var wait = e.retryAfter().orElse(null);
        if (!e.rateLimited() || wait == null || wait.compareTo(deadline.remaining()) >= 0) {
          throw e;
        }
        await(call.operation(), wait);
        return paced(call, gap, deadline);
      }
    } finally {
      oneAtATime.unlock();
    }
  }

  private HttpAnswer paced(Call call, Duration gap, Deadline deadline) {
    var wait = Duration.ofNanos(Math.max(0, freeAtNanos - time.ticker().nanos()));
    if (wait.compareTo(deadline.remaining()) >= 0) {
      throw notSent(call.operation());
    }
    if (!wait.isZero()) {
      await(call.operation(), wait);
    }
    try {
      return api.send(call, deadline);
    } finally {
      freeAtNanos = time.ticker().nanos() + gap.toNanos();
    }
  }

  private void acquire(String operation, Deadline deadline) {
    try {
      if (!oneAtATime.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        throw notSent(operation);
      }
    } catch (InterruptedException e) {
      throw interrupted(operation);
    }
  }

  private void await(String operation, Duration wait) {
    if (!time.await(wait)) {
      throw interrupted(operation);
    }
  }

  private static InterruptedOpsException interrupted(String operation) {
    return new InterruptedOpsException(
        Fault.of(GitHubApi.SERVICE, operation, "interrupted before it was sent"));
  }

  private static GitHubException notSent(String operation) {
    return new GitHubException(
        Kind.REFUSED,
        0,
        List.of(),
        Fault.of(
                GitHubApi.SERVICE,
                operation,
                "not sent: writes go one at a time, and the time was over before its turn")
            .withNextStep("allow more time, or write less at once")
            .asRetryable(null),
        null);
  }
}
