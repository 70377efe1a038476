package com.hotdash.ops.time;

import java.time.Duration;

/** Lets the calling thread wait. Implementations are thread-safe. */
@FunctionalInterface
public interface Sleeper {
  /** Sleeps on the system's clock. The one place in the library that does. */
  Sleeper SYSTEM =
      wait -> {
        if (!wait.isNegative() && !wait.isZero()) {
          Thread.sleep(wait.toMillis(), wait.toNanosPart() % 1_000_000);
        }
      };

  /**
   * Waits.
   *
   * @param wait how long; zero or less returns at once
   * @throws InterruptedException if the thread was interrupted: stop what you are doing
   */
  void sleep(Duration wait) throws InterruptedException;
}
