package com.hotdash.ops.postgres;

import com.hotdash.ops.time.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A wait that another thread can end. */
final class Pause {
  private final Time time;
  private @Nullable Thread waiting;
  private boolean ended;

  Pause(Time time) {
    this.time = time;
  }

  /** Returns false if it was ended, before or meanwhile, or the thread was interrupted. */
  boolean await(Duration wait) {
    synchronized (this) {
      if (ended) {
        return false;
      }
      waiting = Thread.currentThread();
    }
    try {
      return time.await(wait);
    } finally {
      synchronized (this) {
        waiting = null;
        if (ended) {
          Thread.interrupted(); // end() set the flag for this wait, not for who lent the thread
        }
      }
    }
  }

  synchronized void end() {
    ended = true;
    if (waiting != null) {
      waiting.interrupt();
    }
  }
}
