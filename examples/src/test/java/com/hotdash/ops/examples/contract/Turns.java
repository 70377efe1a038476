package com.hotdash.ops.examples.contract;

import com.hotdash.ops.testkit.FakeTime;
import com.hotdash.ops.time.Time;
import java.time.Duration;
import java.util.PriorityQueue;

/**
 * Virtual time for steps that are made side by side: it moves only when each of them waits, and to
 * the next of them to wake. Otherwise one step's wait would use up the limits of another that is
 * only slow to be scheduled.
 */
final class Turns {
  private static final String STEP = "hotdash-ops-step";
  private static final int MOST_STEPS = 16;
  // Steps begin and end without telling: so often it looks whether all that are there wait.
  private static final long LOOK_MILLIS = 1;
  // Who waits for a reading that a waiting step has begun can't be told from one that is busy.
  private static final Duration STUCK = Duration.ofMillis(250);

  private final FakeTime time;
  private final PriorityQueue<Long> wakes = new PriorityQueue<>();

  Turns(FakeTime time) {
    this.time = time;
  }

  /** The time for both sides: a server's wait is that of the step that asked it. */
  Time time() {
    var virtual = time.time();
    return new Time(virtual.clock(), virtual.ticker(), this::sleep);
  }

  private synchronized void sleep(Duration wait) throws InterruptedException {
    if (wait.isNegative() || wait.isZero()) {
      return;
    }
    Long wake = ticks() + wait.toNanos();
    wakes.add(wake);
    notifyAll();
    try {
      var stuck = Time.SYSTEM.deadline(STUCK);
      while (!mayWake(wake) && !stuck.expired()) {
        wait(LOOK_MILLIS);
      }
      time.advance(Duration.ofNanos(Math.max(0, wake - ticks())));
    } finally {
      wakes.remove(wake);
      notifyAll();
    }
  }

  private boolean mayWake(long wake) {
    return ticks() >= wake || (wakes.peek() == wake && wakes.size() >= steps());
  }

  private long ticks() {
    return time.time().ticker().nanos();
  }

  private static long steps() {
    var threads = new Thread[MOST_STEPS + Thread.activeCount()];
    int count = Thread.enumerate(threads);
    long steps = 0;
    for (int i = 0; i < count; i++) {
      steps += threads[i].getName().equals(STEP) ? 1 : 0;
    }
    return steps;
  }
}
