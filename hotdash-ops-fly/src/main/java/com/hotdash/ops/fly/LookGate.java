package com.hotdash.ops.fly;

import com.hotdash.ops.error.OpsException;
import com.hotdash.ops.evidence.NotChecked;
import com.hotdash.ops.evidence.NotChecked.Why;
import com.hotdash.ops.evidence.Reading;
import com.hotdash.ops.time.Deadline;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one reading at a time through, turns what it throws into a reading, and ends it when the
 * look is closed: the thread is interrupted, which every call heeds at once.
 */
final class LookGate {
  private final Deadline deadline;
  private @Nullable Thread reading;
  private boolean closed;

  LookGate(Deadline deadline) {
    this.deadline = deadline;
  }

  <T> Reading<T> read(String what, Supplier<Reading<T>> look) {
    if (deadline.expired()) {
      return unread(what, Why.TIMED_OUT, "no time was left", "allow more time");
    }
    if (!enter()) {
      return closed(what);
    }
    Reading<T> made;
    try {
      made = look.get();
    } catch (OpsException e) {
      made = Reading.unread(StatusLook.obstacle(what, e));
    } catch (IllegalStateException e) {
      // The client was closed under the look.
      made = unread(what, Why.CANCELLED, String.valueOf(e.getMessage()), "make a new client");
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

  synchronized void close() {
    closed = true;
    if (reading != null) {
      reading.interrupt();
    }
  }
}
