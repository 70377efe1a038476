package com.hotdash.ops.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * All time that a part of the library uses, handed in from outside.
 *
 * @param clock the time of day
 * @param ticker elapsed time
 * @param sleeper waits
 */
public record Time(InstantSource clock, Ticker ticker, Sleeper sleeper) {
  /** The system's own time. */
  public static final Time SYSTEM = new Time(InstantSource.system(), Ticker.SYSTEM, Sleeper.SYSTEM);

  /**
   * Returns the time of day.
   *
   * @return now
   */
  public Instant now() {
    return clock.instant();
  }

  /**
   * Starts a deadline.
   *
   * @param limit how long from now, more than zero
   * @return the deadline
   */
  public Deadline deadline(Duration limit) {
    return Deadline.after(limit, ticker);
  }

  /**
   * Waits, and says whether to go on.
   *
   * @param wait how long; zero and less is not waited for
   * @return false if the thread was interrupted: the caller gives up, with the flag still set
   */
  public boolean await(Duration wait) {
    try {
      sleeper.sleep(wait);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
