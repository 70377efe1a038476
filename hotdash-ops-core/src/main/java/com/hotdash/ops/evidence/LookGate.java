package com.hotdash.ops.evidence;

import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.time.Deadline;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the readings of one look through, one at a time, until the look is closed or its time is
 * over. Closing interrupts the thread that reads; the flag that this sets is taken back, since the
 * thread may be a lent one. One thread reads; {@link #close} may come from any.
 */
public final class LookGate {
  private final Deadline deadline;
  private @Nullable Thread reading;
  private boolean closed;

  /**
   * Makes an open gate.
   *
   * @param deadline when no further reading is begun
   */
  public LookGate(Deadline deadline) {
    this.deadline = deadline;
  }

  /**
   * Makes a reading, which asks for no other one here.
   *
   * @param <T> what is read
   * @param what what is read, as a person would say it
   * @param look makes the reading; what it throws is thrown here
   * @return the reading; or that no time was left, or that the look was closed before or meanwhile
   */
  public <T> Reading<T> read(String what, Supplier<Reading<T>> look) {
    if (deadline.expired()) {
      return unread(what, Why.TIMED_OUT, "no time was left", "allow more time");
    }
    if (!enter()) {
      return closed(what);
    }
    Reading<T> made;
    try {
      made = look.get();
    } finally {
      leave();
    }
    return made.obstacle().isPresent() && isClosed() ? closed(what) : made;
  }

  private static <T> Reading<T> closed(String what) {
    return unread(what, Why.CANCELLED, "the look was closed", "look again");
  }

  private static <T> Reading<T> unread(String what, Why why, String detail, String remedy) {
    return Reading.unread(new NotChecked(what, why, detail, remedy));
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized boolean enter() {
    reading = closed ? null : Thread.currentThread();
    return !closed;
  }

  private synchronized void leave() {
    reading = null;
    if (closed) {
      Thread.interrupted(); // close() set the flag for this reading, not for who lent the thread
    }
  }

  /** Ends the reading that is under way, and lets no other begin. May be called twice. */
  public synchronized void close() {
    closed = true;
    if (reading != null) {
      reading.interrupt();
    }
  }
}
