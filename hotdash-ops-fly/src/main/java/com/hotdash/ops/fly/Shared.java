package com.hotdash.ops.fly;

import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What several readings of one look need: the first asks, those beside it wait for its answer. Fly
 * allows few requests. Thread-safe.
 */
final class Shared<T> {
  private final ReentrantLock asking = new ReentrantLock();
  private final Time time;
  private volatile @Nullable Answer<T> last;

  /** An answer, and when it was asked for: it is as old as that, however late somebody uses it. */
  record Answer<T>(T value, Instant askedAt, long askedTick) {}

  Shared(Time time) {
    this.time = time;
  }

  /** Returns an answer that was asked for at most some time ago, by whomever. */
  Answer<T> get(Duration notOlder, Deadline deadline, Supplier<T> ask) {
    var known = last;
    if (known != null && young(known, notOlder)) {
      return known;
    }
    if (!waited(deadline)) {
      // No time is left, or somebody ends the look: asking tells so in its own words.
      return asked(ask);
    }
    try {
      known = last;
      return known != null && young(known, notOlder) ? known : asked(ask);
    } finally {
      asking.unlock();
    }
  }

  void forget() {
    last = null;
  }

  private boolean waited(Deadline deadline) {
    try {
      return asking.tryLock(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Answer<T> asked(Supplier<T> ask) {
    var at = time.now();
    long tick = time.ticker().nanos();
    var answer = new Answer<>(ask.get(), at, tick);
    last = answer;
    return answer;
  }

  private boolean young(Answer<T> answer, Duration notOlder) {
    return time.ticker().nanos() - answer.askedTick() <= notOlder.toNanos();
  }
}
