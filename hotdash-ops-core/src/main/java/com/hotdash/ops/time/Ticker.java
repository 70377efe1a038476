package com.hotdash.ops.time;

/** A source of elapsed time that never goes back. Implementations are thread-safe. */
@FunctionalInterface
public interface Ticker {
  /** The system's own ticker. */
  Ticker SYSTEM = System::nanoTime;

  /**
   * Returns the time elapsed since some fixed moment.
   *
   * @return nanoseconds; only differences mean something
   */
  long nanos();
}
